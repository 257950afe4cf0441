package bsl.core.sampling;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.Arrays;

/**
 * Samples the items that a mini-batch of users is scored against, so that a weighted mean over the
 * sample estimates the mean over all items.
 *
 * <p>An item is in the sample with a probability in proportion to what it stands for, but at most
 * 1, and its weight is what it stands for over that probability (Horvitz and Thompson, JASA 1952).
 * So all weights are equal, but for items that are in every sample. They add up to the size of the
 * sample on average: a sample of N items is N negatives, not all of them.
 *
 * <p>Items are drawn systematically (Madow, 1949): in an order that is random for each epoch, with
 * a random start for each step. So a sample has the wanted size, but for one item, and its items
 * are distinct.
 */
final class ColumnSampler {
  private final double[] probabilities;
  private final float[] weights;
  private final long seed;
  private final int most;
  private final int[] order;
  private final double[] ends;

  /** By whole number n: the first position in the order whose end is beyond n. */
  private final int[] firstBeyond;

  private int epochOfOrder = -1;

  /**
   * @param popularity train pairs of each item, over their mean
   * @param byPopularity whether an item stands for its popularity, otherwise for 1
   * @param size wanted size of a sample, at least 1 and less than the number of items
   * @param seed the run's seed
   */
  ColumnSampler(float[] popularity, boolean byPopularity, int size, long seed) {
    this.seed = seed;
    this.most = size + 1;
    this.order = new int[popularity.length];
    this.ends = new double[popularity.length];
    this.firstBeyond = new int[most + 2];
    this.probabilities = new double[popularity.length];
    for (int i = 0; i < popularity.length; i++) {
      probabilities[i] = byPopularity ? popularity[i] : 1;
    }
    scale(probabilities, size);
    this.weights = new float[popularity.length];
    for (int i = 0; i < popularity.length; i++) {
      double target = (byPopularity ? popularity[i] : 1) * size / popularity.length;
      weights[i] = target == 0 ? 0 : (float) (target / probabilities[i]);
    }
  }

  /** Train pairs of each item, over their mean. */
  static float[] popularity(Interactions train) {
    int[] degrees = train.itemDegrees();
    float[] popularity = new float[degrees.length];
    for (int i = 0; i < popularity.length; i++) {
      popularity[i] = (float) ((double) degrees[i] * degrees.length / train.size());
    }
    return popularity;
  }

  /** Multiplies values by one factor and cuts them at 1, so that their sum is {@code size}. */
  private static void scale(double[] values, int size) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double rest = 0;
    for (double value : sorted) {
      rest += value;
    }
    // Each cut value was above its share, so the factor grows and cuts it again below.
    double factor = size / rest;
    for (int cut = 1; cut < size && factor * sorted[sorted.length - cut] > 1; cut++) {
      rest -= sorted[sorted.length - cut];
      factor = rest > 0 ? (size - cut) / rest : Double.POSITIVE_INFINITY;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] > 0 ? Math.min(1, factor * values[i]) : 0;
    }
  }

  /** The largest size of a sample. */
  int most() {
    return most;
  }

  /**
   * Draws a sample.
   *
   * @param items receives the items
   * @param itemWeights receives their weights
   * @return the sample's size
   */
  int draw(int epoch, int step, int[] items, float[] itemWeights) {
    if (epoch != epochOfOrder) {
      reorder(epoch);
    }
    double next = RandomStream.of(seed, Purpose.NEGATIVES, epoch, step).nextDouble();
    int count = 0;
    for (int k = beyond(next, 0, 0); k < order.length; k = beyond(next, count, k + 1)) {
      items[count] = order[k];
      itemWeights[count++] = weights[order[k]];
      next++;
    }
    return count;
  }

  /**
   * The first position from {@code from} on whose end is beyond a value. Looks first where it would
   * be if all probabilities in between were equal, as each position looked at is a cache miss.
   *
   * @param value in {@code [whole, whole + 1]}
   */
  private int beyond(double value, int whole, int from) {
    int low = Math.max(from, firstBeyond[whole]);
    int high = Math.max(low, firstBeyond[whole + 1]);
    int k = low + (int) ((value - whole) * (high - low));
    while (k > low && ends[k - 1] > value) {
      k--;
    }
    while (k < high && !(ends[k] > value)) {
      k++;
    }
    return k;
  }

  private void reorder(int epoch) {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    RandomStream.of(seed, Purpose.NEGATIVES, epoch).shuffle(order);
    double end = 0;
    for (int k = 0; k < order.length; k++) {
      end += probabilities[order[k]];
      ends[k] = end;
    }
    int first = 0;
    for (int n = 0; n < firstBeyond.length; n++) {
      while (first < ends.length && !(ends[first] > n)) {
        first++;
      }
      firstBeyond[n] = first;
    }
    epochOfOrder = epoch;
  }
}
