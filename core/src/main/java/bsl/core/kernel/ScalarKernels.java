package bsl.core.kernel;

import java.util.Arrays;

/** Plain Java twin of {@link VectorKernels}: slow, short, and equal to it bit for bit. */
final class ScalarKernels implements Kernels {
  static final ScalarKernels INSTANCE = new ScalarKernels();

  private ScalarKernels() {}

  private final ScoreKernels scores = new ScalarScoreKernels();

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public ScoreKernels scores() {
    return scores;
  }

  @Override
  public void product(
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      int dim,
      float[] panels,
      int columns,
      float[] c,
      int cOffset,
      int cStride) {
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < columns; j++) {
        int panel = j / PANEL * PANEL * dim + j % PANEL;
        float sum = 0f;
        for (int k = 0; k < dim; k++) {
          sum = Math.fma(a[aOffset + r * aStride + k], panels[panel + k * PANEL], sum);
        }
        c[cOffset + r * cStride + j] = sum;
      }
    }
  }

  @Override
  public void multiplyAdd(
      float[] g,
      int gOffset,
      int gStride,
      int rows,
      int terms,
      float[] b,
      int bOffset,
      int bStride,
      int width,
      float[] out,
      int outOffset,
      int outStride) {
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < terms; j++) {
        float factor = g[gOffset + r * gStride + j];
        for (int d = 0; d < width; d++) {
          int at = outOffset + r * outStride + d;
          out[at] = Math.fma(factor, b[bOffset + j * bStride + d], out[at]);
        }
      }
    }
  }

  @Override
  public void transposedMultiplyAdd(
      float[] g,
      int gOffset,
      int gStride,
      int rows,
      int columns,
      float[] a,
      int aOffset,
      int aStride,
      int width,
      float[] out,
      int outOffset,
      int outStride) {
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < columns; j++) {
        float factor = g[gOffset + r * gStride + j];
        for (int d = 0; d < width; d++) {
          int at = outOffset + j * outStride + d;
          out[at] = Math.fma(factor, a[aOffset + r * aStride + d], out[at]);
        }
      }
    }
  }

  @Override
  public float dot(float[] a, int aOffset, float[] b, int bOffset, int n) {
    float[] lanes = new float[VIRTUAL_LANES];
    int whole = n - n % VIRTUAL_LANES;
    for (int i = 0; i < whole; i++) {
      int lane = i % VIRTUAL_LANES;
      lanes[lane] = Math.fma(a[aOffset + i], b[bOffset + i], lanes[lane]);
    }
    float sum = combine(lanes);
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
  public int firstAtLeast(float[] a, int from, int to, float threshold) {
    int i = from;
    while (i < to && !(a[i] >= threshold)) {
      i++;
    }
    return i;
  }

  @Override
  public void adamStep(
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
  public void adamIdle(
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
  public void sparseProduct(
      int[] offsets,
      int[] columns,
      float[] weights,
      int from,
      int to,
      float[] x,
      int xStride,
      int width,
      float[] out,
      int outOffset,
      int outStride) {
    for (int r = from; r < to; r++) {
      int at = outOffset + (r - from) * outStride;
      Arrays.fill(out, at, at + width, 0f);
      for (int e = offsets[r]; e < offsets[r + 1]; e++) {
        int row = columns[e] * xStride;
        for (int d = 0; d < width; d++) {
          out[at + d] = Math.fma(weights[e], x[row + d], out[at + d]);
        }
      }
    }
  }

  static float combine(float[] lanes) {
    for (int half = VIRTUAL_LANES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[i] += lanes[i + half];
      }
    }
    return lanes[0];
  }
}
