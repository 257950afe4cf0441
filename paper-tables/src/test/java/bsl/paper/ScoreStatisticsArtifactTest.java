package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.eval.SeedSample;
import bsl.report.Claim;
import bsl.report.Verdict;
import bsl.run.EpochRecord;
import bsl.run.RunSpec;
import bsl.run.ScoreStatistics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreStatisticsArtifactTest {
  private static final List<Double> SL = List.of(0.010, 0.012, 0.020);
  private static final List<Double> OTHERS = List.of(0.031, 0.036, 0.041);

  /** Variance of negative scores after the last epoch, by seed. */
  private static double variance(RunSpec spec) {
    return (spec.lossName().equals("sl") ? SL : OTHERS).get((int) spec.seed() - 1);
  }

  private static final FakeRuns RUNS =
      new FakeRuns(
          spec -> Map.of("ndcg@20", 0.1),
          spec ->
              List.of(
                  new EpochRecord(1, 1, 1, Map.of(ScoreStatistics.NEGATIVE_VARIANCE, 0.5)),
                  new EpochRecord(
                      2, 1, 2, Map.of(ScoreStatistics.NEGATIVE_VARIANCE, variance(spec)))));

  private static List<Claim> claims(String... datasets) {
    Scope scope = new Scope(Profile.PAPER, "fast", List.of(datasets), Scope.BACKBONES, 3);
    return new ScoreStatisticsArtifact().report(scope, RUNS).claims();
  }

  @Test
  void varianceOfTheOthersIsSetBesideThatOfSlSeedBySeed() {
    SeedSample less = SeedSample.of(0.031 - 0.010, 0.036 - 0.012, 0.041 - 0.020);

    assertThat(claims("ml-1m"))
        .extracting(Claim::id)
        .containsExactly(
            "sl-less-variance-than-bpr-mf",
            "sl-less-variance-than-bce-mf",
            "sl-less-variance-than-mse-mf");
    assertThat(claims("ml-1m"))
        .allSatisfy(
            claim -> {
              assertThat(claim.verdict()).isEqualTo(Verdict.HOLDS);
              assertThat(claim.finding().effect()).isCloseTo(less.effect(), within(1e-12));
              assertThat(claim.finding().low()).isCloseTo(less.interval(0.95).low(), within(1e-12));
            });
  }

  @Test
  void allLossesOnAllDataSetsAreCorrectedTogether() {
    assertThat(claims("ml-1m", "gowalla"))
        .hasSize(2 * 3)
        .allMatch(claim -> claim.finding().tests() == 2 * 3);
  }
}
