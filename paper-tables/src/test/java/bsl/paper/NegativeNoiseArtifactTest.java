package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.run.RunSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NegativeNoiseArtifactTest {
  private static final Scope SCOPE = new Scope("fast", List.of("ml-1m"));
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
    assertThat(artifact.runs(new Scope("fast", List.of("gowalla")))).isEmpty();
  }

  @Test
  void saysWhereTheBestTemperatureIsAndWhoLosesMore() {
    ArtifactReport report = artifact.report(SCOPE, drifting(0.0075));

    assertThat(report.markdown())
        .contains("| sl, tau 0.14 | 0.30000 | 0.27000 | 0.23250 | 77.5% |")
        .contains("| sl, best tau | 0.30000 | 0.30000 | 0.29750 | 99.2% |")
        .contains("| bpr | 0.20000 | 0.16000 | 0.11000 | 55.0% |")
        .contains("best temperature by level: 0.14, 0.17, 0.21; it grows with the noise")
        .contains("SL keeps more than: bpr, bce, mse (of bpr, bce, mse)");
    assertThat(report.csv().lines())
        .hasSize(25)
        .contains("ml-1m,sl,0.14,1.0,0.4,0.3,runs/ml-1m-mf-sl");
    assertThat(artifact.report(SCOPE, drifting(-0.003)).markdown())
        .contains("does not grow with the noise");
  }

  @Test
  void saysThatItWasNotRunWithoutItsDataSet() {
    assertThat(artifact.report(new Scope("fast", List.of("gowalla")), drifting(0)).markdown())
        .contains("Not run: the data set ml-1m is not at hand.");
  }
}
