package bsl.core.kernel;

/**
 * Passes over one row of floats: an embedding, a gradient or a pair's scores. Sums run over the
 * virtual lanes of {@link Kernels}.
 */
public interface RowKernels {
  /** Norms below this count as this, so that a zero embedding has cosine 0 with every other. */
  double SMALLEST_NORM = 1e-12;

  /** {@code sum_i a[i] * b[i]} over the virtual lanes. */
  float dot(float[] a, int aOffset, float[] b, int bOffset, int n);

  /** The largest of {@code n} values; negative infinity if {@code n} is 0, NaN if one is NaN. */
  float max(float[] a, int offset, int n);

  /**
   * {@code a[i] = exp(a[i] * scale - shift)} in place, with one rounding before the exponential.
   *
   * @param lanes scratch for {@value Kernels#VIRTUAL_LANES} floats
   * @return the sum of the results over the virtual lanes
   */
  float expSum(float[] a, int offset, int n, float scale, float shift, float[] lanes);

  /** {@code a[i] = a[i] * factor} in place. */
  void scale(float[] a, int offset, int n, float factor);

  /**
   * {@code to[i] = to[i] + factor * from[i]}, a fused multiply-add per element. The two ranges are
   * the same or do not overlap.
   */
  void addScaled(float factor, float[] from, int fromOffset, float[] to, int toOffset, int n);

  /**
   * The first index in {@code [from, to)} whose value is at least {@code threshold}, or {@code to}.
   */
  int firstAtLeast(float[] a, int from, int to, float threshold);

  /**
   * Divides a row by its Euclidean norm in place, so that dot products of such rows are cosines. A
   * row whose squared norm is too large for a float becomes NaN: such a model has diverged, and its
   * cosines shall not pass for numbers.
   *
   * @return what it was multiplied by: one over the norm, which counts as {@link #SMALLEST_NORM} at
   *     least; NaN for a row that is too large
   */
  default float normalise(float[] a, int offset, int n) {
    float square = dot(a, offset, a, offset, n);
    float inverse =
        square <= Float.MAX_VALUE
            ? 1f / Math.max((float) Math.sqrt(square), (float) SMALLEST_NORM)
            : Float.NaN;
    scale(a, offset, n, inverse);
    return inverse;
  }

  /**
   * Turns the gradient with respect to a row that {@link #normalise} has divided into the gradient
   * with respect to the row as it was: {@code (g - (g . u) u) / norm}.
   *
   * @param unit u, the divided row
   * @param inverseNorm what {@link #normalise} returned
   * @param gradient g, overwritten
   */
  default void normaliseBackward(
      float[] unit,
      int unitOffset,
      float inverseNorm,
      float[] gradient,
      int gradientOffset,
      int n) {
    float along = dot(gradient, gradientOffset, unit, unitOffset, n);
    for (int d = 0; d < n; d++) {
      int at = gradientOffset + d;
      gradient[at] = Math.fma(-along, unit[unitOffset + d], gradient[at]) * inverseNorm;
    }
  }
}
