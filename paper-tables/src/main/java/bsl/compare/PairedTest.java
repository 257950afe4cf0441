package bsl.compare;

import bsl.eval.CrossedSample;
import bsl.eval.Interval;
import bsl.eval.PairedSample;
import bsl.eval.RelativeLead;
import java.util.List;
import java.util.Optional;

/**
 * A contestant's metric tested against another's, over users and seeds.
 *
 * @param outcome the contestant
 * @param reference the other
 * @param metric such as {@code ndcg@20}
 * @param evidence the differences
 * @param lead the same as a share of the reference's mean; empty where that is 0
 * @param corrected the p-value after Holm's correction; NaN if there are too few seeds to decide
 */
record PairedTest(
    Outcome outcome,
    Outcome reference,
    String metric,
    CrossedSample evidence,
    Optional<RelativeLead> lead,
    double corrected) {
  /** A difference counts as shown if its corrected p-value is at most this. */
  static final double LEVEL = 0.05;

  private static final double CONFIDENCE = 1 - LEVEL;

  /** What has come out. */
  enum Verdict {
    BETTER("better"),
    WORSE("worse"),
    NOT_SHOWN("no difference shown"),
    TOO_FEW_SEEDS("too few seeds");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** The test before any correction; empty if the two have no seed in common. */
  static Optional<PairedTest> of(Outcome outcome, Outcome reference, String metric) {
    List<PairedSample> pairs = outcome.beside(reference, metric);
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    boolean share = pairs.stream().anyMatch(pair -> pair.meanOfSecond() > 0);
    return Optional.of(
        new PairedTest(
            outcome,
            reference,
            metric,
            CrossedSample.ofDifferences(pairs),
            share ? Optional.of(RelativeLead.of(pairs)) : Optional.empty(),
            Double.NaN));
  }

  /** The same with its p-value after correction. */
  PairedTest corrected(double pValue) {
    return new PairedTest(outcome, reference, metric, evidence, lead, pValue);
  }

  /** Whether it compares the same numbers as another test: those of the same runs or fits. */
  boolean isOfTheRunsOf(PairedTest other) {
    return metric.equals(other.metric)
        && outcome.hasTheSeedsOf(other.outcome)
        && reference.hasTheSeedsOf(other.reference);
  }

  /** Whether there are enough seeds to decide by. */
  boolean decidable() {
    return evidence.decides();
  }

  /** The mean difference. */
  double effect() {
    return evidence.effect();
  }

  /** The 95% interval of the difference; over users alone where seeds are too few. */
  Optional<Interval> interval() {
    return evidence.bounds(CONFIDENCE);
  }

  /** The 95% interval of the difference as a share of the reference's mean. */
  Optional<Interval> relativeInterval() {
    return lead.flatMap(it -> it.bounds(CONFIDENCE));
  }

  /** The p-value of no difference, before any correction; NaN if seeds are too few. */
  double pValue() {
    return decidable() ? evidence.pValue(0) : Double.NaN;
  }

  /** What has come out. */
  Verdict verdict() {
    if (!decidable()) {
      return Verdict.TOO_FEW_SEEDS;
    }
    if (!(corrected <= LEVEL)) {
      return Verdict.NOT_SHOWN;
    }
    return effect() > 0 ? Verdict.BETTER : Verdict.WORSE;
  }
}
