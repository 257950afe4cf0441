package bsl.core.kernel;

/**
 * Passes over a row of scores that ranking losses are made of. Each replaces the scores by what the
 * gradient needs and returns a sum over the virtual lanes of {@link Kernels}, with the same bits on
 * every hardware. {@code lanes} is scratch for {@value Kernels#VIRTUAL_LANES} floats.
 *
 * <p>The three power sums share a form. With d = a[i] * scale - shift and an activation act(d),
 * they compute the weight w = exp(power * (log act(d) - logLargest)), return the sum of the
 * weights, and leave w * act'(d) / act(d), the derivative of log act times the weight. Where act(d)
 * is not positive, both are 0. {@code logLargest} is meant to be log act of the largest d, so that
 * no weight exceeds 1. Scores must not be NaN.
 */
public interface ScoreKernels {
  /** {@code sum_i a[i]}. */
  float sum(float[] a, int offset, int n, float[] lanes);

  /**
   * {@code a[i] = sigmoid(a[i] - shift)} in place.
   *
   * @return the sum of softplus(a[i] - shift) = log(1 + exp(a[i] - shift))
   */
  float softplusSum(float[] a, int offset, int n, float shift, float[] lanes);

  /**
   * {@code a[i] = 1} where {@code a[i] > threshold}, else 0, in place.
   *
   * @return the sum of max(0, a[i] - threshold); NaN if a score is NaN
   */
  float hingeSum(float[] a, int offset, int n, float threshold, float[] lanes);

  /** Power sum of act(d) = max(0, 1 + d). */
  float reluPowerSum(
      float[] a,
      int offset,
      int n,
      float scale,
      float shift,
      float power,
      float logLargest,
      float[] lanes);

  /** Power sum of act(d) = 1 + tanh(d). */
  float tanhPowerSum(
      float[] a,
      int offset,
      int n,
      float scale,
      float shift,
      float power,
      float logLargest,
      float[] lanes);

  /** Power sum of act(d) = max(0, 1 + atan(d)). */
  float atanPowerSum(
      float[] a,
      int offset,
      int n,
      float scale,
      float shift,
      float power,
      float logLargest,
      float[] lanes);
}
