package bsl.core.kernel;

import static bsl.core.kernel.VectorKernels.LANES;
import static bsl.core.kernel.VectorKernels.S;
import static bsl.core.kernel.VectorKernels.at;

import jdk.incubator.vector.FloatVector;

/**
 * Vector API implementation. As many columns of a row as fit into eight vectors stay in registers
 * over all of the row's entries: with vectors of 16 or 8 floats, the common width of 64 needs one
 * pass.
 */
final class VectorSparseKernels implements SparseKernels {
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
    int d = 0;
    for (; d + 8 * LANES <= width; d += 8 * LANES) {
      int i = xOffset + d;
      int o = outOffset + d;
      sparseEight(offsets, columns, weights, from, to, x, i, xStride, out, o, outStride);
    }
    for (; d + 4 * LANES <= width; d += 4 * LANES) {
      int i = xOffset + d;
      int o = outOffset + d;
      sparseFour(offsets, columns, weights, from, to, x, i, xStride, out, o, outStride);
    }
    for (; d < width; d += 2 * LANES) {
      int i = xOffset + d;
      int o = outOffset + d;
      sparseTwo(offsets, columns, weights, from, to, x, i, xStride, out, o, outStride);
    }
  }

  private static void sparseEight(
      int[] offsets,
      int[] columns,
      float[] weights,
      int from,
      int to,
      float[] x,
      int xo,
      int xs,
      float[] out,
      int oo,
      int os) {
    int o = oo;
    int e = offsets[from];
    for (int r = from; r < to; r++) {
      int end = offsets[r + 1];
      FloatVector c0 = FloatVector.zero(S);
      FloatVector c1 = c0;
      FloatVector c2 = c0;
      FloatVector c3 = c0;
      FloatVector c4 = c0;
      FloatVector c5 = c0;
      FloatVector c6 = c0;
      FloatVector c7 = c0;
      for (; e < end; e++) {
        FloatVector w = FloatVector.broadcast(S, weights[e]);
        int i = xo + columns[e] * xs;
        c0 = w.fma(at(x, i), c0);
        c1 = w.fma(at(x, i + LANES), c1);
        c2 = w.fma(at(x, i + 2 * LANES), c2);
        c3 = w.fma(at(x, i + 3 * LANES), c3);
        c4 = w.fma(at(x, i + 4 * LANES), c4);
        c5 = w.fma(at(x, i + 5 * LANES), c5);
        c6 = w.fma(at(x, i + 6 * LANES), c6);
        c7 = w.fma(at(x, i + 7 * LANES), c7);
      }
      c0.intoArray(out, o);
      c1.intoArray(out, o + LANES);
      c2.intoArray(out, o + 2 * LANES);
      c3.intoArray(out, o + 3 * LANES);
      c4.intoArray(out, o + 4 * LANES);
      c5.intoArray(out, o + 5 * LANES);
      c6.intoArray(out, o + 6 * LANES);
      c7.intoArray(out, o + 7 * LANES);
      o += os;
    }
  }

  private static void sparseFour(
      int[] offsets,
      int[] columns,
      float[] weights,
      int from,
      int to,
      float[] x,
      int xo,
      int xs,
      float[] out,
      int oo,
      int os) {
    int o = oo;
    int e = offsets[from];
    for (int r = from; r < to; r++) {
      int end = offsets[r + 1];
      FloatVector c0 = FloatVector.zero(S);
      FloatVector c1 = c0;
      FloatVector c2 = c0;
      FloatVector c3 = c0;
      for (; e < end; e++) {
        FloatVector w = FloatVector.broadcast(S, weights[e]);
        int i = xo + columns[e] * xs;
        c0 = w.fma(at(x, i), c0);
        c1 = w.fma(at(x, i + LANES), c1);
        c2 = w.fma(at(x, i + 2 * LANES), c2);
        c3 = w.fma(at(x, i + 3 * LANES), c3);
      }
      c0.intoArray(out, o);
      c1.intoArray(out, o + LANES);
      c2.intoArray(out, o + 2 * LANES);
      c3.intoArray(out, o + 3 * LANES);
      o += os;
    }
  }

  private static void sparseTwo(
      int[] offsets,
      int[] columns,
      float[] weights,
      int from,
      int to,
      float[] x,
      int xo,
      int xs,
      float[] out,
      int oo,
      int os) {
    int o = oo;
    int e = offsets[from];
    for (int r = from; r < to; r++) {
      int end = offsets[r + 1];
      FloatVector c0 = FloatVector.zero(S);
      FloatVector c1 = c0;
      for (; e < end; e++) {
        FloatVector w = FloatVector.broadcast(S, weights[e]);
        int i = xo + columns[e] * xs;
        c0 = w.fma(at(x, i), c0);
        c1 = w.fma(at(x, i + LANES), c1);
      }
      c0.intoArray(out, o);
      c1.intoArray(out, o + LANES);
      o += os;
    }
  }
}
