package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.report.Check;
import bsl.report.Claim;
import bsl.report.Finding;
import bsl.report.Leaning;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectationsTest {
  private static final String REPORT = "variance-ablation";
  private static final String DECISIVE = "penalty-raises-ndcg-mf";

  private static Scope quick(String dataset) {
    return new Scope(Profile.QUICK, "fast", List.of(dataset), Scope.BACKBONES, 1);
  }

  private static Report report(Claim... claims) {
    return new Report(REPORT, "", List.of(), List.of(claims), List.of());
  }

  private static Claim claim(String id, String dataset, Leaning leaning) {
    Finding finding = new Finding(1, 0.1, Double.NaN, Double.NaN, 0, Double.NaN, 1, leaning);
    return new Claim(id, 3, dataset, "paper", "worded in any way", Verdict.UNDECIDED, "", finding);
  }

  private static Report applied(String dataset, Claim... claims) {
    return Expectations.applied(quick(dataset), report(claims));
  }

  @Test
  void profileQuickAssertsToWhichSideTheEvidenceLeans() {
    Report holds = applied("ml-1m", claim(DECISIVE, "ml-1m", Leaning.FOR));

    assertThat(holds.checks()).hasSize(1);
    assertThat(holds.holds()).isTrue();
    assertThat(applied("small", claim(DECISIVE, "small", Leaning.AGAINST)).holds()).isFalse();
    assertThat(applied("small", claim(DECISIVE, "small", Leaning.NEITHER)).holds()).isFalse();
  }

  @Test
  void anExpectedClaimThatIsMissingFails() {
    Report report = applied("ml-1m", claim("another", "ml-1m", Leaning.FOR));

    assertThat(report.failed())
        .singleElement()
        .extracting(Check::what)
        .isEqualTo("variance-ablation has claim penalty-raises-ndcg-mf on ml-1m");
    assertThat(applied("ml-1m", claim(DECISIVE, "gowalla", Leaning.FOR)).holds()).isFalse();
  }

  @Test
  void noOtherVerdictFailsAnything() {
    Claim decisive = claim(DECISIVE, "ml-1m", Leaning.FOR);

    assertThat(applied("ml-1m", decisive, claim("else", "ml-1m", Leaning.AGAINST)).holds())
        .isTrue();
    assertThat(applied("yelp2018", claim(DECISIVE, "yelp2018", Leaning.AGAINST)).checks())
        .isEmpty();
    assertThat(
            Expectations.applied(
                    Scope.paper("ml-1m"), report(claim(DECISIVE, "ml-1m", Leaning.AGAINST)))
                .checks())
        .isEmpty();
  }

  @Test
  void nothingIsExpectedOfAPresetOfTheUsersOwn(@TempDir Path folder) throws IOException {
    String own =
        Files.writeString(folder.resolve("own.yaml"), "base: fast\nlosses:\n  sl: {tau: 0.3}\n")
            .toString();
    Scope quick = new Scope(Profile.QUICK, own, List.of("ml-1m"), Scope.BACKBONES, 1);

    assertThat(
            Expectations.applied(quick, report(claim(DECISIVE, "ml-1m", Leaning.AGAINST))).checks())
        .isEmpty();
  }

  @Test
  void nothingIsExpectedOfWhatTheScopeHasNoRunsOf() {
    Scope graph = new Scope(Profile.QUICK, "fast", List.of("ml-1m"), List.of("lightgcn"), 1);
    Report overall = new Report("overall", "", List.of(), List.of(), List.of());

    assertThat(Expectations.applied(graph, overall).checks()).isEmpty();
    assertThat(Expectations.applied(quick("ml-1m"), overall).holds()).isFalse();
  }

  @Test
  void numbersThatWereAskedForAndAreNotThereFail() {
    Report none = new Report("overall", "", List.of(), List.of(), List.of());
    Scope published = Scope.paper("ml-1m");
    Scope unpublished = new Scope(Profile.PAPER, "fast", List.of("ml-1m"), List.of("ngcf"), 1);

    assertThat(Expectations.applied(published, none).failed())
        .singleElement()
        .extracting(Check::what)
        .isEqualTo("overall has a number to set beside the published ones");
    assertThat(Expectations.applied(unpublished, none).holds()).isTrue();
    assertThat(
            Expectations.applied(
                    published, none.with(List.of(Check.atLeast("one number", 1, 1, 0.02))))
                .holds())
        .isTrue();
  }

  @Test
  void dataThatOnlyHaveTheNameAreExplainedAndHeldToNothing() {
    Claim other = claim(DECISIVE, "ml-1m (other data)", Leaning.AGAINST);
    Report report = applied("ml-1m", other);

    assertThat(report.checks()).isEmpty();
    assertThat(report.blocks())
        .singleElement()
        .isInstanceOfSatisfying(
            Paragraph.class,
            paragraph -> assertThat(paragraph.text()).contains("other pairs than the catalogue's"));
  }
}
