package bsl.compare;

import static bsl.compare.OutcomesByHand.seed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.eval.PerUserMetrics;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PairedTestsTest {
  private static final ReferenceRule AGAINST_SL =
      ReferenceRule.of(OutcomesByHand.REQUEST, OutcomesByHand.CONTESTANTS);

  private static final Outcome SL = constant("mf-sl", 0.5);

  private static Outcome constant(String name, double value) {
    SeedOutcome seed = seed(value, value, value);
    return OutcomesByHand.of(name, Map.of(1L, seed, 2L, seed, 3L, seed));
  }

  private static PairedTests.Corrected corrected(List<Outcome> ranked) {
    PairedTests tests = new PairedTests(ComparisonRequest.METRICS);
    tests.add(AGAINST_SL, ranked, OutcomesByHand.CONTESTANTS);
    return tests.corrected();
  }

  @Test
  void theSideOfADifferenceIsSaid() {
    Outcome above = constant("mf-bsl", 0.75);
    Outcome below = constant("mf-bpr", 0.25);
    PairedTests.Corrected tests = corrected(List.of(above, SL, below));

    for (String metric : ComparisonRequest.METRICS) {
      assertThat(tests.of(above, metric).orElseThrow().verdict())
          .isEqualTo(PairedTest.Verdict.BETTER);
      assertThat(tests.of(below, metric).orElseThrow().verdict())
          .isEqualTo(PairedTest.Verdict.WORSE);
    }
  }

  /** There is no share of nothing, and the difference is tested all the same. */
  @Test
  void aReferenceThatFindsNothingIsTestedAgainst() {
    Outcome above = constant("mf-bsl", 0.75);
    PairedTests.Corrected tests = corrected(List.of(above, constant("mf-sl", 0)));

    PairedTest test = tests.of(above, ComparisonRequest.METRICS.get(0)).orElseThrow();
    assertThat(test.effect()).isEqualTo(0.75);
    assertThat(test.verdict()).isEqualTo(PairedTest.Verdict.BETTER);
    assertThat(test.lead()).isEmpty();
    assertThat(test.relativeInterval()).isEmpty();
  }

  /** Two presets may have the same settings. */
  @Test
  void theSameRunsAreNotTestedAgainstEachOther() {
    Outcome same = new Outcome(constant("mf-bsl", 0.5).contestant(), SL.bySeed());
    Outcome below = constant("mf-bpr", 0.25);
    PairedTests.Corrected alone = corrected(List.of(SL, below));
    PairedTests.Corrected tests = corrected(List.of(SL, same, below));

    assertThat(tests.of(same, ComparisonRequest.METRICS.get(0))).isEmpty();
    assertThat(tests.family()).isEqualTo(alone.family()).isPositive();
    assertThat(tests.tests()).extracting(PairedTest::outcome).containsOnly(below);
  }

  /** What is known to be one comparison would make the others' p-values larger as two. */
  @Test
  void theSameRunsAreOneTestAgainstAThird() {
    Outcome late = scattered("mf-bpr", 3, 0.03);
    Outcome same = new Outcome(constant("mf-bsl", 0.5).contestant(), late.bySeed());
    Outcome early = scattered("mf-bce", 3, 0.05);
    PairedTests.Corrected without = corrected(List.of(early, SL, late));
    PairedTests.Corrected tests = corrected(List.of(early, SL, late, same));

    assertThat(without.family()).as("two metrics of two contestants").isEqualTo(4);
    assertThat(tests.family()).isEqualTo(4);
    for (String metric : ComparisonRequest.METRICS) {
      double once = without.of(late, metric).orElseThrow().corrected();
      assertThat(tests.of(late, metric).orElseThrow().corrected()).isEqualTo(once);
      assertThat(tests.of(same, metric).orElseThrow().corrected()).isEqualTo(once);
      assertThat(tests.of(early, metric).orElseThrow().corrected())
          .isEqualTo(without.of(early, metric).orElseThrow().corrected());
    }
  }

  /** With another number of seeds it is another test, with a p-value of its own. */
  @Test
  void partOfTheSameRunsIsAnotherTest() {
    Outcome all = scattered("mf-bpr", 4, 0.03);
    Outcome part =
        new Outcome(constant("mf-bsl", 0.5).contestant(), new TreeMap<>(all.bySeed().headMap(4L)));
    Outcome sl = scattered("mf-sl", 4, 0);

    assertThat(corrected(List.of(sl, all, part)).family()).isEqualTo(4);
  }

  @Test
  void aDifferenceIsShownUpToFivePercent() {
    PairedTest test =
        PairedTest.of(constant("mf-bpr", 0.25), SL, ComparisonRequest.METRICS.get(0)).orElseThrow();

    assertThat(test.corrected(0.05).verdict()).isEqualTo(PairedTest.Verdict.WORSE);
    assertThat(test.corrected(0.0501).verdict()).isEqualTo(PairedTest.Verdict.NOT_SHOWN);
  }

  /** It leads in each metric by another share of what the seeds and users scatter. */
  private static Outcome scattered(String name, long seeds, double lead) {
    TreeMap<Long, SeedOutcome> bySeed = new TreeMap<>();
    for (long s = 1; s <= seeds; s++) {
      double first = 0.5 + lead + 0.01 * s;
      double second = 0.5 + 2 * lead - 0.01 * s;
      bySeed.put(
          s,
          seed(
              "validation",
              PerUserMetrics.of(
                  new int[] {0, 1, 2},
                  Map.of(
                      ComparisonRequest.METRICS.get(0),
                      new double[] {first - 0.01, first, first + 0.01},
                      ComparisonRequest.METRICS.get(1),
                      new double[] {second, second + 0.02, second - 0.02}))));
    }
    return OutcomesByHand.of(name, bySeed);
  }

  /** Holm: the k-th smallest of m is multiplied by m - k + 1, and none is below one before it. */
  @Test
  void testsThatCannotBeDecidedLeaveTheCorrectionOfTheOthersAlone() {
    Outcome early = scattered("mf-bsl", 3, 0.05);
    Outcome unfinished = scattered("mf-bce", 2, 0.04);
    Outcome late = scattered("mf-bpr", 3, 0.03);
    PairedTests.Corrected tests = corrected(List.of(early, SL, unfinished, late));

    assertThat(tests.family()).as("two metrics of two contestants").isEqualTo(4);
    assertThat(tests.tests())
        .extracting(test -> test.outcome().contestant().name())
        .containsExactly("mf-bsl", "mf-bsl", "mf-bce", "mf-bce", "mf-bpr", "mf-bpr");
    assertThat(tests.tests().subList(2, 4))
        .allSatisfy(
            test -> {
              assertThat(test.verdict()).isEqualTo(PairedTest.Verdict.TOO_FEW_SEEDS);
              assertThat(test.corrected()).isNaN();
            });
    List<PairedTest> ascending =
        tests.tests().stream()
            .filter(PairedTest::decidable)
            .sorted(Comparator.comparingDouble(PairedTest::pValue))
            .toList();
    assertThat(ascending).extracting(PairedTest::pValue).doesNotHaveDuplicates().hasSize(4);
    double atLeast = 0;
    for (int k = 0; k < 4; k++) {
      atLeast = Math.max(atLeast, Math.min(1, (4 - k) * ascending.get(k).pValue()));
      assertThat(ascending.get(k).corrected()).isCloseTo(atLeast, within(1e-12));
    }
  }
}
