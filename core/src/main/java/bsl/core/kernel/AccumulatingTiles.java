package bsl.core.kernel;

import static bsl.core.kernel.VectorKernels.LANES;
import static bsl.core.kernel.VectorKernels.S;

import jdk.incubator.vector.FloatVector;

/**
 * Register tiles of {@link VectorProductKernels#multiplyAdd} and {@link
 * VectorProductKernels#transposedMultiplyAdd}: some rows of two vectors of the output, to which all
 * terms are added.
 */
final class AccumulatingTiles {
  private AccumulatingTiles() {}

  /** Six output rows of two vectors: {@code out[i] += sum_t g[go + i * gs + t] * b[t]}. */
  static void multiplySix(
      float[] g,
      int go,
      int gs,
      int terms,
      float[] b,
      int bo,
      int bs,
      float[] out,
      int oo,
      int os) {
    FloatVector c00 = FloatVector.fromArray(S, out, oo);
    FloatVector c01 = FloatVector.fromArray(S, out, oo + LANES);
    FloatVector c10 = FloatVector.fromArray(S, out, oo + os);
    FloatVector c11 = FloatVector.fromArray(S, out, oo + os + LANES);
    FloatVector c20 = FloatVector.fromArray(S, out, oo + 2 * os);
    FloatVector c21 = FloatVector.fromArray(S, out, oo + 2 * os + LANES);
    FloatVector c30 = FloatVector.fromArray(S, out, oo + 3 * os);
    FloatVector c31 = FloatVector.fromArray(S, out, oo + 3 * os + LANES);
    FloatVector c40 = FloatVector.fromArray(S, out, oo + 4 * os);
    FloatVector c41 = FloatVector.fromArray(S, out, oo + 4 * os + LANES);
    FloatVector c50 = FloatVector.fromArray(S, out, oo + 5 * os);
    FloatVector c51 = FloatVector.fromArray(S, out, oo + 5 * os + LANES);
    for (int t = 0; t < terms; t++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + t * bs);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + t * bs + LANES);
      FloatVector x = FloatVector.broadcast(S, g[go + t]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, g[go + gs + t]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, g[go + 2 * gs + t]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, g[go + 3 * gs + t]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, g[go + 4 * gs + t]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, g[go + 5 * gs + t]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
    }
    c00.intoArray(out, oo);
    c01.intoArray(out, oo + LANES);
    c10.intoArray(out, oo + os);
    c11.intoArray(out, oo + os + LANES);
    c20.intoArray(out, oo + 2 * os);
    c21.intoArray(out, oo + 2 * os + LANES);
    c30.intoArray(out, oo + 3 * os);
    c31.intoArray(out, oo + 3 * os + LANES);
    c40.intoArray(out, oo + 4 * os);
    c41.intoArray(out, oo + 4 * os + LANES);
    c50.intoArray(out, oo + 5 * os);
    c51.intoArray(out, oo + 5 * os + LANES);
  }

  static void multiplyFour(
      float[] g,
      int go,
      int gs,
      int terms,
      float[] b,
      int bo,
      int bs,
      float[] out,
      int oo,
      int os) {
    FloatVector c00 = FloatVector.fromArray(S, out, oo);
    FloatVector c01 = FloatVector.fromArray(S, out, oo + LANES);
    FloatVector c10 = FloatVector.fromArray(S, out, oo + os);
    FloatVector c11 = FloatVector.fromArray(S, out, oo + os + LANES);
    FloatVector c20 = FloatVector.fromArray(S, out, oo + 2 * os);
    FloatVector c21 = FloatVector.fromArray(S, out, oo + 2 * os + LANES);
    FloatVector c30 = FloatVector.fromArray(S, out, oo + 3 * os);
    FloatVector c31 = FloatVector.fromArray(S, out, oo + 3 * os + LANES);
    for (int t = 0; t < terms; t++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + t * bs);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + t * bs + LANES);
      FloatVector x = FloatVector.broadcast(S, g[go + t]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, g[go + gs + t]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, g[go + 2 * gs + t]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, g[go + 3 * gs + t]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
    }
    c00.intoArray(out, oo);
    c01.intoArray(out, oo + LANES);
    c10.intoArray(out, oo + os);
    c11.intoArray(out, oo + os + LANES);
    c20.intoArray(out, oo + 2 * os);
    c21.intoArray(out, oo + 2 * os + LANES);
    c30.intoArray(out, oo + 3 * os);
    c31.intoArray(out, oo + 3 * os + LANES);
  }

  /**
   * Six output rows of two vectors: {@code out[i] += sum_t g[go + i + t * gs] * b[t]}. Its twin
   * {@link #multiplySix} differs only in which index walks g; were the strides parameters of one
   * method, the compiler could not lift the six bounds checks on g out of the loop.
   */
  static void transposedSix(
      float[] g,
      int go,
      int gs,
      int terms,
      float[] b,
      int bo,
      int bs,
      float[] out,
      int oo,
      int os) {
    FloatVector c00 = FloatVector.fromArray(S, out, oo);
    FloatVector c01 = FloatVector.fromArray(S, out, oo + LANES);
    FloatVector c10 = FloatVector.fromArray(S, out, oo + os);
    FloatVector c11 = FloatVector.fromArray(S, out, oo + os + LANES);
    FloatVector c20 = FloatVector.fromArray(S, out, oo + 2 * os);
    FloatVector c21 = FloatVector.fromArray(S, out, oo + 2 * os + LANES);
    FloatVector c30 = FloatVector.fromArray(S, out, oo + 3 * os);
    FloatVector c31 = FloatVector.fromArray(S, out, oo + 3 * os + LANES);
    FloatVector c40 = FloatVector.fromArray(S, out, oo + 4 * os);
    FloatVector c41 = FloatVector.fromArray(S, out, oo + 4 * os + LANES);
    FloatVector c50 = FloatVector.fromArray(S, out, oo + 5 * os);
    FloatVector c51 = FloatVector.fromArray(S, out, oo + 5 * os + LANES);
    for (int t = 0; t < terms; t++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + t * bs);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + t * bs + LANES);
      int gg = go + t * gs;
      FloatVector x = FloatVector.broadcast(S, g[gg]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, g[gg + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, g[gg + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, g[gg + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, g[gg + 4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, g[gg + 5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
    }
    c00.intoArray(out, oo);
    c01.intoArray(out, oo + LANES);
    c10.intoArray(out, oo + os);
    c11.intoArray(out, oo + os + LANES);
    c20.intoArray(out, oo + 2 * os);
    c21.intoArray(out, oo + 2 * os + LANES);
    c30.intoArray(out, oo + 3 * os);
    c31.intoArray(out, oo + 3 * os + LANES);
    c40.intoArray(out, oo + 4 * os);
    c41.intoArray(out, oo + 4 * os + LANES);
    c50.intoArray(out, oo + 5 * os);
    c51.intoArray(out, oo + 5 * os + LANES);
  }

  static void combineRow(
      float[] g, int go, int gt, int terms, float[] b, int bo, int bs, float[] out, int oo) {
    FloatVector c0 = FloatVector.fromArray(S, out, oo);
    FloatVector c1 = FloatVector.fromArray(S, out, oo + LANES);
    for (int t = 0; t < terms; t++) {
      FloatVector x = FloatVector.broadcast(S, g[go + t * gt]);
      c0 = x.fma(FloatVector.fromArray(S, b, bo + t * bs), c0);
      c1 = x.fma(FloatVector.fromArray(S, b, bo + t * bs + LANES), c1);
    }
    c0.intoArray(out, oo);
    c1.intoArray(out, oo + LANES);
  }
}
