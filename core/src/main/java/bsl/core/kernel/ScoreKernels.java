package bsl.core.kernel;

/**
 * Passes over a row of scores that ranking losses are made of. Each replaces the scores by what the
 * gradient needs and returns a sum over the virtual lanes of {@link Kernels}, with the same bits on
 * every hardware. {@code lanes} is scratch for {@value Kernels#VIRTUAL_LANES} floats.
 *
 * <p>The three power sums share a form. With d = (a[i] - shift) * scale and an increasing
 * activation act(d), they compute the weights w = (act(d) / act(largest d))^power and return their
 * sum. What they leave of a score, and how the largest activation is handed to them, each says
 * itself. Scores must not be NaN.
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

  /**
   * Power sum of act(d) = max(0, origin + d). Leaves w / r of a score, where r = act(d) / largest,
   * and 0 where r is not a positive normal number; such a score has no weight.
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
      float scale,
      float shift,
      float origin,
      float power,
      float largest,
      float[] lanes);

  /**
   * Power sum of act(d) = 1 + tanh(d) = 2 sigmoid(2 d), whose logarithm is log 2 - softplus(-2 d):
   * neither loses anything where tanh is all but -1. Leaves w act'(d) / act(d) of a score.
   *
   * @param power exponent of the activation, positive
   * @param largest {@link FloatSigmoid#softplus} of -2 d of the largest score
   */
  float tanhPowerSum(
      float[] a,
      int offset,
      int n,
      float scale,
      float shift,
      float power,
      float largest,
      float[] lanes);

  /**
   * Power sum of act(d) = max(0, 1 + atan(d)). Leaves w act'(d) / r of a score, where r = act(d) /
   * largest, and 0 where r is not a positive normal number; such a score has no weight.
   *
   * @param power exponent of the activation, positive
   * @param largest {@link FloatAtan#onePlusAtan} of d of the largest score, at least {@link
   *     Float#MIN_NORMAL}
   */
  float atanPowerSum(
      float[] a,
      int offset,
      int n,
      float scale,
      float shift,
      float power,
      float largest,
      float[] lanes);
}
