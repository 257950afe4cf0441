package bsl.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws figures, text as outlines: colours that colour-blind readers tell apart (Okabe and Ito), a
 * marker of its own for each line, a white ground.
 */
public final class FigureRenderer {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 440;

  /** For print at column width. */
  private static final int PRINT_SCALE = 3;

  private static final Color[] COLOURS = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0xE69F00),
    new Color(0x56B4E9),
    new Color(0x000000)
  };

  private static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE,
    SeriesMarkers.SQUARE,
    SeriesMarkers.TRIANGLE_UP,
    SeriesMarkers.DIAMOND,
    SeriesMarkers.TRIANGLE_DOWN,
    SeriesMarkers.CROSS,
    SeriesMarkers.PLUS
  };

  static {
    // Drawing into memory needs no display.
    System.setProperty("java.awt.headless", "true");
  }

  private FigureRenderer() {}

  /**
   * Whether figures can be drawn: they need a font, which a Java without a desktop may not find
   * (Debian: packages fontconfig and fonts-dejavu-core).
   */
  public static boolean available() {
    try {
      new Font(Font.SANS_SERIF, Font.PLAIN, 12)
          .getStringBounds("x", new FontRenderContext(null, true, true));
      return true;
    } catch (RuntimeException | LinkageError e) {
      return false;
    }
  }

  /**
   * The figure as SVG.
   *
   * @throws RuntimeException if figures cannot be drawn here, see {@link #available}
   */
  public static byte[] svg(Figure figure) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      VectorGraphicsEncoder.saveVectorGraphic(chart(figure), out, VectorGraphicsFormat.SVG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * The figure as PNG, fit for print.
   *
   * @throws RuntimeException if figures cannot be drawn here, see {@link #available}
   */
  public static byte[] png(Figure figure) {
    return png(figure, PRINT_SCALE);
  }

  /**
   * The figure as PNG.
   *
   * @param scale pixels per unit of 720 x 440
   */
  static byte[] png(Figure figure, int scale) {
    BufferedImage image =
        new BufferedImage(scale * WIDTH, scale * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(scale, scale);
    chart(figure).paint(graphics, WIDTH, HEIGHT);
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static Chart<?, ?> chart(Figure figure) {
    return figure.kind() == Figure.Kind.BARS ? bars(figure) : lines(figure);
  }

  private static CategoryChart bars(Figure figure) {
    CategoryChart chart = framed(new CategoryChart(WIDTH, HEIGHT), figure);
    chart.getStyler().setAvailableSpaceFill(0.8);
    int colours = 0;
    for (Figure.Series series : figure.series()) {
      List<Double> values = Arrays.stream(series.y()).boxed().toList();
      CategorySeries drawn =
          series.error().length == 0
              ? chart.addSeries(series.name(), figure.categories(), values)
              : chart.addSeries(
                  series.name(),
                  figure.categories(),
                  values,
                  Arrays.stream(series.error()).boxed().toList());
      if (series.pale() && colours > 0) {
        drawn.setFillColor(pale(COLOURS[(colours - 1) % COLOURS.length]));
      } else {
        drawn.setFillColor(COLOURS[colours++ % COLOURS.length]);
      }
    }
    return chart;
  }

  /** Two fifths of the colour, the rest white. */
  private static Color pale(Color colour) {
    return new Color(pale(colour.getRed()), pale(colour.getGreen()), pale(colour.getBlue()));
  }

  private static int pale(int component) {
    return (2 * component + 3 * 255) / 5;
  }

  private static XYChart lines(Figure figure) {
    XYChart chart = framed(new XYChart(WIDTH, HEIGHT), figure);
    boolean points = figure.kind() == Figure.Kind.POINTS;
    chart
        .getStyler()
        .setDefaultSeriesRenderStyle(
            points ? XYSeriesRenderStyle.Scatter : XYSeriesRenderStyle.Line)
        .setMarkerSize(points ? 4 : 8);
    chart.getStyler().setXAxisLogarithmic(figure.kind() == Figure.Kind.LINES_LOG_X);
    for (int s = 0; s < figure.series().size(); s++) {
      Figure.Series series = figure.series().get(s);
      if (series.y().length == 0) {
        continue;
      }
      XYSeries drawn =
          series.error().length == 0
              ? chart.addSeries(series.name(), series.x(), series.y())
              : chart.addSeries(series.name(), series.x(), series.y(), series.error());
      drawn.setMarker(points ? SeriesMarkers.CIRCLE : MARKERS[s % MARKERS.length]);
      drawn.setLineStyle(new BasicStroke(2f));
    }
    return chart;
  }

  /** With the figure's titles, and dressed as all figures are. */
  private static <C extends Chart<? extends AxesChartStyler, ?>> C framed(C chart, Figure figure) {
    chart.setTitle(figure.title());
    chart.setXAxisTitle(figure.x());
    chart.setYAxisTitle(figure.y());
    dress(chart.getStyler());
    return chart;
  }

  private static void dress(AxesChartStyler styler) {
    styler.setSeriesColors(COLOURS);
    styler.setSeriesMarkers(MARKERS);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(new Color(0xDDDDDD));
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setChartTitleBoxVisible(false);
    styler.setBaseFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setDecimalPattern("0.######");
    styler.setErrorBarsColor(new Color(0x444444));
  }
}
