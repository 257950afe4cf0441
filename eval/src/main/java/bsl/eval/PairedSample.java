package bsl.eval;

import java.util.Arrays;

/**
 * Sets two models side by side: their values of one metric, user by user, in runs of the same seed.
 * {@link CrossedSample} tests the differences {@code first - second} over several seeds. Immutable.
 */
public final class PairedSample {
  private final double[] first;
  private final double[] second;

  /**
   * A sample of two models.
   *
   * @param first one model's values, one per user
   * @param second the other's, the reference, of the same users in the same order
   * @throws IllegalArgumentException if the lengths differ, there is no user, or a value is not
   *     finite
   */
  public PairedSample(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "a paired sample of " + first.length + " and " + second.length + " values");
    }
    if (first.length == 0) {
      throw new IllegalArgumentException("a paired sample of no users");
    }
    for (int u = 0; u < first.length; u++) {
      if (!Double.isFinite(first[u]) || !Double.isFinite(second[u])) {
        throw new IllegalArgumentException(
            "values of user " + u + " are " + first[u] + " and " + second[u]);
      }
    }
    this.first = first.clone();
    this.second = second.clone();
  }

  /** Number of users. */
  public int size() {
    return first.length;
  }

  /** The first model's values. */
  double[] first() {
    return first.clone();
  }

  /** The second model's values. */
  double[] second() {
    return second.clone();
  }

  /** Mean of the first model. */
  public double meanOfFirst() {
    return mean(first);
  }

  /** Mean of the second model, the reference. */
  public double meanOfSecond() {
    return mean(second);
  }

  /** Mean of {@code first - second}. */
  public double meanDifference() {
    return mean(differences());
  }

  /** A user's {@code first - second}, for each user. */
  public double[] differences() {
    double[] differences = new double[first.length];
    Arrays.setAll(differences, u -> first[u] - second[u]);
    return differences;
  }

  /**
   * The ratio of the two means as a mean over users, so that it can be tested like one. With the
   * ratio r and the second's mean m, a user has {@code r + (first - r second) / m}: the ratio, and
   * how far the user moves it to first order (the delta method). The mean of these numbers is r.
   *
   * @throws IllegalArgumentException if the second's mean is 0
   */
  public double[] ratioByUser() {
    double mean = meanOfSecond();
    if (mean == 0) {
      throw new IllegalArgumentException("no ratio to a mean of 0");
    }
    double ratio = meanOfFirst() / mean;
    double[] byUser = new double[first.length];
    Arrays.setAll(byUser, u -> ratio + (first[u] - ratio * second[u]) / mean);
    return byUser;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }
}
