package bsl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vector and scalar sparse products, bit for bit, and against double precision. */
class SparseKernelsTest {
  private static final SparseKernels SCALAR = Kernels.scalar().sparse();
  private static final SparseKernels BEST = Kernels.best().sparse();

  @ParameterizedTest
  @CsvSource({"32, 32", "64, 64", "96, 96", "128, 160", "160, 160", "224, 256", "320, 320"})
  void sparseProductsAgreeBitForBitAndWithDoublePrecision(int width, int xStride) {
    int rows = 40;
    int nodes = 23;
    RandomStream random = RandomStream.of(21, Purpose.TEST, width);
    int[] offsets = new int[rows + 1];
    for (int r = 0; r < rows; r++) {
      // Every fifth row is empty, the first and the last among them.
      offsets[r + 1] = offsets[r] + (r % 5 == 0 || r == rows - 1 ? 0 : random.nextInt(30));
    }
    int[] columns = new int[offsets[rows]];
    for (int e = 0; e < columns.length; e++) {
      columns[e] = random.nextInt(nodes);
    }
    float[] weights = Twins.random(columns.length, 22);
    float[] x = Twins.random(7 + nodes * xStride, 23);
    int outStride = width + 9;
    float[] out = Twins.random(5 + rows * outStride, 24);

    for (int[] range : new int[][] {{0, rows}, {7, 8}, {11, 37}, {4, 4}}) {
      int from = range[0];
      int to = range[1];
      Twins.assertSameBits(
          out,
          o ->
              SCALAR.product(
                  offsets, columns, weights, from, to, x, 7, xStride, width, o, 5, outStride),
          o ->
              BEST.product(
                  offsets, columns, weights, from, to, x, 7, xStride, width, o, 5, outStride));
      float[] product = out.clone();
      BEST.product(
          offsets, columns, weights, from, to, x, 7, xStride, width, product, 5, outStride);
      for (int i = 0; i < out.length; i++) {
        int r = from + Math.floorDiv(i - 5, outStride);
        int d = Math.floorMod(i - 5, outStride);
        if (i < 5 || r >= to || d >= width) {
          assertThat(product[i]).as("outside the output").isEqualTo(out[i]);
          continue;
        }
        double exact = 0;
        for (int e = offsets[r]; e < offsets[r + 1]; e++) {
          exact += weights[e] * (double) x[7 + columns[e] * xStride + d];
        }
        assertThat((double) product[i]).isCloseTo(exact, within(2e-5));
      }
    }
  }
}
