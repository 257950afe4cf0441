package bsl.losses;

import bsl.core.kernel.Kernels;

/**
 * The log-sum-exp of a row of negative scores and its gradient, in three passes over the row:
 * largest score, exponentials with their sum, scaling.
 */
final class NegativeSide {
  private final Kernels kernels;

  NegativeSide(Kernels kernels) {
    this.kernels = kernels;
  }

  /**
   * Computes log sum_j exp(s_j / temperature) and replaces the scores by {@code weight} times their
   * softmax, so that their sum is {@code weight}.
   *
   * @param pair named in the error
   * @param lanes scratch of the kernels
   * @throws NonFiniteScoreException if a score is NaN or infinite
   */
  double logSumExp(
      float[] scores,
      int offset,
      int n,
      double temperature,
      double weight,
      int pair,
      float[] lanes) {
    float max = kernels.rows().max(scores, offset, n);
    float scale = (float) (1 / temperature);
    float shift = max * scale;
    float sum = kernels.rows().expSum(scores, offset, n, scale, shift, lanes);
    double value = shift + StrictMath.log(sum);
    if (!(Math.abs(value) <= Double.MAX_VALUE)) {
      throw new NonFiniteScoreException(pair, value);
    }
    kernels.rows().scale(scores, offset, n, (float) (weight / sum));
    return value;
  }
}
