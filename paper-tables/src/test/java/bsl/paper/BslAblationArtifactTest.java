package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.report.Rendered;
import bsl.report.Report;
import bsl.report.Verdict;
import bsl.run.RunSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
        .satisfies(claim -> assertThat(claim.verdict()).isEqualTo(Verdict.HOLDS));
  }

  @Test
  void oneSeedHasNoDeviationAndDecidesNothing() {
    assertThat(Rendered.markdown(report(1))).contains("| ml-1m | yes | 1.06 | 0.23000 | +15.0% |");
    assertThat(report(1).claims())
        .singleElement()
        .satisfies(claim -> assertThat(claim.verdict()).isEqualTo(Verdict.UNDECIDED));
  }
}
