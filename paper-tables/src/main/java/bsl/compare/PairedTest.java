package bsl.compare;

import bsl.eval.CrossedSample;
import bsl.eval.Evidence;
import bsl.eval.Interval;

/**
 * A contestant's metric tested against another's, over users and seeds.
 *
 * @param outcome the contestant
 * @param reference the other
 * @param metric such as {@code ndcg@20}
 * @param evidence the differences
 * @param corrected the p-value after Holm's correction; NaN if there are too few seeds to decide
 */
record PairedTest(
    Outcome outcome, Outcome reference, String metric, CrossedSample evidence, double corrected) {
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

  /** The same with its p-value after correction. */
  PairedTest corrected(double pValue) {
    return new PairedTest(outcome, reference, metric, evidence, pValue);
  }

  /** Whether there are enough seeds to decide by. */
  boolean decidable() {
    return evidence.seeds() >= Evidence.ENOUGH_SEEDS;
  }

  /** The mean difference. */
  double effect() {
    return evidence.effect();
  }

  /** The 95% interval of the difference; over users alone where seeds are too few. */
  Interval interval() {
    return decidable() ? evidence.interval(CONFIDENCE) : evidence.ofTheseSeeds(CONFIDENCE);
  }

  /** Half of the interval's width. */
  double halfWidth() {
    return (interval().high() - interval().low()) / 2;
  }

  /** What a difference is divided by to be told as a share: the reference's mean. */
  double unit() {
    return reference.mean(seed -> seed.metrics().get(metric));
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
