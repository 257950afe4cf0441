package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.run.RunSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PositiveNoiseArtifactTest {
  private static final Scope SCOPE = new Scope("fast", List.of("ml-1m"));
  private final PositiveNoiseArtifact artifact = new PositiveNoiseArtifact();

  /** SL loses half of the noise, BSL the given part of it. */
  private static FakeRuns losing(double bslLoss) {
    return new FakeRuns(
        spec -> {
          double lost = spec.lossName().equals("sl") ? 0.5 : bslLoss;
          double value = 0.2 * (1 - lost * spec.positiveNoise());
          return Map.of("recall@20", value, "ndcg@20", value);
        });
  }

  @Test
  void cleanRunsAreThoseOfTheMainTable() {
    List<RunSpec> runs = artifact.runs(SCOPE);

    assertThat(runs).hasSize(6).doesNotHaveDuplicates();
    assertThat(new OverallArtifact().runs(SCOPE)).isSubsetOf(runs);
    assertThat(artifact.runs(new Scope("fast", List.of("ml-1m", "yelp2018", "gowalla"))))
        .containsAll(new OverallArtifact().runs(new Scope("fast", List.of("yelp2018", "gowalla"))));
  }

  @Test
  void saysWhetherTheLeadGrows() {
    ArtifactReport growing = artifact.report(SCOPE, losing(0.25));

    assertThat(growing.markdown())
        .contains("| 0% | 0.20000 | 0.20000 | +0.0% |")
        .contains("| 40% | 0.16000 | 0.18000 | +12.5% |")
        .contains("lead in NDCG@20 grows from level to level (one seed)");
    assertThat(growing.csv().lines())
        .hasSize(7)
        .contains("ml-1m,0.4,sl,0.16000000000000003,0.16000000000000003,runs/ml-1m-mf-sl");
    assertThat(artifact.report(SCOPE, losing(0.6)).markdown()).contains("does not grow");
  }
}
