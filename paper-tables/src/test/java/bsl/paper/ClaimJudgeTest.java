package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.eval.CrossedSample;
import bsl.eval.Evidence;
import bsl.eval.SeedSample;
import bsl.paper.ClaimJudge.Statement;
import bsl.report.Claim;
import bsl.report.Leaning;
import bsl.report.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClaimJudgeTest {
  /** scipy.stats.ttest_1samp against 0: p = 0.061897945341792326, SciPy 1.17.1. */
  private static final double[] UNCLEAR = {0.012, -0.003, 0.021, 0.007, 0.015};

  /** The same: p = 0.0003011978247484193. */
  private static final double[] CLEAR = {0.011, 0.009, 0.013, 0.008, 0.0115};

  private static Statement statement(String id) {
    return new Statement(id, 4, "ml-1m", "It is so");
  }

  private static Hypothesis above(double threshold, double... bySeed) {
    return new Hypothesis(
        "x 1 against 2", SeedSample.of(bySeed), threshold, 100, "%+.1f%%", Optional.empty());
  }

  private static double[] minus(double[] values) {
    return Arrays.stream(values).map(value -> -value).toArray();
  }

  private static Claim all(Hypothesis... hypotheses) {
    ClaimJudge judge = new ClaimJudge("held-out");
    judge.all("family", statement("so"), "", List.of(hypotheses));
    return judge.judged().get(0);
  }

  private static Claim any(Hypothesis... hypotheses) {
    ClaimJudge judge = new ClaimJudge("paper");
    judge.any("family", statement("so"), "", List.of(hypotheses));
    return judge.judged().get(0);
  }

  @Test
  void aClearEffectDecidesEitherWayAndAnUnclearOneDoesNot() {
    assertThat(all(above(0, CLEAR)).verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(all(above(0, minus(CLEAR))).verdict()).isEqualTo(Verdict.FAILS);
    assertThat(all(above(0, UNCLEAR)).verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(all(above(0.03, CLEAR)).verdict()).as("less than claimed").isEqualTo(Verdict.FAILS);
    assertThat(all(above(0, CLEAR)).protocol()).isEqualTo("held-out");
  }

  @Test
  void atLeastAsGoodHoldsIfTheIntervalLiesAboveMinusTheMargin() {
    double[] slightlyWorse = {-0.001, -0.0011, -0.0009, -0.001, -0.00105};

    assertThat(all(above(-0.0025, slightlyWorse)).verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(all(above(-0.0005, slightlyWorse)).verdict()).isEqualTo(Verdict.FAILS);
    assertThat(all(above(0, slightlyWorse)).verdict()).isEqualTo(Verdict.FAILS);
    for (double threshold : new double[] {-0.01, -0.003, -0.0008, 0, 0.02}) {
      Claim claim = all(above(threshold, UNCLEAR));
      assertThat(claim.verdict() == Verdict.HOLDS).isEqualTo(claim.finding().low() > threshold);
    }
  }

  @Test
  void fewerThanThreeSeedsDecideNothingAndLean() {
    Claim two = all(above(0, 0.01, 0.0100001));

    assertThat(two.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(two.finding().leaning()).isEqualTo(Leaning.FOR);
    assertThat(two.evidence()).isEqualTo("x 1 against 2 (+1.0%), 2 seeds: leans to it");
    assertThat(two.finding().low()).as("the seeds say nothing of users").isNaN();
    Evidence oneSeed = CrossedSample.of(List.of(new double[] {-0.02, -0.03, -0.025, -0.021}));
    Claim one = all(new Hypothesis("x", oneSeed, 0, 100, "%+.1f%%", Optional.empty()));
    assertThat(one.verdict()).isEqualTo(Verdict.UNDECIDED);
    // t(0.975; 3) = 3.182446; mean -0.024, standard deviation 0.00454606.
    assertThat(one.evidence())
        .isEqualTo("x (-2.4%, over users -3.1% to -1.7%), one seed: leans against it");
    assertThat(one.finding().low()).isCloseTo(-0.024 - 3.182446 * 0.00454606 / 2, within(1e-6));
    assertThat(one.finding().pValue()).isNaN();
  }

  @Test
  void leaningToAtLeastAsGoodTakesNoLessThanBeingAsGood() {
    assertThat(above(-0.01, 0).leaning()).isEqualTo(Leaning.FOR);
    assertThat(above(-0.01, -0.005).leaning()).isEqualTo(Leaning.NEITHER);
    assertThat(above(-0.01, -0.02).leaning()).isEqualTo(Leaning.AGAINST);
    assertThat(above(0, 0).leaning()).isEqualTo(Leaning.NEITHER);
    assertThat(above(0.15, 0.1).leaning()).isEqualTo(Leaning.AGAINST);
    assertThat(above(0.15, 0.2).leaning()).isEqualTo(Leaning.FOR);
  }

  @Test
  void pValuesAreCorrectedOverTheFamilyOnly() {
    ClaimJudge judge = new ClaimJudge("paper");
    double[] moderate = {0.012, 0.001, 0.021, 0.007, 0.015};
    judge.one("other", statement("alone"), above(0, moderate));
    judge.one("family", statement("one"), above(0, moderate));
    for (int more = 0; more < 3; more++) {
      judge.one("family", statement("more-" + more), above(0, UNCLEAR));
    }
    List<Claim> claims = judge.judged();

    // scipy.stats.ttest_1samp: p = 0.0304, four times as much is above 5%.
    assertThat(claims.get(0).verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(claims.get(1).verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(claims.get(1).finding().pValue())
        .isCloseTo(4 * claims.get(0).finding().pValue(), within(1e-12));
    assertThat(claims.get(1).finding().tests()).isEqualTo(4);
    assertThat(claims.get(1).evidence()).contains("p by Holm over 4 tests");
    assertThat(claims)
        .extracting(Claim::id)
        .containsExactly("alone", "one", "more-0", "more-1", "more-2");
  }

  @Test
  void aClaimOfSeveralPartsHoldsIfAllDoOrIfOneIsEnough() {
    Hypothesis yes = above(0, CLEAR);
    Hypothesis no = above(0, minus(CLEAR));
    Hypothesis open = above(0, UNCLEAR);

    assertThat(all(yes, yes).verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(all(yes, open).verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(all(yes, open, no).verdict()).isEqualTo(Verdict.FAILS);
    assertThat(any(no, open).verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(any(no, open, yes).verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(any(no, no).verdict()).isEqualTo(Verdict.FAILS);
    assertThat(all(yes, open).finding().pValue()).as("of the weakest").isGreaterThan(0.05);
    assertThat(any(yes, open).finding().pValue()).as("of the strongest").isLessThan(0.05);
    assertThat(all(yes, no).finding().leaning()).isEqualTo(Leaning.AGAINST);
    assertThat(any(yes, no).finding().leaning()).isEqualTo(Leaning.FOR);
  }

  @Test
  void whatIsLackingIsSaidAndDecidesNothing() {
    Hypothesis lacking =
        new Hypothesis(
            "x", SeedSample.of(CLEAR), 0, 1, "%+.3f", Optional.of("runs/a has no metrics"));
    Claim claim = all(lacking);

    assertThat(claim.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(claim.finding().leaning()).isEqualTo(Leaning.FOR);
    assertThat(claim.finding().low()).isNaN();
    assertThat(claim.evidence())
        .isEqualTo("x (+0.010), 5 seeds; undecided because runs/a has no metrics");
    assertThat(all(lacking, above(0, minus(CLEAR))).evidence())
        .as("does not hold, whatever is lacking")
        .contains("; not all tested, because runs/a has no metrics")
        .doesNotContain("undecided");
    assertThat(any(lacking, above(0, UNCLEAR)).evidence())
        .as("of another hypothesis than the strongest")
        .contains("; not all tested, because runs/a has no metrics");
    assertThat(all(lacking, above(0, UNCLEAR)).evidence())
        .as("undecided for another reason, too")
        .contains("; not all tested, because runs/a has no metrics");
    assertThat(all(lacking, above(0, CLEAR)).evidence())
        .as("a corrected p-value is shown, if not of the weakest")
        .contains(", p = ", "; undecided because runs/a has no metrics; p by Holm over 2 tests");
  }

  @Test
  void whatIsLackingIsNoReasonWhereThereIsOneSeed() {
    Hypothesis lacking =
        new Hypothesis(
            "x", SeedSample.of(CLEAR[0]), 0, 1, "%+.3f", Optional.of("runs/a has no metrics"));

    assertThat(all(lacking).evidence())
        .endsWith(", one seed: leans to it; not tested, because runs/a has no metrics");
  }

  @Test
  void withoutHypothesesNothingWasRun() {
    assertThat(all().verdict()).isEqualTo(Verdict.NOT_RUN);
    assertThat(all().finding().leaning()).isEqualTo(Leaning.NEITHER);
    assertThat(all().evidence()).isEqualTo("not measured");

    ClaimJudge judge = new ClaimJudge("paper");
    judge.one("family", statement("so"), "a remark", List.of());
    assertThat(judge.judged().get(0).evidence()).isEqualTo("not measured; a remark");
  }

  @Test
  void theSlopeIsThatOfTheLeastSquaresLine() {
    // numpy.polyfit
    assertThat(Slope.of(new double[] {0, 0.2, 0.4, 1}, new double[] {1, 2, 2, 4}))
        .isCloseTo(2.8571428571428563, within(1e-12));
    assertThat(Stream.of(Slope.weights(1, 5, 10)).flatMapToDouble(Arrays::stream).sum())
        .isCloseTo(0, within(1e-15));
  }
}
