package bsl.core.kernel;

import static bsl.core.kernel.Kernels.PANEL;
import static bsl.core.kernel.VectorKernels.LANES;
import static bsl.core.kernel.VectorKernels.S;

import jdk.incubator.vector.FloatVector;

/**
 * Register tiles of {@link VectorProductKernels#product}: some rows of {@code a} with two vectors
 * of a panel's columns, over all terms.
 */
final class ProductTiles {
  private ProductTiles() {}

  static void productSix(
      float[] a, int ao, int as, int dim, float[] panels, int po, float[] c, int co, int cs) {
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    for (int k = 0; k < dim; k++) {
      FloatVector b0 = FloatVector.fromArray(S, panels, po + k * PANEL);
      FloatVector b1 = FloatVector.fromArray(S, panels, po + k * PANEL + LANES);
      FloatVector x = FloatVector.broadcast(S, a[ao + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[ao + as + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[ao + 2 * as + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[ao + 3 * as + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[ao + 4 * as + k]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a[ao + 5 * as + k]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + LANES);
    c10.intoArray(c, co + cs);
    c11.intoArray(c, co + cs + LANES);
    c20.intoArray(c, co + 2 * cs);
    c21.intoArray(c, co + 2 * cs + LANES);
    c30.intoArray(c, co + 3 * cs);
    c31.intoArray(c, co + 3 * cs + LANES);
    c40.intoArray(c, co + 4 * cs);
    c41.intoArray(c, co + 4 * cs + LANES);
    c50.intoArray(c, co + 5 * cs);
    c51.intoArray(c, co + 5 * cs + LANES);
  }

  static void productFour(
      float[] a, int ao, int as, int dim, float[] panels, int po, float[] c, int co, int cs) {
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    for (int k = 0; k < dim; k++) {
      FloatVector b0 = FloatVector.fromArray(S, panels, po + k * PANEL);
      FloatVector b1 = FloatVector.fromArray(S, panels, po + k * PANEL + LANES);
      FloatVector x = FloatVector.broadcast(S, a[ao + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[ao + as + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[ao + 2 * as + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[ao + 3 * as + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + LANES);
    c10.intoArray(c, co + cs);
    c11.intoArray(c, co + cs + LANES);
    c20.intoArray(c, co + 2 * cs);
    c21.intoArray(c, co + 2 * cs + LANES);
    c30.intoArray(c, co + 3 * cs);
    c31.intoArray(c, co + 3 * cs + LANES);
  }

  static void productRow(float[] a, int ao, int dim, float[] panels, int po, float[] c, int co) {
    FloatVector c0 = FloatVector.zero(S);
    FloatVector c1 = c0;
    for (int k = 0; k < dim; k++) {
      FloatVector x = FloatVector.broadcast(S, a[ao + k]);
      c0 = x.fma(FloatVector.fromArray(S, panels, po + k * PANEL), c0);
      c1 = x.fma(FloatVector.fromArray(S, panels, po + k * PANEL + LANES), c1);
    }
    c0.intoArray(c, co);
    c1.intoArray(c, co + LANES);
  }
}
