package bsl.eval;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Corrects p-values for many tests at once, for example all cells of a table, by Holm's step-down
 * method (Scandinavian Journal of Statistics, 1979).
 *
 * <p>Reject where an adjusted p-value is at most alpha. Then the probability of any false rejection
 * is at most alpha, however the tests depend on each other.
 */
public final class HolmCorrection {
  private HolmCorrection() {}

  /**
   * Adjusted p-values: the k-th smallest of m is multiplied by {@code m - k + 1}, then raised to
   * the largest of those before it, and kept at most 1.
   *
   * @param pValues in [0, 1] each
   * @return one per p-value, in their order
   * @throws IllegalArgumentException if one is outside [0, 1] or not a number
   */
  public static double[] adjusted(double[] pValues) {
    for (double p : pValues) {
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException("not a p-value: " + p);
      }
    }
    int[] ascending =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(test -> pValues[test]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[pValues.length];
    double largest = 0;
    for (int k = 0; k < ascending.length; k++) {
      largest = Math.max(largest, (ascending.length - k) * pValues[ascending[k]]);
      adjusted[ascending[k]] = Math.min(1, largest);
    }
    return adjusted;
  }
}
