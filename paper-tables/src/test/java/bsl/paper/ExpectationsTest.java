package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.report.Claim;
import bsl.report.Report;
import bsl.report.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectationsTest {
  private static final String DECISIVE = "The variance penalty raises NDCG@20, mf";
  private static final Scope QUICK =
      new Scope(Profile.QUICK, "fast", List.of("ml-1m"), Scope.BACKBONES, 1);

  private static Report report(String dataset, String statement, Verdict verdict) {
    return new Report(
        "id", "", List.of(), List.of(new Claim(3, dataset, statement, verdict, "")), List.of());
  }

  @Test
  void profileQuickAssertsTheVerdictsItDecides() {
    assertThat(Expectations.applied(QUICK, report("ml-1m", DECISIVE, Verdict.HOLDS)).checks())
        .hasSize(1);
    assertThat(Expectations.applied(QUICK, report("ml-1m", DECISIVE, Verdict.HOLDS)).holds())
        .isTrue();
    assertThat(Expectations.applied(QUICK, report("small", DECISIVE, Verdict.FAILS)).holds())
        .isFalse();
  }

  @Test
  void noOtherVerdictFailsAnything() {
    assertThat(Expectations.applied(QUICK, report("ml-1m", "Else", Verdict.FAILS)).holds())
        .isTrue();
    assertThat(Expectations.applied(QUICK, report("yelp2018", DECISIVE, Verdict.FAILS)).holds())
        .isTrue();
    assertThat(
            Expectations.applied(Scope.paper("ml-1m"), report("ml-1m", DECISIVE, Verdict.FAILS))
                .holds())
        .isTrue();
  }
}
