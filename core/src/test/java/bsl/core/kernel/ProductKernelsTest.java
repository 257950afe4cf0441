package bsl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vector and scalar products, bit for bit, and against double precision. */
class ProductKernelsTest {
  private static final ProductKernels SCALAR = Kernels.scalar().products();
  private static final ProductKernels BEST = Kernels.best().products();

  @ParameterizedTest
  @CsvSource({
    "1, 1, 32",
    "5, 31, 32",
    "6, 33, 64",
    "7, 64, 32",
    "13, 100, 96",
    "48, 257, 64",
    "50, 1021, 64"
  })
  void productsAgreeBitForBitAndWithDoublePrecision(int rows, int columns, int dim) {
    int padded = EmbeddingTable.paddedTo(Kernels.PANEL, columns);
    int aStride = dim + 7;
    int bStride = dim + 3;
    int cStride = padded + 16;
    float[] a = Twins.random(2 + rows * aStride, 5);
    float[] b = Twins.random(4 + columns * bStride, 6);
    float[] panels = new float[padded * dim];
    ProductKernels.packPanels(b, 4, bStride, columns, dim, panels, 0);
    float[] c = Twins.random(9 + rows * cStride, 7);

    Twins.assertSameBits(
        c,
        x -> SCALAR.product(a, 2, aStride, rows, dim, panels, padded, x, 9, cStride),
        x -> BEST.product(a, 2, aStride, rows, dim, panels, padded, x, 9, cStride));
    float[] scores = c.clone();
    BEST.product(a, 2, aStride, rows, dim, panels, padded, scores, 9, cStride);
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < padded; j++) {
        double exact = 0;
        for (int k = 0; k < dim && j < columns; k++) {
          exact += a[2 + r * aStride + k] * (double) b[4 + j * bStride + k];
        }
        assertThat((double) scores[9 + r * cStride + j]).isCloseTo(exact, within(2e-5 * dim));
      }
      for (int j = padded; j < cStride && 9 + r * cStride + j < c.length; j++) {
        assertThat(scores[9 + r * cStride + j])
            .as("beyond the row")
            .isEqualTo(c[9 + r * cStride + j]);
      }
    }
    productsBack(rows, columns, dim, c, cStride, aStride, bStride, a, b);
  }

  private static void productsBack(
      int rows,
      int columns,
      int dim,
      float[] g,
      int gStride,
      int aStride,
      int bStride,
      float[] a,
      float[] b) {
    float[] toRows = Twins.random(1 + rows * aStride, 8);
    Twins.assertSameBits(
        toRows,
        x -> SCALAR.multiplyAdd(g, 9, gStride, rows, columns, b, 4, bStride, dim, x, 1, aStride),
        x -> BEST.multiplyAdd(g, 9, gStride, rows, columns, b, 4, bStride, dim, x, 1, aStride));
    float[] toColumns = Twins.random(1 + columns * bStride, 9);
    Twins.assertSameBits(
        toColumns,
        x ->
            SCALAR.transposedMultiplyAdd(
                g, 9, gStride, rows, columns, a, 2, aStride, dim, x, 1, bStride),
        x ->
            BEST.transposedMultiplyAdd(
                g, 9, gStride, rows, columns, a, 2, aStride, dim, x, 1, bStride));

    float[] summed = toRows.clone();
    BEST.multiplyAdd(g, 9, gStride, rows, columns, b, 4, bStride, dim, summed, 1, aStride);
    float[] summedColumns = toColumns.clone();
    BEST.transposedMultiplyAdd(
        g, 9, gStride, rows, columns, a, 2, aStride, dim, summedColumns, 1, bStride);
    for (int d = 0; d < dim; d++) {
      double exact = toRows[1 + d];
      for (int j = 0; j < columns; j++) {
        exact += g[9 + j] * (double) b[4 + j * bStride + d];
      }
      assertThat((double) summed[1 + d]).isCloseTo(exact, within(2e-5 * columns));
      exact = toColumns[1 + d];
      for (int r = 0; r < rows; r++) {
        exact += g[9 + r * gStride] * (double) a[2 + r * aStride + d];
      }
      assertThat((double) summedColumns[1 + d]).isCloseTo(exact, within(2e-5 * rows));
    }
  }
}
