package bsl.benchmarks.track;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Draws ratios over commits as SVG: a small chart for each ratio, with its interval. */
final class TrackPlot {
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final int ACROSS = 3;
  private static final int WIDTH = 320;
  private static final int HEIGHT = 210;
  private static final int SHOWN_DIGITS = 7;
  private static final Color BLUE = new Color(0x0072B2);
  private static final Color GRID = new Color(0xDDDDDD);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 12);
  private static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 10);

  static {
    System.setProperty("java.awt.headless", "true");
    TextUtils.setUseDrawRotatedStringWorkaround(false);
  }

  private TrackPlot() {}

  /** Whether anything can be drawn: that needs a font, which not every machine has. */
  static boolean available() {
    try {
      TICK.getStringBounds("x", new FontRenderContext(null, true, true));
      return true;
    } catch (RuntimeException | LinkageError | InternalError e) {
      // Without a configuration of fonts Java 17 gives an InternalError.
      return false;
    }
  }

  /**
   * The plot.
   *
   * @param points of one kind of machine, in the order of their commits, at least one
   */
  static byte[] svg(List<HistoryPoint> points) {
    Set<String> keys = new LinkedHashSet<>();
    points.forEach(point -> point.results().forEach(result -> keys.add(result.key())));
    int down = (keys.size() - 1) / ACROSS + 1;
    Dimension size = new Dimension(ACROSS * WIDTH, down * HEIGHT);
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
    context.setPrecision(2);
    context.setComment(null);
    SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    graphics.setSVGCanvasSize(size);
    int at = 0;
    for (String key : keys) {
      chart(key, points)
          .draw(
              graphics,
              new Rectangle2D.Double(at % ACROSS * WIDTH, at / ACROSS * HEIGHT, WIDTH, HEIGHT));
      at++;
    }
    Element root = graphics.getRoot();
    root.setAttribute("viewBox", "0 0 " + size.width + " " + size.height);
    Element title = root.getOwnerDocument().createElementNS(SVG, "title");
    title.setTextContent("Speed over that of the yardstick: " + points.get(0).kind());
    root.insertBefore(title, root.getFirstChild());
    return written(root);
  }

  private static JFreeChart chart(String key, List<HistoryPoint> points) {
    YIntervalSeries series = new YIntervalSeries(key);
    String[] commits = new String[points.size()];
    for (int p = 0; p < commits.length; p++) {
      commits[p] = points.get(p).commit().substring(0, SHOWN_DIGITS);
      Optional<TrackedResult> result =
          points.get(p).results().stream().filter(r -> r.key().equals(key)).findFirst();
      if (result.isPresent()) {
        Estimate ratio = result.get().ratio();
        series.add(p, ratio.value(), ratio.range().low(), ratio.range().high());
      }
    }
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    data.addSeries(series);
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setDefaultLinesVisible(true);
    renderer.setDefaultShapesVisible(true);
    renderer.setSeriesShape(0, new Ellipse2D.Double(-2.5, -2.5, 5, 5));
    renderer.setSeriesPaint(0, BLUE);
    SymbolAxis right = new SymbolAxis(null, commits);
    right.setTickLabelFont(TICK);
    right.setGridBandsVisible(false);
    right.setVerticalTickLabels(commits.length > ACROSS);
    right.setRange(-0.5, commits.length - 0.5);
    NumberAxis up = new NumberAxis();
    up.setTickLabelFont(TICK);
    up.setAutoRangeIncludesZero(true);
    up.setNumberFormatOverride(new DecimalFormat("0.###", symbols()));
    XYPlot plot = new XYPlot(data, right, up, renderer);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(GRID);
    plot.setRangeGridlineStroke(new BasicStroke(1));
    JFreeChart chart = new JFreeChart(key, TITLE, plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    return chart;
  }

  private static DecimalFormatSymbols symbols() {
    return DecimalFormatSymbols.getInstance(Locale.ROOT);
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("every Java platform has an XML parser", e);
    }
  }

  /** An element a line, so that differences of two versions can be read. */
  private static byte[] written(Element root) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Transformer identity = TransformerFactory.newInstance().newTransformer();
      identity.setOutputProperty(OutputKeys.INDENT, "yes");
      identity.setOutputProperty("{http://xml.apache.org/xslt}indent-amount", "0");
      identity.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
      identity.transform(new DOMSource(root), new StreamResult(out));
    } catch (TransformerException e) {
      throw new IllegalStateException("a document in memory can be written", e);
    }
    return out.toByteArray();
  }
}
