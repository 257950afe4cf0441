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
}
