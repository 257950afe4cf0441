package bsl.core.kernel;

import java.util.Arrays;

/** Plain Java twin of {@link VectorSparseKernels}: slow, short, and equal to it bit for bit. */
final class ScalarSparseKernels implements SparseKernels {
  @Override
  public void product(
      int[] offsets,
      int[] columns,
      float[] weights,
      int from,
      int to,
      float[] x,
      int xOffset,
      int xStride,
      int width,
      float[] out,
      int outOffset,
      int outStride) {
    for (int r = from; r < to; r++) {
      int at = outOffset + (r - from) * outStride;
      Arrays.fill(out, at, at + width, 0f);
      for (int e = offsets[r]; e < offsets[r + 1]; e++) {
        int row = xOffset + columns[e] * xStride;
        for (int d = 0; d < width; d++) {
          out[at + d] = Math.fma(weights[e], x[row + d], out[at + d]);
        }
      }
    }
  }
}
