package bsl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Vector and scalar kernels against each other, bit for bit, and against double precision. */
class KernelTwinsTest {
  private static final Kernels SCALAR = Kernels.scalar();
  private static final Kernels BEST = Kernels.best();

  static IntStream lengths() {
    return IntStream.concat(IntStream.rangeClosed(0, 70), IntStream.of(800, 1021));
  }

  private static float[] random(int n, long seed) {
    RandomStream random = RandomStream.of(seed, Purpose.TEST, n);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Runs both kernels on copies of an array and asks for the same bits everywhere in it. */
  private static void assertSameBits(
      float[] start, Consumer<float[]> scalar, Consumer<float[]> best) {
    float[] one = start.clone();
    float[] other = start.clone();
    scalar.accept(one);
    best.accept(other);
    assertThat(bits(other)).isEqualTo(bits(one));
  }

  private static int[] bits(float... values) {
    return IntStream.range(0, values.length).map(i -> Float.floatToRawIntBits(values[i])).toArray();
  }

  @Test
  void theBuildRunsOnTheVectorKernels() {
    assertThat(BEST.name()).startsWith("vector-");
    assertThat(SCALAR.name()).isEqualTo("scalar");
  }

  @Test
  void thePropertyIsCheckedAndObeyed() {
    assertThat(Kernels.Holder.choose("scalar")).isSameAs(SCALAR);
    assertThat(Kernels.Holder.choose("auto").name()).startsWith("vector-");
    assertThatThrownBy(() -> Kernels.Holder.choose("quick"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("-Dbsl.kernels=quick is none of auto, vector, scalar");
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void reductionsAgreeBitForBit(int n) {
    float[] a = random(n + 5, 1);
    float[] b = random(n + 9, 2);

    assertThat(bits(BEST.rows().dot(a, 3, b, 7, n)))
        .isEqualTo(bits(SCALAR.rows().dot(a, 3, b, 7, n)));
    assertThat(bits(BEST.rows().max(a, 2, n))).isEqualTo(bits(SCALAR.rows().max(a, 2, n)));
    float[] sums = new float[2];
    assertSameBits(
        a,
        x -> sums[0] = SCALAR.rows().expSum(x, 4, n, 1.7f, 0.3f, new float[16]),
        x -> sums[1] = BEST.rows().expSum(x, 4, n, 1.7f, 0.3f, new float[16]));
    assertThat(bits(sums[1])).isEqualTo(bits(sums[0]));
    assertSameBits(
        a, x -> SCALAR.rows().scale(x, 1, n, -0.37f), x -> BEST.rows().scale(x, 1, n, -0.37f));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void reductionsAgreeWithDoublePrecision(int n) {
    float[] a = random(n, 3);
    float[] b = random(n, 4);
    double dot = 0;
    double magnitude = 0;
    double exps = 0;
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      dot += a[i] * (double) b[i];
      magnitude += Math.abs(a[i] * (double) b[i]);
      exps += Math.exp(a[i]);
      max = Math.max(max, a[i]);
    }

    assertThat((double) BEST.rows().dot(a, 0, b, 0, n))
        .isCloseTo(dot, within(1e-6 + n * 6e-8 * magnitude));
    assertThat(BEST.rows().max(a, 0, n)).isEqualTo(max);
    float[] copy = a.clone();
    assertThat((double) BEST.rows().expSum(copy, 0, n, 1f, 0f, new float[16]))
        .isCloseTo(exps, within(1e-6 * exps));
    for (int i = 0; i < n; i++) {
      assertThat((double) copy[i]).isCloseTo(Math.exp(a[i]), within(3e-7 * Math.exp(a[i])));
    }
  }

  @Test
  void firstAtLeastFindsTheFirstWhereverItStands() {
    for (int n : new int[] {1, 7, 16, 33, 100}) {
      for (int hit = 0; hit < n; hit++) {
        float[] a = new float[n];
        a[hit] = 1f;
        for (Kernels kernels : new Kernels[] {SCALAR, BEST}) {
          assertThat(kernels.rows().firstAtLeast(a, 0, n, 1f)).isEqualTo(hit);
          assertThat(kernels.rows().firstAtLeast(a, Math.min(hit + 1, n), n, 1f)).isEqualTo(n);
        }
      }
    }
  }

  @Test
  void aNanIsNeverAtLeastAnything() {
    float[] a = {Float.NaN, Float.NaN, 2f};

    assertThat(BEST.rows().firstAtLeast(a, 0, 3, 1f)).isEqualTo(2);
    assertThat(BEST.rows().max(random(40, 1), 0, 40)).isNotNaN();
    a = random(40, 1);
    a[17] = Float.NaN;
    assertThat(BEST.rows().max(a, 0, 40)).isNaN();
    assertThat(SCALAR.rows().max(a, 0, 40)).isNaN();
  }

  @Test
  void expIsAccurateToTwoUnitsInTheSeventhDigitOverItsRange() {
    double worst = 0;
    for (float x = -87f; x <= 88f; x += 1f / 1024 + 1f / 65536) {
      double exact = Math.exp(x);
      worst = Math.max(worst, Math.abs(FloatExp.exp(x) - exact) / exact);
    }

    assertThat(worst).isLessThan(1.5e-7);
    assertThat(FloatExp.exp(0f)).isEqualTo(1f);
    assertThat(FloatExp.exp(-1000f)).isEqualTo(FloatExp.exp(-87f)).isPositive();
    assertThat(FloatExp.exp(Float.NEGATIVE_INFINITY)).isEqualTo(FloatExp.exp(-87f));
    assertThat(FloatExp.exp(1000f)).isEqualTo(FloatExp.exp(88f)).isFinite();
    assertThat(FloatExp.exp(Float.NaN)).isNaN();
  }

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
    float[] a = random(2 + rows * aStride, 5);
    float[] b = random(4 + columns * bStride, 6);
    float[] panels = new float[padded * dim];
    ProductKernels.packPanels(b, 4, bStride, columns, dim, panels, 0);
    float[] c = random(9 + rows * cStride, 7);

    assertSameBits(
        c,
        x -> SCALAR.products().product(a, 2, aStride, rows, dim, panels, padded, x, 9, cStride),
        x -> BEST.products().product(a, 2, aStride, rows, dim, panels, padded, x, 9, cStride));
    float[] scores = c.clone();
    BEST.products().product(a, 2, aStride, rows, dim, panels, padded, scores, 9, cStride);
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
    float[] toRows = random(1 + rows * aStride, 8);
    assertSameBits(
        toRows,
        x ->
            SCALAR
                .products()
                .multiplyAdd(g, 9, gStride, rows, columns, b, 4, bStride, dim, x, 1, aStride),
        x ->
            BEST.products()
                .multiplyAdd(g, 9, gStride, rows, columns, b, 4, bStride, dim, x, 1, aStride));
    float[] toColumns = random(1 + columns * bStride, 9);
    assertSameBits(
        toColumns,
        x ->
            SCALAR
                .products()
                .transposedMultiplyAdd(
                    g, 9, gStride, rows, columns, a, 2, aStride, dim, x, 1, bStride),
        x ->
            BEST.products()
                .transposedMultiplyAdd(
                    g, 9, gStride, rows, columns, a, 2, aStride, dim, x, 1, bStride));

    float[] summed = toRows.clone();
    BEST.products()
        .multiplyAdd(g, 9, gStride, rows, columns, b, 4, bStride, dim, summed, 1, aStride);
    float[] summedColumns = toColumns.clone();
    BEST.products()
        .transposedMultiplyAdd(
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

  @Test
  void adamStepsAgreeBitForBit() {
    int n = 96;
    float[] gradient = random(n + 3, 10);
    float[] alpha = random(60, 11);
    float[] epsilon = new float[60];
    java.util.Arrays.fill(epsilon, 1e-8f);
    for (boolean idle : new boolean[] {false, true}) {
      float[][][] states = new float[2][3][];
      for (int k = 0; k < 2; k++) {
        for (int t = 0; t < 3; t++) {
          states[k][t] = random(n + 32, 12 + t);
        }
        for (int i = 0; i < n + 32; i++) {
          states[k][2][i] = Math.abs(states[k][2][i]);
        }
        Kernels kernels = k == 0 ? SCALAR : BEST;
        float[][] s = states[k];
        if (idle) {
          kernels.adam().idle(s[0], s[1], s[2], 32, n, 0.9f, 0.999f, alpha, epsilon, 3, 57);
        } else {
          kernels.adam().step(s[0], s[1], s[2], 32, gradient, 3, n, 0.9f, 0.999f, 1e-3f, 1e-8f);
        }
      }
      for (int t = 0; t < 3; t++) {
        assertThat(bits(states[1][t])).isEqualTo(bits(states[0][t]));
      }
    }
  }

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
    float[] weights = random(columns.length, 22);
    float[] x = random(nodes * xStride, 23);
    int outStride = width + 9;
    float[] out = random(5 + rows * outStride, 24);

    for (int[] range : new int[][] {{0, rows}, {7, 8}, {11, 37}, {4, 4}}) {
      int from = range[0];
      int to = range[1];
      assertSameBits(
          out,
          o ->
              SCALAR
                  .sparse()
                  .product(offsets, columns, weights, from, to, x, xStride, width, o, 5, outStride),
          o ->
              BEST.sparse()
                  .product(
                      offsets, columns, weights, from, to, x, xStride, width, o, 5, outStride));
      float[] product = out.clone();
      BEST.sparse()
          .product(offsets, columns, weights, from, to, x, xStride, width, product, 5, outStride);
      for (int i = 0; i < out.length; i++) {
        int r = from + Math.floorDiv(i - 5, outStride);
        int d = Math.floorMod(i - 5, outStride);
        if (i < 5 || r >= to || d >= width) {
          assertThat(product[i]).as("outside the output").isEqualTo(out[i]);
          continue;
        }
        double exact = 0;
        for (int e = offsets[r]; e < offsets[r + 1]; e++) {
          exact += weights[e] * (double) x[columns[e] * xStride + d];
        }
        assertThat((double) product[i]).isCloseTo(exact, within(2e-5));
      }
    }
  }
}
