package bsl.eval;

import bsl.core.Interactions;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Says how evenly a recommender uses the catalogue: counts how often each item is among the first K
 * of a user's ranking. Coverage, concentration and popularity of what is recommended follow from
 * that.
 *
 * <p>For one evaluation; a second one is refused.
 */
public final class Exposure implements RankingObserver {
  private final int cutoff;
  private final AtomicIntegerArray counts;
  private boolean begun;

  /**
   * Counts that are all 0, to be handed to the evaluator.
   *
   * @param items number of items of the catalogue, that of the evaluator, which refuses others
   * @param cutoff K, at least 1 and at most the evaluator's largest, which refuses others
   * @throws IllegalArgumentException if it is below 1, or there are fewer than 0 items
   */
  public Exposure(int items, int cutoff) {
    if (items < 0) {
      throw new IllegalArgumentException("items must be at least 0: " + items);
    }
    if (cutoff < 1) {
      throw new IllegalArgumentException("cutoff must be at least 1: " + cutoff);
    }
    this.cutoff = cutoff;
    this.counts = new AtomicIntegerArray(items);
  }

  @Override
  public int cutoff() {
    return cutoff;
  }

  @Override
  public void begins(Interactions relevant) {
    if (relevant.items() != counts.length()) {
      throw new IllegalArgumentException(
          "an exposure of " + counts.length() + " items does not go with " + relevant);
    }
    if (begun) {
      throw new IllegalStateException(
          "an exposure that has seen an evaluation; each needs its own");
    }
    begun = true;
  }

  @Override
  public void ranked(int user, RankedItems ranking) {
    int ranks = Math.min(cutoff, ranking.size());
    for (int rank = 0; rank < ranks; rank++) {
      counts.incrementAndGet(ranking.item(rank));
    }
  }

  /** Times that each item was recommended. */
  public int[] counts() {
    int[] copy = new int[counts.length()];
    Arrays.setAll(copy, counts::get);
    return copy;
  }

  /** {@link #gini(double[])} of the items' counts. */
  public double gini() {
    return gini(Arrays.stream(counts()).asDoubleStream().toArray());
  }

  /** {@link #coverage(int[])} of the items' counts. */
  public double coverage() {
    return coverage(counts());
  }

  /** {@link #averagePopularity(int[], Interactions)} of the items' counts. */
  public double averagePopularity(Interactions train) {
    return averagePopularity(counts(), train);
  }

  /**
   * Gini coefficient: half the mean absolute difference of two values over their mean. 0 if all are
   * alike, {@code (n - 1) / n} if one has everything (not rescaled to 1, as some frameworks do); 0
   * if all values are 0 or there are none.
   *
   * @param values at least 0 each, finite
   * @throws IllegalArgumentException if a value is another
   */
  public static double gini(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double sum = 0;
    double weighted = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (!(sorted[i] >= 0 && sorted[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "a Gini coefficient needs finite values from 0 on: " + sorted[i]);
      }
      sum += sorted[i];
      weighted += (2.0 * i + 1 - sorted.length) * sorted[i];
    }
    return sum == 0 ? 0 : weighted / (sorted.length * sum);
  }

  /** Share of the items that are recommended to anybody ranked; 0 if there are no items. */
  public static double coverage(int[] counts) {
    return counts.length == 0
        ? 0
        : (double) Arrays.stream(counts).filter(count -> count > 0).count() / counts.length;
  }

  /**
   * Average recommendation popularity (ARP): mean train degree of the recommended items, each
   * recommendation weighing the same. Where every user has K recommendations this is also the mean
   * over users of their lists' means, as ARP is often written. 0 without recommendations.
   *
   * @param counts times that each item was recommended
   * @param train whose degrees are the items' popularity
   * @throws IllegalArgumentException if {@code counts} is not one per item
   */
  public static double averagePopularity(int[] counts, Interactions train) {
    if (counts.length != train.items()) {
      throw new IllegalArgumentException(counts.length + " counts for " + train);
    }
    int[] degrees = train.itemDegrees();
    double sum = 0;
    long recommendations = 0;
    for (int item = 0; item < counts.length; item++) {
      sum += (double) counts[item] * degrees[item];
      recommendations += counts[item];
    }
    return recommendations == 0 ? 0 : sum / recommendations;
  }
}
