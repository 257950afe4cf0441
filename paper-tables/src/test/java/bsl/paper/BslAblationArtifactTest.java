package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.report.Rendered;
import bsl.report.Report;
import bsl.report.Verdict;
import bsl.run.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BslAblationArtifactTest {
  /** 0.20 with neither; rho adds 0.02, the expectation 0.01, and the second seed 0.001. */
  private static double ndcg(RunSpec spec) {
    return 0.20
        + (spec.tauRatio() == 1 ? 0 : 0.02)
        + ("reweight".equals(spec.asMap().get("mode").toString()) ? 0 : 0.01)
        + 0.001 * (spec.seed() - 1);
  }

  private static Report report(int seeds) {
    return new BslAblationArtifact()
        .report(
            new Scope(Profile.PAPER, "fast", List.of("ml-1m"), List.of("mf"), seeds),
            new FakeRuns(spec -> Map.of("ndcg@20", ndcg(spec))));
  }

  @Test
  void gainsAreToldApart() {
    assertThat(Rendered.markdown(report(2)))
        .contains("| ml-1m | no | 1.00 | 0.20050 ± 0.00635 | +0.0% |")
        .contains("| ml-1m | no | 1.06 | 0.22050 ± 0.00635 | +10.0% |")
        .contains("| ml-1m | yes | 1.00 | 0.21050 ± 0.00635 | +5.0% |")
        .contains("| ml-1m | yes | 1.06 | 0.23050 ± 0.00635 | +15.0% |");
    assertThat(report(3).claims())
        .singleElement()
        .satisfies(claim -> assertThat(claim.verdict()).isEqualTo(Verdict.HOLDS))
        .satisfies(
            claim ->
                assertThat(claim.evidence())
                    // 0.221 and 0.211 beside 0.201, the means over three seeds.
                    .startsWith(
                        "+9.95% by rho alone, +4.98% by the expectation alone: NDCG@20 0.22100"));
  }

  /** Loss sl has rho 1, whatever a preset of somebody's own says for it. */
  @Test
  void rowsOfSlHaveRhoOneWithAnyPreset(@TempDir Path folder) throws IOException {
    Path preset =
        Files.writeString(
            folder.resolve("mine.yaml"),
            "losses:\n  sl, bsl:\n    tau: 0.2\n    tau_ratio: 1.3\n    positive_groups: user\n");
    Report report =
        new BslAblationArtifact()
            .report(
                new Scope(Profile.PAPER, preset.toString(), List.of("ml-1m"), List.of("mf"), 1),
                new FakeRuns(spec -> Map.of("ndcg@20", 0.2)));

    assertThat(Rendered.markdown(report))
        .contains("| ml-1m | no | 1.00 |", "| ml-1m | no | 1.30 |", "| ml-1m | yes | 1.00 |")
        .contains("over all of a user's train pairs.");
  }

  @Test
  void oneSeedHasNoDeviationAndDecidesNothing() {
    assertThat(Rendered.markdown(report(1))).contains("| ml-1m | yes | 1.06 | 0.23000 | +15.0% |");
    assertThat(report(1).claims())
        .singleElement()
        .satisfies(claim -> assertThat(claim.verdict()).isEqualTo(Verdict.UNDECIDED));
  }
}
