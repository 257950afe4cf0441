package bsl.core.kernel;

/** Plain Java twin of {@link VectorAdamKernels}: slow, short, and equal to it bit for bit. */
final class ScalarAdamKernels implements AdamKernels {
  @Override
  public void step(
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
      float epsilon) {
    for (int i = 0; i < n; i++) {
      float gradient = g[gOffset + i];
      float first = Math.fma(1f - beta1, gradient, m[offset + i] * beta1);
      float second = Math.fma((1f - beta2) * gradient, gradient, v[offset + i] * beta2);
      m[offset + i] = first;
      v[offset + i] = second;
      p[offset + i] -= alpha * first / ((float) Math.sqrt(second) + epsilon);
    }
  }

  @Override
  public void idle(
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
      int to) {
    for (int i = offset; i < offset + n; i++) {
      for (int s = from; s < to; s++) {
        m[i] *= beta1;
        v[i] *= beta2;
        p[i] -= alpha[s] * m[i] / ((float) Math.sqrt(v[i]) + epsilon[s]);
      }
    }
  }

  @Override
  public void repeat(
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
      int to) {
    for (int s = from; s < to; s++) {
      step(p, m, v, offset, g, gOffset, n, beta1, beta2, alpha[s], epsilon[s]);
    }
  }

  @Override
  public void accumulate(
      float[] m, float[] v, int offset, float[] g, int gOffset, int n, float rate1, float rate2) {
    for (int i = 0; i < n; i++) {
      float gradient = g[gOffset + i];
      m[offset + i] = Math.fma(rate1, gradient, m[offset + i]);
      v[offset + i] = Math.fma(rate2 * gradient, gradient, v[offset + i]);
    }
  }

  @Override
  public void settle(
      float[] p,
      float[] m,
      float[] v,
      int offset,
      int n,
      float weight,
      float epsilon,
      float decay1,
      float decay2) {
    for (int i = offset; i < offset + n; i++) {
      p[i] -= weight * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
      m[i] = normalOrZero(m[i] * decay1);
      v[i] = normalOrZero(v[i] * decay2);
    }
  }

  private static float normalOrZero(float x) {
    return Math.abs(x) < Float.MIN_NORMAL ? 0f : x;
  }
}
