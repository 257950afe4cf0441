package bsl.losses;

import bsl.core.kernel.Kernels;

/**
 * The log-sum-exp of a row of negative scores and its gradient: the building block of softmax
 * losses.
 *
 * <p>It takes three passes over the row: largest score, exponentials with their sum, scaling. With
 * weights there are two light ones more. Immutable.
 */
public final class NegativeSide {
  /**
   * Up to this size of max / tau, exponents are computed as s / tau - max / tau in one rounding.
   * Beyond it the rounding of max / tau alone could exceed 1, and the largest score is subtracted
   * first.
   */
  private static final float LARGEST_SHIFT = 0x1p24f;

  private final Kernels kernels;

  /**
   * A negative side on given kernels.
   *
   * @param kernels implementation of the inner loops, usually {@link Kernels#best}
   */
  public NegativeSide(Kernels kernels) {
    this.kernels = kernels;
  }

  /**
   * Computes log sum_j w_j exp(s_j / temperature) and replaces the scores by {@code weight} times
   * their weighted softmax, so that their sum is {@code weight}.
   *
   * @param negatives the scores; minus infinity is allowed, unless all are. w_j is the weight of a
   *     score, 1 where there are none
   * @param temperature as {@link Parameter#requireTemperature} allows
   * @param weight sum of what is left in the row, representable in single precision
   * @param pair named in the error
   * @return log sum_j w_j exp(s_j / temperature)
   * @throws NonFiniteScoreException if a score is NaN or plus infinity, or all are minus infinity
   */
  public double logSumExp(NegativeScores negatives, double temperature, double weight, int pair) {
    float[] scores = negatives.values();
    int offset = negatives.offset();
    int n = negatives.count();
    float max = negatives.max(kernels);
    float scale = (float) (1 / temperature);
    float shift = max * scale;
    double top = shift;
    if (!(Math.abs(shift) <= LARGEST_SHIFT)) {
      subtract(scores, offset, n, max);
      shift = 0;
      top = max / temperature;
    }
    float sum = kernels.rows().expSum(scores, offset, n, scale, shift, negatives.lanes());
    if (negatives.weighted()) {
      multiply(scores, offset, n, negatives.weights());
      sum = kernels.scores().sum(scores, offset, n, negatives.lanes());
    }
    double value = top + StrictMath.log(sum);
    if (!(Math.abs(value) <= Double.MAX_VALUE)) {
      throw new NonFiniteScoreException(pair, value);
    }
    double share = weight / sum;
    if (share > Float.MAX_VALUE) {
      divide(scores, offset, n, sum);
      share = weight;
    }
    kernels.rows().scale(scores, offset, n, (float) share);
    return value;
  }

  // Plain loops, which take little of what the compiler grants the method above.

  private static void multiply(float[] scores, int offset, int n, float[] weights) {
    for (int j = 0; j < n; j++) {
      scores[offset + j] *= weights[j];
    }
  }

  /** Where weights are so small that the share of their sum is too large a factor. */
  private static void divide(float[] scores, int offset, int n, float sum) {
    for (int j = offset; j < offset + n; j++) {
      scores[j] /= sum;
    }
  }

  private static void subtract(float[] scores, int offset, int n, float max) {
    for (int j = offset; j < offset + n; j++) {
      scores[j] -= max;
    }
  }
}
