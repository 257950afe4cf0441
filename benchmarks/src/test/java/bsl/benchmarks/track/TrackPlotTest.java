package bsl.benchmarks.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

final class TrackPlotTest {
  private final List<HistoryPoint> points =
      List.of(
          Points.point(1, 0.01, Map.of("a", 10.0)),
          Points.point(2, 0.02, Map.of("a", 8.0, "b", 3.0)));

  @Test
  void everyRatioHasAChartWithACommitPerPoint() throws Exception {
    assumeTrue(TrackPlot.available(), "there is no font");

    byte[] svg = TrackPlot.svg(points);

    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg))
            .getDocumentElement();
    assertThat(root.getTagName()).isEqualTo("svg");
    assertThat(root.getTextContent())
        .contains("a, over plain loop", "b, over plain loop", "1111111", "2222222")
        .contains("Some CPU @ 2.5GHz");
  }

  @Test
  void theSamePointsMakeTheSameFile() {
    assumeTrue(TrackPlot.available(), "there is no font");

    assertThat(new String(TrackPlot.svg(points), StandardCharsets.UTF_8))
        .isEqualTo(new String(TrackPlot.svg(points), StandardCharsets.UTF_8));
  }
}
