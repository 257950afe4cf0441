package bsl.report;

import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
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
import org.jfree.chart.text.TextUtils;
import org.w3c.dom.DOMImplementation;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Draws figures as SVG, in which text is text, and as PNG. Both have the figure's title and the
 * imprint in their metadata.
 */
public final class FigureRenderer {
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final String PNG_METADATA = "javax_imageio_png_1.0";
  private static final int WIDTH = 720;
  private static final int HEIGHT = 440;

  /** For print at column width. */
  private static final int PRINT_SCALE = 3;

  static {
    // Drawing into memory needs no display.
    System.setProperty("java.awt.headless", "true");
    // Else text that stands upright would be outlines.
    TextUtils.setUseDrawRotatedStringWorkaround(false);
  }

  private FigureRenderer() {}

  /**
   * Whether figures can be drawn: they need a font, which a Java without a desktop may not find
   * (Debian: packages fontconfig and fonts-dejavu-core).
   */
  public static boolean available() {
    return whyNot().isEmpty();
  }

  /** Why figures cannot be drawn, in one line; empty if they can. */
  public static Optional<String> whyNot() {
    try {
      double width =
          new Font(Font.SANS_SERIF, Font.PLAIN, 12)
              .getStringBounds("x", new FontRenderContext(null, true, true))
              .getWidth();
      return width > 0 ? Optional.empty() : Optional.of("labels have no width");
    } catch (RuntimeException | LinkageError | InternalError e) {
      return Optional.of(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  /**
   * The figure as SVG.
   *
   * @param imprint how it came to be, for the element {@code desc}
   * @throws RuntimeException if figures cannot be drawn here, see {@link #available}
   */
  public static byte[] svg(Figure figure, Imprint imprint) {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
    context.setPrecision(2);
    context.setComment(null);
    SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    graphics.setSVGCanvasSize(new Dimension(WIDTH, HEIGHT));
    FigureChart.of(figure).draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    Element root = graphics.getRoot();
    root.setAttribute("viewBox", "0 0 " + WIDTH + " " + HEIGHT);
    root.insertBefore(element(root, "desc", imprint.text()), root.getFirstChild());
    root.insertBefore(element(root, "title", figure.title()), root.getFirstChild());
    return written(root);
  }

  /** The document, an element a line: differences of two versions can be read. */
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

  private static Document document() {
    try {
      DOMImplementation dom =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().getDOMImplementation();
      return dom.createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("every Java platform has an XML parser", e);
    }
  }

  private static Element element(Element root, String name, String text) {
    Element element = root.getOwnerDocument().createElementNS(SVG, name);
    element.setTextContent(text);
    return element;
  }

  /**
   * The figure as PNG, fit for print.
   *
   * @param imprint how it came to be, for the text entry {@code Description}
   * @throws RuntimeException if figures cannot be drawn here, see {@link #available}
   */
  public static byte[] png(Figure figure, Imprint imprint) {
    BufferedImage image =
        new BufferedImage(PRINT_SCALE * WIDTH, PRINT_SCALE * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.scale(PRINT_SCALE, PRINT_SCALE);
    FigureChart.of(figure).draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    graphics.dispose();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // Its twin that caches in a file cannot be had in a JVM that is going down, after Ctrl-C.
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(new IIOImage(image, null, described(writer, image, figure, imprint)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static IIOMetadata described(
      ImageWriter writer, BufferedImage image, Figure figure, Imprint imprint) throws IOException {
    IIOMetadataNode text = new IIOMetadataNode("tEXt");
    text.appendChild(entry("Title", figure.title()));
    text.appendChild(entry("Description", imprint.text()));
    IIOMetadataNode root = new IIOMetadataNode(PNG_METADATA);
    root.appendChild(text);
    IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
    metadata.mergeTree(PNG_METADATA, root);
    return metadata;
  }

  private static IIOMetadataNode entry(String keyword, String value) {
    IIOMetadataNode entry = new IIOMetadataNode("tEXtEntry");
    entry.setAttribute("keyword", keyword);
    entry.setAttribute("value", value);
    return entry;
  }
}
