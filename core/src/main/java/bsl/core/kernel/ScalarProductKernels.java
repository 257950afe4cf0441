package bsl.core.kernel;

import static bsl.core.kernel.Kernels.PANEL;

/** Plain Java twin of {@link VectorProductKernels}: slow, short, and equal to it bit for bit. */
final class ScalarProductKernels implements ProductKernels {
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
}
