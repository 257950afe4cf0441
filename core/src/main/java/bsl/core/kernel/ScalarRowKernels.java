package bsl.core.kernel;

import static bsl.core.kernel.Kernels.VIRTUAL_LANES;

/** Plain Java twin of {@link VectorRowKernels}: slow, short, and equal to it bit for bit. */
final class ScalarRowKernels implements RowKernels {
  @Override
  public float dot(float[] a, int aOffset, float[] b, int bOffset, int n) {
    float[] lanes = new float[VIRTUAL_LANES];
    int whole = n - n % VIRTUAL_LANES;
    for (int i = 0; i < whole; i++) {
      int lane = i % VIRTUAL_LANES;
      lanes[lane] = Math.fma(a[aOffset + i], b[bOffset + i], lanes[lane]);
    }
    float sum = ScalarKernels.combine(lanes);
    for (int i = whole; i < n; i++) {
      sum = Math.fma(a[aOffset + i], b[bOffset + i], sum);
    }
    return sum;
  }

  @Override
  public float max(float[] a, int offset, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, a[offset + i]);
    }
    return max;
  }

  @Override
  public float expSum(float[] a, int offset, int n, float scale, float shift, float[] lanes) {
    return ScalarScoreKernels.sum(
        a, offset, n, lanes, (x, at) -> x[at] = FloatExp.exp(Math.fma(x[at], scale, -shift)));
  }

  @Override
  public void scale(float[] a, int offset, int n, float factor) {
    for (int i = 0; i < n; i++) {
      a[offset + i] *= factor;
    }
  }

  @Override
  public void addScaled(
      float factor, float[] from, int fromOffset, float[] to, int toOffset, int n) {
    for (int i = 0; i < n; i++) {
      to[toOffset + i] = Math.fma(factor, from[fromOffset + i], to[toOffset + i]);
    }
  }

  @Override
  public int firstAtLeast(float[] a, int from, int to, float threshold) {
    int i = from;
    while (i < to && !(a[i] >= threshold)) {
      i++;
    }
    return i;
  }
}
