package bsl.losses;

import bsl.core.kernel.Kernels;

/**
 * The log-sum-exp of a row of negative scores and its gradient: the building block of softmax
 * losses.
 *
 * <p>It takes three passes over the row: largest score, exponentials with their sum, scaling.
 * Immutable.
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
    float[] lanes = negatives.lanes();
    float sum =
        negatives.weighted()
            ? kernels.rows().expSum(scores, offset, n, negatives.weights(), scale, shift, lanes)
            : kernels.rows().expSum(scores, offset, n, scale, shift, lanes);
    double value = top + StrictMath.log(sum);
    if (!(Math.abs(value) <= Double.MAX_VALUE)) {
      throw new NonFiniteScoreException(pair, value);
    }
    double share = weight / sum;
    if (share > Float.MAX_VALUE) {
      // The sum of small weights; each score is at most the sum.
      kernels.rows().scale(scores, offset, n, 1 / sum);
      share = weight;
    }
    kernels.rows().scale(scores, offset, n, (float) share);
    return value;
  }

  /** Apart, so that the usual path stays small enough to be compiled as one. */
  private static void subtract(float[] scores, int offset, int n, float max) {
    for (int j = offset; j < offset + n; j++) {
      scores[j] -= max;
    }
  }
}
