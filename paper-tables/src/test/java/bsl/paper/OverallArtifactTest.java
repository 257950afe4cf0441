package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.report.Check;
import bsl.report.MarkdownRenderer;
import bsl.report.Report;
import bsl.report.Verdict;
import bsl.run.RunSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverallArtifactTest {
  private static final Scope SCOPE = Scope.paper("yelp2018", "ml-1m");
  private final OverallArtifact artifact = new OverallArtifact();

  /** Every cell at this share of the published numbers. */
  private static FakeRuns at(double share) {
    return new FakeRuns(
        spec -> {
          PublishedRun published =
              PublishedRun.of(spec.dataset(), spec.backbone(), spec.lossName()).orElseThrow();
          return Map.of(
              "recall@20", share * published.recall20(), "ndcg@20", share * published.ndcg20());
        });
  }

  @Test
  void hasSlAndBslOnBothBackbonesOfEveryDataSet() {
    assertThat(artifact.runs(SCOPE))
        .hasSize(8)
        .doesNotHaveDuplicates()
        .extracting(RunSpec::title)
        .contains("yelp2018-mf-sl", "ml-1m-lightgcn-bsl");
  }

  @Test
  void aCellPassesFromTwoPercentBelowOnwards() {
    assertThat(artifact.report(SCOPE, at(0.981)).holds()).isTrue();
    assertThat(artifact.report(SCOPE, at(1.2)).holds()).isTrue();

    Report below = artifact.report(SCOPE, at(0.979));

    assertThat(below.checks()).hasSize(16).noneMatch(Check::passes);
    assertThat(below.holds()).isFalse();
  }

  @Test
  void showsOursBesideThePublished() {
    Report report = artifact.report(SCOPE, at(1));

    assertThat(MarkdownRenderer.render(report))
        .contains("| yelp2018 | mf | bsl | 0.07245 | 0.07245 | +0.0% | 0.05990 |")
        .contains("NDCG@20 0.05990 against 0.05918");
    assertThat(report.claims()).hasSize(4).allMatch(claim -> claim.verdict() == Verdict.HOLDS);
  }

  @Test
  void nothingIsComparedInProfileQuick() {
    Scope quick = new Scope(Profile.QUICK, "fast", List.of("ml-1m"), 1);

    assertThat(artifact.report(quick, at(0.5)).checks()).isEmpty();
    assertThat(artifact.runs(quick)).allMatch(spec -> spec.epochs() == 4);
  }
}
