package bsl.core.sampling;

import bsl.core.RandomStream;

/** Draws negative items. Implementations are immutable and safe for use from many threads. */
@FunctionalInterface
public interface NegativeSampler {
  /**
   * Draws items with replacement.
   *
   * @param user whom the negatives are for, or {@link #EVERYONE} when a mini-batch shares them
   * @param negatives receives the items at indices {@code from} to {@code to - 1}; {@link
   *     EpochBatches} refuses one that there is not
   * @param random where the randomness comes from
   */
  void sample(int user, int[] negatives, int from, int to, RandomStream random);

  /** Stands for no user in particular. */
  int EVERYONE = -1;

  /**
   * Uniform over all items, positives not excluded, as in the reference implementation.
   *
   * @param items number of items, at least 1
   */
  static NegativeSampler uniform(int items) {
    if (items < 1) {
      throw new IllegalArgumentException("no items to sample from");
    }
    return (user, negatives, from, to, random) -> {
      for (int n = from; n < to; n++) {
        negatives[n] = random.nextInt(items);
      }
    };
  }
}
