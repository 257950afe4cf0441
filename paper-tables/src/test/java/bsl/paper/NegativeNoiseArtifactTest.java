package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.report.Rendered;
import bsl.report.Report;
import bsl.report.Verdict;
import bsl.run.RunSpec;
import bsl.run.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NegativeNoiseArtifactTest {
  private static final Scope SCOPE = Scope.paper("ml-1m");
  private final NegativeNoiseArtifact artifact = new NegativeNoiseArtifact();

  /** SL is best at tau 0.14 + drift (level - 1); the others lose a twentieth a level. */
  private static FakeRuns drifting(double drift) {
    return new FakeRuns(
        spec -> {
          double level = spec.negativeNoise() - 1;
          double value =
              spec.lossName().equals("sl")
                  ? 0.3 - Math.abs((double) spec.asMap().get("tau") - 0.14 - drift * level)
                  : 0.2 * (1 - level / 20);
          return Map.of("recall@20", value + 0.1, "ndcg@20", value);
        });
  }

  @Test
  void everyRunHasNegativesOfEachPairsOwn() {
    List<RunSpec> runs = artifact.runs(SCOPE);

    assertThat(runs).hasSize(24).doesNotHaveDuplicates();
    assertThat(runs)
        .allSatisfy(run -> assertThat(run.negativeSharing().name()).isEqualTo("INDEPENDENT"));
  }

  @Test
  void presetsOfMiniBatchesOfUsersAreNoObstacle() {
    RunSpec userWise =
        RunSpec.of(
            Settings.ofAssignments(
                List.of(
                    "dataset=ml-1m",
                    "batch_users=32",
                    "negatives=0",
                    "negative_sampling=popular",
                    "negative_noise=0")));
    RunSpec noisy = NegativeNoiseArtifact.noisy(userWise, 5);

    assertThat(noisy.userWise()).isFalse();
    assertThat(noisy.negativeNoise()).isEqualTo(5);
    assertThat(noisy.negatives()).isEqualTo(32);
  }

  @Test
  void saysWhereTheBestTemperatureIsAndWhoLosesMore() {
    Report report = artifact.report(SCOPE, drifting(0.0075));

    assertThat(Rendered.markdown(report))
        .contains("| ml-1m | sl | 0.14 | 10 | 0.33250 | 0.23250 | 77.5% |")
        .contains("| ml-1m | bpr |  | 10 | 0.21000 | 0.11000 | 55.0% |");
    assertThat(report.claims()).hasSize(4).allMatch(claim -> claim.verdict() == Verdict.HOLDS);
    assertThat(report.claims().get(0).evidence())
        .isEqualTo("r = 1: tau 0.14, r = 5: tau 0.17, r = 10: tau 0.21, one seed");
    assertThat(report.claims().get(1).evidence()).isEqualTo("99.2% against 55.0%, one seed");
    assertThat(artifact.report(SCOPE, drifting(-0.003)).claims().get(0).verdict())
        .isEqualTo(Verdict.FAILS);
  }

  @Test
  void profileQuickHasFewerPoints() {
    Scope quick = new Scope(Profile.QUICK, "fast", List.of("ml-1m"), Scope.BACKBONES, 1);

    assertThat(artifact.runs(quick)).hasSize(12);
    assertThat(artifact.report(quick, drifting(0.0075)).claims()).hasSize(4);
  }
}
