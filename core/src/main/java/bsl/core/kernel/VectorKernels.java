package bsl.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API implementation for vectors of 4, 8 or 16 floats.
 *
 * <p>The three products share one register tile: six rows by two vectors, twelve accumulators, so
 * that the fused multiply-adds of one term hide the latency of those of the term before. Where
 * there are only sixteen registers (vectors of 4 or 8 floats), the compiler's unrolling of the two
 * products that walk along the rows of their left side spills those twelve; they take four rows,
 * measured 1.6 times as fast.
 */
final class VectorKernels implements Kernels {
  static final VectorSpecies<Float> S =
      FloatVector.SPECIES_PREFERRED.length() > VIRTUAL_LANES
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  private static final VectorSpecies<Integer> I =
      IntVector.SPECIES_PREFERRED.length() > VIRTUAL_LANES
          ? IntVector.SPECIES_512
          : IntVector.SPECIES_PREFERRED;

  /** Floats in one vector. */
  static final int LANES = S.length();

  private static final int TILE_ROWS = 6;
  private static final int FEWER_ROWS = 4;
  private static final boolean MANY_REGISTERS = LANES == 16;
  private static final int TILE_WIDTH = 2 * LANES;

  // Vectors made once: a broadcast costs as much of the compiler's budget for inlining as an
  // operation.
  private static final FloatVector ONE = all(1f);
  private static final FloatVector EXP_LOWEST = all(FloatExp.LOWEST);
  private static final FloatVector EXP_HIGHEST = all(FloatExp.HIGHEST);
  private static final FloatVector EXP_ROUNDER = all(FloatExp.ROUNDER);
  private static final FloatVector LOG2_E = all(FloatExp.LOG2_E);
  private static final FloatVector MINUS_LN2_HIGH = all(-FloatExp.LN2_HIGH);
  private static final FloatVector MINUS_LN2_LOW = all(-FloatExp.LN2_LOW);
  private static final IntVector EXP_BIAS = all(FloatExp.EXPONENT_BIAS);
  private static final FloatVector EXP_6 = all(FloatExp.C6);
  private static final FloatVector EXP_5 = all(FloatExp.C5);
  private static final FloatVector EXP_4 = all(FloatExp.C4);
  private static final FloatVector EXP_3 = all(FloatExp.C3);
  private static final FloatVector EXP_2 = all(FloatExp.C2);

  /** Terms of {@link #multiplyAdd} between visits to the output: their rows of b stay in L1. */
  private static final int TERM_BLOCK = 64;

  private final ScoreKernels scores = new VectorScoreKernels();

  @Override
  public String name() {
    return "vector-" + S.vectorBitSize();
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
    for (int first = 0; first < columns; first += PANEL) {
      int panel = first * dim;
      for (int j = 0; j < PANEL; j += TILE_WIDTH) {
        int out = cOffset + first + j;
        int r = 0;
        for (; MANY_REGISTERS && r + TILE_ROWS <= rows; r += TILE_ROWS) {
          int at = out + r * cStride;
          productSix(a, aOffset + r * aStride, aStride, dim, panels, panel + j, c, at, cStride);
        }
        for (; r + FEWER_ROWS <= rows; r += FEWER_ROWS) {
          int at = out + r * cStride;
          productFour(a, aOffset + r * aStride, aStride, dim, panels, panel + j, c, at, cStride);
        }
        for (; r < rows; r++) {
          productRow(a, aOffset + r * aStride, dim, panels, panel + j, c, out + r * cStride);
        }
      }
    }
  }

