package bsl.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.CategoryLabelPositions;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.category.StatisticalBarRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.util.ShapeUtils;
import org.jfree.data.statistics.DefaultStatisticalCategoryDataset;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * Makes a chart of a figure: colours that colour-blind readers tell apart (Okabe and Ito), a marker
 * and a dash pattern of its own for each line, a white ground.
 */
final class FigureChart {
  private static final Color[] COLOURS = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0xE69F00),
    new Color(0x56B4E9),
    new Color(0x000000)
  };

  private static final Shape[] MARKERS = {
    new Ellipse2D.Double(-4, -4, 8, 8),
    new Rectangle2D.Double(-3.5, -3.5, 7, 7),
    ShapeUtils.createUpTriangle(4.5f),
    ShapeUtils.createDiamond(5),
    ShapeUtils.createDownTriangle(4.5f),
    ShapeUtils.createDiagonalCross(4, 1),
    ShapeUtils.createRegularCross(4, 1)
  };

  private static final Shape POINT = new Rectangle2D.Double(-1.5, -1.5, 3, 3);

  private static final float[][] DASHES = {null, {9, 4}, {2, 3}, {9, 3, 2, 3}};

  /** A line of more points has no markers: they would hide it. */
  private static final int MARKED_POINTS = 40;

  private static final Set<Figure.Kind> MARKED =
      EnumSet.of(Figure.Kind.MARKERS, Figure.Kind.MARKERS_LOG_X);

  private static final Set<Figure.Kind> LOGARITHMIC =
      EnumSet.of(Figure.Kind.LINES_LOG_X, Figure.Kind.MARKERS_LOG_X);

  private static final float LINE_WIDTH = 2;

  /** More names of bars have no room beside each other. */
  private static final int MOST_NAMES_BESIDE = 8;

  private static final Color GRID = new Color(0xDDDDDD);
  private static final Color ERROR_BARS = new Color(0x444444);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);

  private FigureChart() {}

  static JFreeChart of(Figure figure) {
    Plot plot = figure.kind() == Figure.Kind.BARS ? bars(figure) : lines(figure);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setNoDataMessage("no data");
    JFreeChart chart = new JFreeChart(figure.title(), TITLE, plot, true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(8, 8, 8, 16));
    chart.getLegend().setItemFont(FigureAxis.TICK);
    chart.getLegend().setFrame(BlockBorder.NONE);
    return chart;
  }

  private static CategoryPlot bars(Figure figure) {
    DefaultStatisticalCategoryDataset data = new DefaultStatisticalCategoryDataset();
    StatisticalBarRenderer renderer = new StatisticalBarRenderer();
    int colours = 0;
    for (int s = 0; s < figure.series().size(); s++) {
      Figure.Series series = figure.series().get(s);
      for (int c = 0; c < figure.categories().size(); c++) {
        data.add(
            number(series.y()[c]),
            series.error().length == 0 ? null : number(series.error()[c]),
            series.name(),
            figure.categories().get(c));
      }
      boolean companion = series.pale() && colours > 0;
      renderer.setSeriesPaint(s, companion ? pale(colour(colours - 1)) : colour(colours++));
    }
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setDrawBarOutline(false);
    renderer.setItemMargin(0.04);
    renderer.setIncludeBaseInRange(false);
    renderer.setErrorIndicatorPaint(ERROR_BARS);
    double base = BarBase.of(values(figure));
    CategoryAxis below = new CategoryAxis(figure.x().isEmpty() ? null : figure.x());
    below.setMaximumCategoryLabelLines(2);
    if (figure.categories().size() > MOST_NAMES_BESIDE) {
      below.setMaximumCategoryLabelLines(1);
      below.setCategoryLabelPositions(CategoryLabelPositions.UP_45);
    }
    below.setLabelFont(FigureAxis.LABEL);
    below.setTickLabelFont(FigureAxis.TICK);
    NumberAxis up = FigureAxis.linear(BarBase.labelled(figure.y(), base));
    CategoryPlot plot = new CategoryPlot(data, below, up, renderer);
    plot.setRangeGridlinePaint(GRID);
    plot.setRangeGridlineStroke(new BasicStroke(1));
    if (base == 0) {
      up.setAutoRangeIncludesZero(true);
      up.setAutoRangeStickyZero(true);
    } else {
      up.setLowerBound(base);
    }
    return plot;
  }

  private static double[] values(Figure figure) {
    return figure.series().stream()
        .flatMapToDouble(
            series ->
                IntStream.range(0, series.y().length)
                    .filter(i -> !Double.isNaN(series.y()[i]))
                    .mapToDouble(
                        i -> series.y()[i] - (series.error().length == 0 ? 0 : series.error()[i])))
        .toArray();
  }

  private static Number number(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static Color colour(int index) {
    return COLOURS[index % COLOURS.length];
  }

  /** Two fifths of the colour, the rest white. */
  private static Color pale(Color colour) {
    return new Color(pale(colour.getRed()), pale(colour.getGreen()), pale(colour.getBlue()));
  }

  private static int pale(int component) {
    return (2 * component + 3 * 255) / 5;
  }

  private static XYPlot lines(Figure figure) {
    boolean points = figure.kind() == Figure.Kind.POINTS;
    boolean markers = MARKED.contains(figure.kind());
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    YIntervalSeriesCollection errors = new YIntervalSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer();
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setDrawOutlines(false);
    for (int s = 0; s < figure.series().size(); s++) {
      Figure.Series series = figure.series().get(s);
      data.addSeries(data(series));
      if (series.error().length > 0) {
        errors.addSeries(data(series));
      }
      renderer.setSeriesPaint(s, colour(s));
      renderer.setSeriesShape(s, points ? POINT : MARKERS[s % MARKERS.length]);
      renderer.setSeriesLinesVisible(s, !points && !markers);
      boolean shapes = points || markers || series.y().length <= MARKED_POINTS;
      renderer.setSeriesShapesVisible(s, shapes);
      renderer.setSeriesStroke(s, stroke(s));
    }
    ValueAxis right =
        LOGARITHMIC.contains(figure.kind())
            ? FigureAxis.logarithmic(figure.x(), leastX(figure))
            : FigureAxis.linear(figure.x());
    ValueAxis up = FigureAxis.linear(figure.y());
    figure
        .bounds()
        .ifPresent(
            bounds -> {
              right.setRange(bounds.fromX(), bounds.toX());
              up.setRange(bounds.fromY(), bounds.toY());
            });
    XYPlot plot = new XYPlot(data, right, up, renderer);
    plot.setDataset(1, errors);
    plot.setRenderer(1, errorBars());
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    plot.setDomainGridlineStroke(new BasicStroke(1));
    plot.setRangeGridlineStroke(new BasicStroke(1));
    return plot;
  }

  private static OptionalDouble leastX(Figure figure) {
    return figure.series().stream()
        .flatMapToDouble(series -> Arrays.stream(series.x()))
        .filter(x -> x > 0)
        .min();
  }

  private static XYErrorRenderer errorBars() {
    XYErrorRenderer bars = new XYErrorRenderer();
    bars.setDrawXError(false);
    bars.setErrorPaint(ERROR_BARS);
    bars.setDefaultShapesVisible(false);
    bars.setDefaultLinesVisible(false);
    bars.setDefaultSeriesVisibleInLegend(false);
    return bars;
  }

  private static YIntervalSeries data(Figure.Series series) {
    YIntervalSeries data = new YIntervalSeries(series.name(), false, true);
    for (int i = 0; i < series.y().length; i++) {
      double error = series.error().length == 0 ? 0 : series.error()[i];
      data.add(series.x()[i], series.y()[i], series.y()[i] - error, series.y()[i] + error);
    }
    return data;
  }

  private static Stroke stroke(int series) {
    return new BasicStroke(
        LINE_WIDTH,
        BasicStroke.CAP_ROUND,
        BasicStroke.JOIN_ROUND,
        1,
        DASHES[series % DASHES.length],
        0);
  }
}
