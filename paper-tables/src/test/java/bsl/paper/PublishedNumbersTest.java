package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedNumbersTest {
  @Test
  void runsAreThoseOfTheMainTable() {
    PublishedRun run = PublishedRun.of("yelp2018", "mf", "bsl").orElseThrow();

    assertThat(run.recall20()).isEqualTo(0.07245);
    assertThat(run.ndcg20()).isEqualTo(0.0599);
    assertThat(run.gpuTrainSeconds()).isEqualTo(12012);
    assertThat(PublishedRun.all()).hasSize(16);
  }

  @Test
  void curvesHoldEveryEpoch() {
    List<PublishedCurve.Point> curve = PublishedCurve.of("ml-1m", "mf", "bsl");

    assertThat(curve).hasSize(222);
    assertThat(curve.get(9).epoch()).isEqualTo(10);
    assertThat(curve.get(9).ndcg20()).isEqualTo(0.2045);
  }

  @Test
  void barsAreThoseOfTheChart() {
    assertThat(PublishedBar.all()).hasSize(16);
    assertThat(PublishedBar.of("yelp2018", "mf", "bce").orElseThrow().recall20()).isEqualTo(0.0513);
    assertThat(PublishedBar.of("yelp2018", "mf", "ccl")).isEmpty();
  }

  @Test
  void cutoffsRatiosSizesAndContrastiveRowsAreComplete() {
    assertThat(PublishedCutoff.all()).hasSize(112);
    assertThat(PublishedCutoff.of("amazon", "lightgcn", "bsl", 5).orElseThrow().ndcg())
        .isEqualTo(0.01687);
    assertThat(PublishedRatio.all()).hasSize(80);
    assertThat(PublishedRatio.of("gowalla", "mf", 1.2).orElseThrow().ndcg20()).isEqualTo(0.157);
    assertThat(PublishedRatio.of("gowalla", "mf", 1.22)).isEmpty();
    assertThat(PublishedSize.all()).hasSize(84);
    assertThat(PublishedSize.of("amazon", "mf", "sl", 256).orElseThrow().recall20())
        .isEqualTo(0.05174);
    assertThat(PublishedContrastive.all()).hasSize(36);
  }
}
