package bsl.core.kernel;

import static bsl.core.kernel.Kernels.PANEL;
import static bsl.core.kernel.VectorKernels.LANES;

/**
 * Vector API implementation.
 *
 * <p>The three products share one register tile: six rows by two vectors, twelve accumulators, so
 * that the fused multiply-adds of one term hide the latency of those of the term before. Where
 * there are only sixteen registers (vectors of 4 or 8 floats), the compiler's unrolling of the two
 * products that walk along the rows of their left side spills those twelve; they take four rows,
 * measured 1.6 times as fast.
 */
final class VectorProductKernels implements ProductKernels {
  private static final int TILE_ROWS = 6;
  private static final int FEWER_ROWS = 4;
  private static final boolean MANY_REGISTERS = LANES == 16;
  private static final int TILE_WIDTH = 2 * LANES;

  /** Terms of {@link #multiplyAdd} between visits to the output: their rows of b stay in L1. */
  private static final int TERM_BLOCK = 64;

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
          ProductTiles.productSix(
              a, aOffset + r * aStride, aStride, dim, panels, panel + j, c, at, cStride);
        }
        for (; r + FEWER_ROWS <= rows; r += FEWER_ROWS) {
          int at = out + r * cStride;
          ProductTiles.productFour(
              a, aOffset + r * aStride, aStride, dim, panels, panel + j, c, at, cStride);
        }
        for (; r < rows; r++) {
          ProductTiles.productRow(
              a, aOffset + r * aStride, dim, panels, panel + j, c, out + r * cStride);
        }
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
    for (int j = 0; j < terms; j += TERM_BLOCK) {
      int block = Math.min(TERM_BLOCK, terms - j);
      int go = gOffset + j;
      int bo = bOffset + j * bStride;
      int r = 0;
      for (; MANY_REGISTERS && r + TILE_ROWS <= rows; r += TILE_ROWS) {
        for (int d = 0; d < width; d += TILE_WIDTH) {
          AccumulatingTiles.multiplySix(
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
          AccumulatingTiles.multiplyFour(
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
          AccumulatingTiles.combineRow(
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
        AccumulatingTiles.transposedSix(
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
        AccumulatingTiles.combineRow(
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
}
