package bsl.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bsl.report.Figure.Kind;
import bsl.report.Figure.Series;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class FigureRendererTest {
  private static final String FIRST_COLOUR = "rgb(0,114,178)";
  private static final String SECOND_COLOUR = "rgb(213,94,0)";

  private static final Figure LINES =
      Figure.of(
          "lines",
          "Noise",
          "positive noise",
          "NDCG@20",
          Kind.LINES,
          List.of(
              Series.of(
                  "SL",
                  new double[] {0, 0.2, 0.4},
                  new double[] {0.26, 0.24, 0.21},
                  new double[] {0.01, 0.005, 0.01}),
              Series.of("BSL", new double[] {0, 0.2, 0.4}, new double[] {0.26, 0.25, 0.235})));

  private static final Figure BARS =
      Figure.bars(
          "",
          "Losses",
          "loss",
          "Recall@20",
          List.of("bpr", "bce"),
          List.of(
              Series.bars("published", new double[] {0.055, 0.05}),
              Series.bars("ours", new double[] {0.056, Double.NaN})));

  @BeforeEach
  void fonts() {
    assumeTrue(FigureRenderer.available(), "skipped: Java finds no fonts");
  }

  @Test
  void svgIsWellFormedAndHasEverySeries() throws Exception {
    for (Figure figure : List.of(LINES, BARS)) {
      byte[] svg = FigureRenderer.svg(figure, Rendered.IMPRINT);
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg));

      assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
      assertThat(new String(svg, StandardCharsets.UTF_8)).contains(FIRST_COLOUR, SECOND_COLOUR);
    }
  }

  @Test
  void bitmapHasInkInTheSeriesColours() throws IOException {
    BufferedImage image =
        ImageIO.read(new ByteArrayInputStream(FigureRenderer.png(BARS, Rendered.IMPRINT)));

    assertThat(image.getWidth()).isGreaterThanOrEqualTo(2000);
    assertThat(pixels(image, 0x0072B2)).isGreaterThan(10_000);
    assertThat(pixels(image, 0xD55E00)).isGreaterThan(10_000);
  }

  @Test
  void aCompanionHasAPaleShadeOfTheColourBeforeIt() throws IOException {
    Figure paired =
        Figure.bars(
            "",
            "Cutoffs",
            "K",
            "NDCG@K",
            List.of("5"),
            List.of(
                Series.bars("sl", new double[] {1}),
                Series.bars("sl, published", new double[] {1}).asCompanion(),
                Series.bars("bsl", new double[] {1})));
    BufferedImage image =
        ImageIO.read(new ByteArrayInputStream(FigureRenderer.png(paired, Rendered.IMPRINT)));

    for (int colour : new int[] {0x0072B2, 0x99C6E0, 0xD55E00}) {
      assertThat(pixels(image, colour)).as("#%06X", colour).isGreaterThan(10_000);
    }
  }

  @Test
  void textIsTextAndTheMetadataSayWhatItIsOf() throws IOException {
    String svg = new String(FigureRenderer.svg(LINES, Rendered.IMPRINT), StandardCharsets.UTF_8);

    assertThat(svg)
        .contains("<title>Noise</title>", "<desc>" + Rendered.IMPRINT.text() + "</desc>")
        .containsPattern("<text[^>]*>positive noise</text>")
        .containsPattern("<text[^>]*>NDCG@20</text>")
        .containsPattern("<text[^>]*>BSL</text>")
        .hasSizeLessThan(20_000);
    String png =
        new String(FigureRenderer.png(LINES, Rendered.IMPRINT), StandardCharsets.ISO_8859_1);
    assertThat(png).contains("tEXtTitle\0Noise", "tEXtDescription\0" + Rendered.IMPRINT.text());
  }

  @Test
  void numbersOnAxesDoNotFollowTheLocale() {
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("de", "fa", "ar-EG-u-nu-arab", "tr")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertThat(new String(FigureRenderer.svg(LINES, Rendered.IMPRINT), StandardCharsets.UTF_8))
            .as(tag)
            .containsPattern("<text[^>]*>0.21</text>");
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  private static long pixels(BufferedImage image, int colour) {
    long count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xFFFFFF) == colour ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void theSameFigureGivesTheSameBytes() {
    assertThat(FigureRenderer.svg(LINES, Rendered.IMPRINT))
        .isEqualTo(FigureRenderer.svg(LINES, Rendered.IMPRINT));
    assertThat(FigureRenderer.png(LINES, Rendered.IMPRINT))
        .isEqualTo(FigureRenderer.png(LINES, Rendered.IMPRINT));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-18, 1e-9, 1, 1e30})
  void aLogarithmicAxisHasValuesOfAnySize(double least) {
    for (double[] x : new double[][] {{least}, {least, 2 * least, 4.5 * least}}) {
      Figure figure =
          Figure.of(
              "", "title", "l2", "NDCG", Kind.MARKERS_LOG_X, List.of(Series.of("a", x, x.clone())));

      assertThat(new String(FigureRenderer.svg(figure, Rendered.IMPRINT), StandardCharsets.UTF_8))
          .contains(FIRST_COLOUR)
          .doesNotContain("NaN");
    }
  }

  /** Names that are cut tell nothing. */
  @Test
  void manyBarsHaveTheirWholeNames() {
    List<String> names = IntStream.range(0, 15).mapToObj(i -> "lightgcn-loss-" + i).toList();
    Figure figure =
        Figure.bars(
            "",
            "title",
            "",
            "NDCG",
            names,
            List.of(Series.bars("sl", new Random(1).doubles(15).toArray())));

    String svg = new String(FigureRenderer.svg(figure, Rendered.IMPRINT), StandardCharsets.UTF_8);
    assertThat(names).allSatisfy(name -> assertThat(svg).contains(">" + name + "<"));
  }

  @Test
  void pointsAndLogarithmicAxesAreDrawn() {
    for (Kind kind : List.of(Kind.POINTS, Kind.LINES_LOG_X)) {
      Figure figure =
          Figure.of(
              "",
              "title",
              "seconds",
              "NDCG",
              kind,
              List.of(Series.of("a", new double[] {1, 10, 100}, new double[] {1, 2, 3})));

      assertThat(new String(FigureRenderer.svg(figure, Rendered.IMPRINT), StandardCharsets.UTF_8))
          .contains(FIRST_COLOUR);
    }
  }
}
