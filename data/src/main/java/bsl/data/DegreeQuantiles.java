package bsl.data;

import bsl.core.Interactions;
import java.util.Arrays;
import java.util.List;

/**
 * How many pairs users or items have: quantiles over those that have any. A quantile is the least
 * number that so large a share of them does not exceed.
 */
public final class DegreeQuantiles {
  /** Shares whose quantiles are asked for usually; 0 is the least and 1 the largest number. */
  public static final List<Double> SHARES = List.of(0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1.0);

  private final int[] sorted;

  private DegreeQuantiles(int[] degrees) {
    sorted = Arrays.stream(degrees).filter(degree -> degree > 0).sorted().toArray();
  }

  /** Quantiles over the rows of pairs: users or, of transposed pairs, items. */
  public static DegreeQuantiles ofRows(Interactions pairs) {
    int[] degrees = new int[pairs.users()];
    Arrays.setAll(degrees, pairs::degree);
    return new DegreeQuantiles(degrees);
  }

  /** Number of rows that have pairs. */
  public int rows() {
    return sorted.length;
  }

  /** Pairs per row that has any; 0 if there is none. */
  public double mean() {
    return Arrays.stream(sorted).average().orElse(0);
  }

  /**
   * A quantile; 0 if no row has pairs.
   *
   * @param share from 0 to 1
   */
  public int quantile(double share) {
    if (sorted.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
  }

  /**
   * The share of all pairs that the rows with most pairs have.
   *
   * @param share which part of the rows that have pairs, from 0 to 1; rounded up
   */
  public double shareOfTop(double share) {
    int top = (int) Math.ceil(share * sorted.length);
    long all = Arrays.stream(sorted).asLongStream().sum();
    long most = Arrays.stream(sorted, sorted.length - top, sorted.length).asLongStream().sum();
    return all == 0 ? 0 : (double) most / all;
  }
}
