package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.run.RunResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverallTableTest {
  private static final PublishedRun PUBLISHED =
      PublishedRun.of("yelp2018", "mf", "bsl").orElseThrow();

  private static OverallCell cell(double recall, double ndcg) {
    RunResult ours =
        new RunResult(
            "yelp2018",
            Map.of(),
            "mf",
            "bsl",
            Map.of(),
            "fast",
            1,
            2,
            "vector-512",
            "paper",
            "test",
            true,
            30,
            29,
            100,
            3,
            1,
            1,
            Map.of("recall@20", recall, "ndcg@20", ndcg),
            Map.of(),
            "00");
    return new OverallCell(PUBLISHED, ours, "runs/x");
  }

  @Test
  void thePublishedFiguresAreThoseOfThePaper() {
    assertThat(PUBLISHED.recall20()).isEqualTo(0.07245);
    assertThat(PUBLISHED.ndcg20()).isEqualTo(0.0599);
    assertThat(PUBLISHED.gpuTrainSeconds()).isEqualTo(12012);
    assertThat(PublishedRun.all()).hasSize(16);
  }

  @Test
  void thePublishedCurvesHoldEveryEpoch() {
    List<PublishedCurve.Point> curve = PublishedCurve.of("ml-1m", "mf", "bsl");

    assertThat(curve).hasSize(222);
    assertThat(curve.get(9).epoch()).isEqualTo(10);
    assertThat(curve.get(9).ndcg20()).isEqualTo(0.2045);
  }

  @Test
  void aCellPassesFromTwoPercentBelowOnwards() {
    assertThat(cell(0.07245 * 0.981, 0.0599 * 0.981).withinTolerance()).isTrue();
    assertThat(cell(0.09, 0.09).withinTolerance()).isTrue();
    assertThat(cell(0.07245 * 0.979, 0.0599).withinTolerance()).isFalse();
    assertThat(cell(0.07245, 0.0599 * 0.979).withinTolerance()).isFalse();
  }

  @Test
  void theTableShowsOursBesideThePublishedAndTheVerdict() {
    OverallTable table = new OverallTable(List.of(cell(0.07245, 0.0599), cell(0.05, 0.05)));

    assertThat(table.holds()).isFalse();
    assertThat(table.markdown())
        .contains("| 0.07245 | 0.07245 | +0.0% |")
        .contains("| paper | pass |")
        .contains("| paper | FAIL |");
    assertThat(table.csv().lines()).hasSize(3);
  }
}