  private static void productSix(
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

  private static void productFour(
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

  private static void productRow(
      float[] a, int ao, int dim, float[] panels, int po, float[] c, int co) {
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
    for (int j = 0; j < terms; j += TERM_BLOCK) {
      int block = Math.min(TERM_BLOCK, terms - j);
      int go = gOffset + j;
      int bo = bOffset + j * bStride;
      int r = 0;
      for (; MANY_REGISTERS && r + TILE_ROWS <= rows; r += TILE_ROWS) {
        for (int d = 0; d < width; d += TILE_WIDTH) {
          multiplySix(
              g,
              go + r * gStride,
              gStride,
              block,
              b,
              bo + d,
              bStride,
              out,
              outOffset + r * outStride + d,
              outStride);
        }
      }
      for (; r + FEWER_ROWS <= rows; r += FEWER_ROWS) {
        for (int d = 0; d < width; d += TILE_WIDTH) {
          multiplyFour(
              g,
              go + r * gStride,
              gStride,
              block,
              b,
              bo + d,
              bStride,
              out,
              outOffset + r * outStride + d,
              outStride);
        }
      }
      for (; r < rows; r++) {
        for (int d = 0; d < width; d += TILE_WIDTH) {
          combineRow(
              g,
              go + r * gStride,
              1,
              block,
              b,
              bo + d,
              bStride,
              out,
              outOffset + r * outStride + d);
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
    int j = 0;
    for (; j + TILE_ROWS <= columns; j += TILE_ROWS) {
      for (int d = 0; d < width; d += TILE_WIDTH) {
        transposedSix(
            g,
            gOffset + j,
            gStride,
            rows,
            a,
            aOffset + d,
            aStride,
            out,
            outOffset + j * outStride + d,
            outStride);
      }
    }
    for (; j < columns; j++) {
      for (int d = 0; d < width; d += TILE_WIDTH) {
        combineRow(
            g,
            gOffset + j,
            gStride,
            rows,
            a,
            aOffset + d,
            aStride,
            out,
            outOffset + j * outStride + d);
      }
    }
  }

  /** Six output rows of two vectors: {@code out[i] += sum_t g[go + i * gs + t] * b[t]}. */
  private static void multiplySix(
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

  private static void multiplyFour(
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
  private static void transposedSix(
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

  private static void combineRow(
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

  @Override
  public float dot(float[] a, int aOffset, float[] b, int bOffset, int n) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i + VIRTUAL_LANES <= n; i += VIRTUAL_LANES) {
      s0 = at(a, aOffset + i).fma(at(b, bOffset + i), s0);
      if (LANES <= 8) {
        s1 = at(a, aOffset + i + LANES).fma(at(b, bOffset + i + LANES), s1);
      }
      if (LANES == 4) {
        s2 = at(a, aOffset + i + 8).fma(at(b, bOffset + i + 8), s2);
        s3 = at(a, aOffset + i + 12).fma(at(b, bOffset + i + 12), s3);
      }
    }
    float sum = combine(s0, s1, s2, s3);
    for (; i < n; i++) {
      sum = Math.fma(a[aOffset + i], b[bOffset + i], sum);
    }
    return sum;
  }

  static FloatVector all(float value) {
    return FloatVector.broadcast(S, value);
  }

  static IntVector all(int value) {
    return IntVector.broadcast(I, value);
  }

  static FloatVector at(float[] a, int offset) {
    return FloatVector.fromArray(S, a, offset);
  }

  /** Combines the virtual lanes, held in 1, 2 or 4 vectors, in the order the contract names. */
  static float combine(FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3) {
    if (LANES == 16) {
      return combineOne(s0);
    }
    return LANES == 8 ? combineTwo(s0.add(s1)) : combineFour(s0.add(s2).add(s1.add(s3)));
  }

  // Small methods, because one that is too large to be inlined would have its vectors allocated.

  private static float combineOne(FloatVector s) {
    float evens =
        ((s.lane(0) + s.lane(8)) + (s.lane(4) + s.lane(12)))
            + ((s.lane(2) + s.lane(10)) + (s.lane(6) + s.lane(14)));
    float odds =
        ((s.lane(1) + s.lane(9)) + (s.lane(5) + s.lane(13)))
            + ((s.lane(3) + s.lane(11)) + (s.lane(7) + s.lane(15)));
    return evens + odds;
  }

  private static float combineTwo(FloatVector s) {
    return ((s.lane(0) + s.lane(4)) + (s.lane(2) + s.lane(6)))
        + ((s.lane(1) + s.lane(5)) + (s.lane(3) + s.lane(7)));
  }

  private static float combineFour(FloatVector s) {
    return (s.lane(0) + s.lane(2)) + (s.lane(1) + s.lane(3));
  }

  @Override
  public float max(float[] a, int offset, int n) {
    FloatVector most = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    FloatVector more = most;
    FloatVector most2 = most;
    FloatVector more2 = most;
    int i = 0;
    // Four chains, since one alone would wait for its own latency; the maximum has no order.
    for (; i + 4 * LANES <= n; i += 4 * LANES) {
      most = most.max(at(a, offset + i));
      more = more.max(at(a, offset + i + LANES));
      most2 = most2.max(at(a, offset + i + 2 * LANES));
      more2 = more2.max(at(a, offset + i + 3 * LANES));
    }
    float max = most.max(more).max(most2.max(more2)).reduceLanes(VectorOperators.MAX);
    for (; i < n; i++) {
      max = Math.max(max, a[offset + i]);
    }
    return max;
  }

  @Override
  public float expSum(float[] a, int offset, int n, float scale, float shift, float[] lanes) {
    FloatVector factor = all(scale);
    FloatVector minus = all(-shift);
    int whole = n - n % VIRTUAL_LANES;
    for (int lane = 0; lane < VIRTUAL_LANES; lane += LANES) {
      FloatVector sum = FloatVector.zero(S);
      for (int i = offset + lane; i < offset + whole; i += VIRTUAL_LANES) {
        FloatVector e = exp(at(a, i).fma(factor, minus));
        e.intoArray(a, i);
        sum = sum.add(e);
      }
      sum.intoArray(lanes, lane);
    }
    float sum = ScalarKernels.combine(lanes);
    for (int i = offset + whole; i < offset + n; i++) {
      a[i] = FloatExp.exp(Math.fma(a[i], scale, -shift));
      sum += a[i];
    }
    return sum;
  }

  /** Lane-wise {@link FloatExp#exp}. */
  static FloatVector exp(FloatVector x) {
    FloatVector y = x.max(EXP_LOWEST).min(EXP_HIGHEST);
    FloatVector rounded = y.fma(LOG2_E, EXP_ROUNDER);
    FloatVector n = rounded.sub(EXP_ROUNDER);
    FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, y));
    FloatVector q = EXP_6.fma(r, EXP_5);
    q = q.fma(r, EXP_4);
    q = q.fma(r, EXP_3);
    q = q.fma(r, EXP_2);
    q = q.fma(r, ONE).fma(r, ONE);
    IntVector power =
        rounded
            .reinterpretAsInts()
            .add(EXP_BIAS)
            .lanewise(VectorOperators.LSHL, FloatExp.MANTISSA_BITS);
    return q.mul(power.reinterpretAsFloats());
  }

  @Override
  public void scale(float[] a, int offset, int n, float factor) {
    int whole = S.loopBound(n);
    int i = 0;
    for (; i < whole; i += LANES) {
      at(a, offset + i).mul(factor).intoArray(a, offset + i);
    }
    for (; i < n; i++) {
      a[offset + i] *= factor;
    }
  }

  @Override
  public int firstAtLeast(float[] a, int from, int to, float threshold) {
    int i = from;
    for (; i + LANES <= to; i += LANES) {
      VectorMask<Float> hit = at(a, i).compare(VectorOperators.GE, threshold);
      if (hit.anyTrue()) {
        return i + hit.firstTrue();
      }
    }
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
    FloatVector rate1 = FloatVector.broadcast(S, 1f - beta1);
    FloatVector rate2 = FloatVector.broadcast(S, 1f - beta2);
    for (int i = 0; i < n; i += LANES) {
      int o = offset + i;
      FloatVector gradient = at(g, gOffset + i);
      FloatVector first = rate1.fma(gradient, at(m, o).mul(beta1));
      FloatVector second = rate2.mul(gradient).fma(gradient, at(v, o).mul(beta2));
      first.intoArray(m, o);
      second.intoArray(v, o);
      FloatVector step = first.mul(alpha).div(second.sqrt().add(epsilon));
      at(p, o).sub(step).intoArray(p, o);
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
    for (int i = 0; i < n; i += TILE_WIDTH) {
      int o = offset + i;
      FloatVector p0 = at(p, o);
      FloatVector p1 = at(p, o + LANES);
      FloatVector m0 = at(m, o);
      FloatVector m1 = at(m, o + LANES);
      FloatVector v0 = at(v, o);
      FloatVector v1 = at(v, o + LANES);
      for (int s = from; s < to; s++) {
        m0 = m0.mul(beta1);
        m1 = m1.mul(beta1);
        v0 = v0.mul(beta2);
        v1 = v1.mul(beta2);
        p0 = p0.sub(m0.mul(alpha[s]).div(v0.sqrt().add(epsilon[s])));
        p1 = p1.sub(m1.mul(alpha[s]).div(v1.sqrt().add(epsilon[s])));
      }
      p0.intoArray(p, o);
      p1.intoArray(p, o + LANES);
      m0.intoArray(m, o);
      m1.intoArray(m, o + LANES);
      v0.intoArray(v, o);
      v1.intoArray(v, o + LANES);
    }
  }

  /**
   * As many columns of a row as fit into eight vectors stay in registers over all of the row's
   * entries: with vectors of 16 or 8 floats, the common width of 64 needs one pass.
   */
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
    int d = 0;
    for (; d + 8 * LANES <= width; d += 8 * LANES) {
      sparseEight(
          offsets, columns, weights, from, to, x, d, xStride, out, outOffset + d, outStride);
    }
    for (; d + 4 * LANES <= width; d += 4 * LANES) {
      sparseFour(offsets, columns, weights, from, to, x, d, xStride, out, outOffset + d, outStride);
    }
    for (; d < width; d += 2 * LANES) {
      sparseTwo(offsets, columns, weights, from, to, x, d, xStride, out, outOffset + d, outStride);
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
