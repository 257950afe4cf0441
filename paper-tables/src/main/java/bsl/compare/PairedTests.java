package bsl.compare;

import bsl.eval.HolmCorrection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tests contestants against their references. All tests of a comparison are one family: all data
 * sets, contestants and metrics. Their p-values are corrected together by Holm's method, so that
 * the probability of any false statement in all of its tables is about 5% at most. Two contestants
 * that are the same runs are not tested against each other, and against a third they are one test,
 * which counts once: as two it would make all p-values larger for nothing.
 */
final class PairedTests {
  /**
   * A test before correction.
   *
   * @param shown whether it was asked for
   * @param counted number of the test in the family; that of another one if both are of the same
   *     runs, and negative if it cannot be decided
   */
  private record Open(PairedTest test, boolean shown, int counted) {}

  private final List<String> metrics;
  private final List<Open> open = new ArrayList<>();
  private final List<Double> family = new ArrayList<>();

  PairedTests(List<String> metrics) {
    this.metrics = metrics;
  }

  /**
   * Adds the tests of a data set.
   *
   * @param rule what is tested against what
   * @param ranked the outcomes, the best first
   * @param order the contestants as they were named
   */
  void add(ReferenceRule rule, List<Outcome> ranked, List<Contestant> order) {
    for (Outcome outcome : ranked) {
      rule.referenceOf(outcome, ranked, order)
          .ifPresent(reference -> add(outcome, reference, true));
    }
    if (rule.looksFirst()) {
      // Any of them might have turned out best.
      for (int first = 1; first < ranked.size(); first++) {
        for (int second = first + 1; second < ranked.size(); second++) {
          add(ranked.get(second), ranked.get(first), false);
        }
      }
    }
  }

  private void add(Outcome outcome, Outcome reference, boolean shown) {
    if (outcome.isOfTheRunsOf(reference)) {
      // What is known to be no difference would make the others' p-values larger.
      return;
    }
    for (String metric : metrics) {
      PairedTest.of(outcome, reference, metric)
          .ifPresent(test -> open.add(new Open(test, shown, counted(test))));
    }
  }

  private int counted(PairedTest test) {
    if (!test.decidable()) {
      return -1;
    }
    return open.stream()
        .filter(there -> there.counted() >= 0 && there.test().isOfTheRunsOf(test))
        .mapToInt(Open::counted)
        .findFirst()
        .orElseGet(
            () -> {
              family.add(test.pValue());
              return family.size() - 1;
            });
  }

  /** The tests that were asked for, corrected for all that were made. */
  Corrected corrected() {
    double[] pValues =
        HolmCorrection.adjusted(family.stream().mapToDouble(Double::doubleValue).toArray());
    List<PairedTest> asked = new ArrayList<>();
    for (Open each : open) {
      if (each.shown()) {
        asked.add(
            each.counted() < 0 ? each.test() : each.test().corrected(pValues[each.counted()]));
      }
    }
    return new Corrected(asked, pValues.length);
  }

  /**
   * Tests with their corrected p-values.
   *
   * @param tests those that were asked for
   * @param family how many they were corrected for
   */
  record Corrected(List<PairedTest> tests, int family) {
    /** Whether all have enough seeds. Otherwise some have an interval over users alone. */
    boolean allDecidable() {
      return tests.stream().allMatch(PairedTest::decidable);
    }

    /** The test of a contestant's metric, if it was tested. */
    Optional<PairedTest> of(Outcome outcome, String metric) {
      return tests.stream()
          .filter(test -> test.outcome() == outcome && test.metric().equals(metric))
          .findFirst();
    }
  }
}
