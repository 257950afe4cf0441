package bsl.core.kernel;

/**
 * Passes over a row of scores that ranking losses are made of. Each replaces the scores by what the
 * gradient needs and returns a sum over the virtual lanes of {@link Kernels}, with the same bits on
 * every hardware. {@code lanes} is scratch for {@value Kernels#VIRTUAL_LANES} floats.
 *
 * <p>Scores may have weights, finite and at least 0: {@code weights[i]} belongs to the i-th score
 * of the row. It multiplies both what the score adds to the sum and what is left of the score.
 * Without weights ({@code null}, or the methods that take none) each score has weight 1, to the
 * bit.
 *
 * <p>The three power sums share a form. With d = (a[i] - shift) * scale and an increasing
 * activation act(d), they compute the powers p = (act(d) / act(largest d))^power and return their
 * weighted sum. What they leave of a score, and how the largest activation is handed to them, each
 * says itself. Scores must not be NaN.
 */
public interface ScoreKernels {
  /** {@code sum_i a[i]}. */
  float sum(float[] a, int offset, int n, float[] lanes);

  /**
   * {@code a[i] = w_i * sigmoid(a[i] - shift)} in place.
   *
   * @return the sum of w_i softplus(a[i] - shift) = w_i log(1 + exp(a[i] - shift))
   */
  float softplusSum(float[] a, int offset, int n, float[] weights, float shift, float[] lanes);

  /** {@link #softplusSum(float[], int, int, float[], float, float[])} without weights. */
  default float softplusSum(float[] a, int offset, int n, float shift, float[] lanes) {
    return softplusSum(a, offset, n, null, shift, lanes);
  }

  /**
   * {@code a[i] = w_i} where {@code a[i] > threshold}, else 0, in place.
   *
   * @return the sum of w_i max(0, a[i] - threshold); NaN if a score is NaN
   */
  float hingeSum(float[] a, int offset, int n, float[] weights, float threshold, float[] lanes);

  /** {@link #hingeSum(float[], int, int, float[], float, float[])} without weights. */
  default float hingeSum(float[] a, int offset, int n, float threshold, float[] lanes) {
    return hingeSum(a, offset, n, null, threshold, lanes);
  }

  /**
   * Power sum of act(d) = max(0, origin + d). Leaves w p / r of a score, where r = act(d) /
   * largest, and 0 where r is not a positive normal number; such a score counts for nothing.
   *
   * @param origin act(0)
   * @param power exponent of the activation, positive
   * @param largest {@code Math.fma(max - shift, scale, origin)} of the largest score, at least
   *     {@link Float#MIN_NORMAL}
   */
  float reluPowerSum(
      float[] a,
      int offset,
      int n,
      float[] weights,
      float scale,
      float shift,
      float origin,
      float power,
      float largest,
      float[] lanes);

  /** The same without weights. */
  default float reluPowerSum(
      float[] a,
      int offset,
      int n,
      float scale,
      float shift,
      float origin,
      float power,
      float largest,
      float[] lanes) {
    return reluPowerSum(a, offset, n, null, scale, shift, origin, power, largest, lanes);
  }

  /**
   * Power sum of act(d) = 1 + tanh(d) = 2 sigmoid(2 d), whose logarithm is log 2 - softplus(-2 d):
   * neither loses anything where tanh is all but -1. Leaves w p act'(d) / act(d) of a score.
   *
   * @param power exponent of the activation, positive
   * @param largest {@link FloatSigmoid#softplus} of -2 d of the largest score
   */
  float tanhPowerSum(
      float[] a,
      int offset,
      int n,
      float[] weights,
      float scale,
      float shift,
      float power,
      float largest,
      float[] lanes);

  /** The same without weights. */
  default float tanhPowerSum(
      float[] a,
      int offset,
      int n,
      float scale,
      float shift,
      float power,
      float largest,
      float[] lanes) {
    return tanhPowerSum(a, offset, n, null, scale, shift, power, largest, lanes);
  }

  /**
   * Power sum of act(d) = max(0, 1 + atan(d)). Leaves w p act'(d) / r of a score, where r = act(d)
   * / largest, and 0 where r is not a positive normal number; such a score counts for nothing.
   *
   * @param power exponent of the activation, positive
   * @param largest {@link FloatAtan#onePlusAtan} of d of the largest score, at least {@link
   *     Float#MIN_NORMAL}
   */
  float atanPowerSum(
      float[] a,
      int offset,
      int n,
      float[] weights,
      float scale,
      float shift,
      float power,
      float largest,
      float[] lanes);

  /** The same without weights. */
  default float atanPowerSum(
      float[] a,
      int offset,
      int n,
      float scale,
      float shift,
      float power,
      float largest,
      float[] lanes) {
    return atanPowerSum(a, offset, n, null, scale, shift, power, largest, lanes);
  }
}
