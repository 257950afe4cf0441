package bsl.core.sampling;

/** Which pairs of a mini-batch see which negatives. */
public enum NegativeSharing {
  /** One set of distinct items for the whole mini-batch: scoring is one matrix product. */
  SHARED,
  /** Every pair brings its own, drawn with replacement, as in the reference implementation. */
  INDEPENDENT,
  /** The other pairs' positives; duplicates of the own positive are not removed. */
  IN_BATCH
}
