package bsl.core.sampling;

/** Which pairs of a mini-batch see which negatives. */
public enum NegativeSharing {
  /** One set of distinct items for the whole mini-batch: scoring is one matrix product. */
  SHARED,
  /**
   * One set for the whole mini-batch, the items of train pairs drawn with replacement: what {@link
   * #IN_BATCH} negatives are in distribution where pairs are shuffled, in a number of their own, so
   * that large mini-batches do not score B x B pairs. With {@link PairSampling#BY_USER} in-batch
   * negatives are the items of users that count alike, which these are not.
   */
  POPULAR,
  /** Every pair brings its own, drawn with replacement, as in the reference implementation. */
  INDEPENDENT,
  /** The other pairs' positives; duplicates of the own positive are not removed. */
  IN_BATCH
}
