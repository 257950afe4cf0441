package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.run.RunSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossComparisonArtifactTest {
  private static final Scope SCOPE = new Scope("fast", List.of("ml-1m", "yelp2018"));
  private final LossComparisonArtifact artifact = new LossComparisonArtifact();

  /** Runs with a given Recall@20 per loss, and another for MSE where it has its best weight. */
  private static FakeRuns with(Map<String, Double> recalls, double bestMse) {
    return new FakeRuns(
        spec -> {
          boolean tuned =
              spec.lossName().equals("mse") && (double) spec.asMap().get("negative_weight") > 0.01;
          return Map.of("recall@20", tuned ? bestMse : recalls.get(spec.lossName()));
        });
  }

  @Test
  void theBarsAreThoseOfTheChart() {
    assertThat(PublishedBar.all()).hasSize(16);
    assertThat(PublishedBar.of("yelp2018", "mf", "bce").orElseThrow().recall20()).isEqualTo(0.0513);
    assertThat(PublishedBar.of("yelp2018", "mf", "ccl")).isEmpty();
  }

  @Test
  void eachRunIsNeededOnce() {
    List<RunSpec> runs = artifact.runs(SCOPE);

    assertThat(runs).doesNotHaveDuplicates().extracting(RunSpec::lossName).contains("sl", "mse");
    assertThat(artifact.runs(new Scope("fast", List.of("ml-1m")))).isEmpty();
  }

  @Test
  void saysWhichOrderHoldsInWhichSetting() {
    ArtifactReport report =
        artifact.report(
            SCOPE, with(Map.of("sl", 0.071, "bpr", 0.055, "bce", 0.05, "mse", 0.034), 0.06));

    assertThat(report.holds()).isTrue();
    assertThat(report.markdown())
        .contains("| mf | sl | 0.0718 | 0.07100 | -1.1% | within 5% |")
        .contains("| mf | mse | 0.0415 | 0.03400 | -18.1% | open |")
        .contains("mf, as usually trained: SL > BPR > BCE > MSE; the paper's order holds.")
        .contains("| lightgcn | bpr | 0.0649 | 0.05500 | -15.3% | open |")
        .contains("lightgcn, as usually trained: SL > BPR > BCE > MSE; the paper's order holds.")
        .contains(
            "mf, at the best found of each: SL > MSE > BPR > BCE; the paper's order does not hold.");
    assertThat(report.csv().lines())
        .hasSize(17)
        .contains("yelp2018,mf,mse,best,0.06,0.0415,runs/yelp2018-mf-mse");
  }

  @Test
  void failsWhenTheOrderOfTheUsualSettingDoesNot() {
    assertThat(
            artifact
                .report(
                    SCOPE, with(Map.of("sl", 0.05, "bpr", 0.055, "bce", 0.05, "mse", 0.034), 0.06))
                .holds())
        .isFalse();
  }

  @Test
  void withoutTheDataSetItIsNotRun() {
    assertThat(artifact.report(new Scope("fast", List.of()), null).markdown()).contains("Not run");
  }
}
