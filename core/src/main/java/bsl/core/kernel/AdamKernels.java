package bsl.core.kernel;

/**
 * Steps of the optimiser Adam on a run of parameters, for {@code bsl.core.optim.Adam}. Step size
 * and epsilon have the bias corrections in them.
 */
public interface AdamKernels {
  /**
   * One step of Adam on {@code n} parameters with a gradient: {@code m = b1 m + (1-b1) g}, {@code v
   * = b2 v + (1-b2) g^2}, {@code p = p - alpha m / (sqrt(v) + epsilon)}.
   *
   * @param n padded number of parameters
   */
  void step(
      float[] p,
      float[] m,
      float[] v,
      int offset,
      float[] g,
      int gOffset,
      int n,
      float beta1,
      float beta2,
      float alpha,
      float epsilon);

  /**
   * Steps {@code from} to {@code to - 1} of Adam on {@code n} parameters whose gradient is zero in
   * all of them.
   *
   * @param n padded number of parameters
   * @param alpha step size by step
   * @param epsilon epsilon by step
   */
  void idle(
      float[] p,
      float[] m,
      float[] v,
      int offset,
      int n,
      float beta1,
      float beta2,
      float[] alpha,
      float[] epsilon,
      int from,
      int to);

  /**
   * Steps {@code from} to {@code to - 1} of Adam on {@code n} parameters that have the same
   * gradient in all of them. Bits are those of {@link #step} taken as many times.
   *
   * @param n padded number of parameters
   * @param alpha step size by step
   * @param epsilon epsilon by step
   */
  void repeat(
      float[] p,
      float[] m,
      float[] v,
      int offset,
      float[] g,
      int gOffset,
      int n,
      float beta1,
      float beta2,
      float[] alpha,
      float[] epsilon,
      int from,
      int to);

  /**
   * Adds {@code n} gradients to moments that have been decayed already: {@code m = m + rate1 g},
   * {@code v = v + rate2 g^2}. The parameters stay where they are until {@link #settle}.
   *
   * @param n padded number of parameters
   * @param rate1 {@code 1 - beta1}
   * @param rate2 {@code 1 - beta2}
   */
  void accumulate(
      float[] m, float[] v, int offset, float[] g, int gOffset, int n, float rate1, float rate2);

  /**
   * Carries out several steps of Adam at once on {@code n} parameters that have no gradient after
   * the first of them: {@code p = p - weight m / (sqrt(v) + epsilon)}, then {@code m = decay1 m},
   * {@code v = decay2 v}. Moments below {@link Float#MIN_NORMAL} become zero, since arithmetic on
   * such numbers is slow.
   *
   * @param n padded number of parameters
   * @param weight sum of the steps' sizes, each times the decay of {@code m / sqrt(v)} until then
   * @param epsilon epsilon of the first step
   * @param decay1 the power of beta1 that the steps make
   * @param decay2 the power of beta2 that the steps make
   */
  void settle(
      float[] p,
      float[] m,
      float[] v,
      int offset,
      int n,
      float weight,
      float epsilon,
      float decay1,
      float decay2);
}
