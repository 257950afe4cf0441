package bsl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Vector and scalar passes over rows, bit for bit, and against double precision. */
class RowKernelsTest {
  private static final RowKernels SCALAR = Kernels.scalar().rows();
  private static final RowKernels BEST = Kernels.best().rows();

  static IntStream lengths() {
    return IntStream.concat(IntStream.rangeClosed(0, 70), IntStream.of(800, 1021));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void reductionsAgreeBitForBit(int n) {
    float[] a = Twins.random(n + 5, 1);
    float[] b = Twins.random(n + 9, 2);

    assertThat(Twins.bits(BEST.dot(a, 3, b, 7, n)))
        .isEqualTo(Twins.bits(SCALAR.dot(a, 3, b, 7, n)));
    assertThat(Twins.bits(BEST.max(a, 2, n))).isEqualTo(Twins.bits(SCALAR.max(a, 2, n)));
    float[] sums = new float[2];
    Twins.assertSameBits(
        a,
        x -> sums[0] = SCALAR.expSum(x, 4, n, 1.7f, 0.3f, new float[16]),
        x -> sums[1] = BEST.expSum(x, 4, n, 1.7f, 0.3f, new float[16]));
    assertThat(Twins.bits(sums[1])).isEqualTo(Twins.bits(sums[0]));
    Twins.assertSameBits(a, x -> SCALAR.scale(x, 1, n, -0.37f), x -> BEST.scale(x, 1, n, -0.37f));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void reductionsAgreeWithDoublePrecision(int n) {
    float[] a = Twins.random(n, 3);
    float[] b = Twins.random(n, 4);
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

    assertThat((double) BEST.dot(a, 0, b, 0, n))
        .isCloseTo(dot, within(1e-6 + n * 6e-8 * magnitude));
    assertThat(BEST.max(a, 0, n)).isEqualTo(max);
    float[] copy = a.clone();
    assertThat((double) BEST.expSum(copy, 0, n, 1f, 0f, new float[16]))
        .isCloseTo(exps, within(1e-6 * exps));
    for (int i = 0; i < n; i++) {
      assertThat((double) copy[i]).isCloseTo(Math.exp(a[i]), within(3e-7 * Math.exp(a[i])));
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void addingAMultipleAgreesBitForBitAndWithDoublePrecision(int n) {
    float[] from = Twins.random(n + 6, 8);
    float[] to = Twins.random(n + 11, 9);
    Twins.assertSameBits(
        to,
        x -> SCALAR.addScaled(-0.37f, from, 5, x, 9, n),
        x -> BEST.addScaled(-0.37f, from, 5, x, 9, n));

    float[] sum = to.clone();
    BEST.addScaled(-0.37f, from, 5, sum, 9, n);
    for (int i = 0; i < to.length; i++) {
      boolean inside = i >= 9 && i < 9 + n;
      // One rounding of the exact sum, which a double has.
      double exact = inside ? to[i] + (double) -0.37f * from[i - 4] : to[i];
      assertThat((double) sum[i]).isCloseTo(exact, within(Math.ulp((float) exact) / 1.99));
    }
  }

  @Test
  void firstAtLeastFindsTheFirstWhereverItStands() {
    for (int n : new int[] {1, 7, 16, 33, 100, 141}) {
      for (int hit = 0; hit < n; hit++) {
        float[] a = new float[n];
        a[hit] = 1f;
        for (RowKernels kernels : new RowKernels[] {SCALAR, BEST}) {
          assertThat(kernels.firstAtLeast(a, 0, n, 1f)).isEqualTo(hit);
          assertThat(kernels.firstAtLeast(a, Math.min(hit + 1, n), n, 1f)).isEqualTo(n);
        }
      }
    }
  }

  @Test
  void aNanIsNeverAtLeastAnything() {
    float[] a = {Float.NaN, Float.NaN, 2f};

    assertThat(BEST.firstAtLeast(a, 0, 3, 1f)).isEqualTo(2);
    float[] many = new float[200];
    Arrays.fill(many, Float.NaN);
    many[150] = 2f;
    assertThat(BEST.firstAtLeast(many, 0, 200, 1f)).isEqualTo(150);
    assertThat(BEST.firstAtLeast(many, 151, 200, 1f)).isEqualTo(200);
    assertThat(BEST.max(Twins.random(40, 1), 0, 40)).isNotNaN();
    a = Twins.random(40, 1);
    a[17] = Float.NaN;
    assertThat(BEST.max(a, 0, 40)).isNaN();
    assertThat(SCALAR.max(a, 0, 40)).isNaN();
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void normalisingAgreesBitForBitAndWithDoublePrecision(int n) {
    float[] row = Twins.random(n + 5, 5);
    float[] inverses = new float[2];
    Twins.assertSameBits(
        row,
        x -> inverses[0] = SCALAR.normalise(x, 3, n),
        x -> inverses[1] = BEST.normalise(x, 3, n));
    assertThat(Twins.bits(inverses[1])).isEqualTo(Twins.bits(inverses[0]));

    float[] unit = row.clone();
    BEST.normalise(unit, 3, n);
    double[] exact = unit(row, 3, n);
    for (int i = 0; i < row.length; i++) {
      boolean inside = i >= 3 && i < 3 + n;
      assertThat((double) unit[i]).isCloseTo(inside ? exact[i - 3] : row[i], within(3e-7));
    }
  }

  private static double[] unit(float[] row, int offset, int n) {
    double square = 0;
    for (int i = offset; i < offset + n; i++) {
      square += row[i] * (double) row[i];
    }
    double[] unit = new double[n];
    for (int i = 0; i < n; i++) {
      unit[i] = row[offset + i] / Math.sqrt(square);
    }
    return unit;
  }

  /** The slope of {@code sum_i g[i] u[i]}, u being the row over its norm. */
  @ParameterizedTest
  @MethodSource("lengths")
  void theGradientGoesBackThroughTheNorm(int n) {
    float[] row = Twins.random(n + 2, 6);
    float[] slopes = Twins.random(n + 7, 7);
    float[] unit = row.clone();
    float inverse = BEST.normalise(unit, 2, n);
    Twins.assertSameBits(
        slopes,
        x -> SCALAR.normaliseBackward(unit, 2, inverse, x, 4, n),
        x -> BEST.normaliseBackward(unit, 2, inverse, x, 4, n));

    float[] back = slopes.clone();
    BEST.normaliseBackward(unit, 2, inverse, back, 4, n);
    double[] exact = unit(row, 2, n);
    double along = 0;
    for (int i = 0; i < n; i++) {
      along += slopes[4 + i] * exact[i];
    }
    double norm = 1 / (double) inverse;
    for (int i = 0; i < n; i++) {
      double slope = (slopes[4 + i] - along * exact[i]) / norm;
      assertThat((double) back[4 + i])
          .isCloseTo(slope, within(2e-6 * inverse * (4 + Math.abs(along))));
    }
  }

  /** Otherwise a diverged model would have cosines of 0. */
  @Test
  void aRowWhoseNormIsTooLargeHasNoCosines() {
    for (RowKernels kernels : new RowKernels[] {SCALAR, BEST}) {
      float[] large = new float[40];
      Arrays.fill(large, 3e18f);
      assertThat(kernels.normalise(large, 0, 40)).isNaN();
      assertThat(large).containsOnly(Float.NaN);
      Arrays.fill(large, 2e18f);
      assertThat(kernels.normalise(large, 0, 40)).isPositive();
      assertThat(large[39]).isCloseTo((float) (1 / Math.sqrt(40)), within(1e-6f));
    }
  }

  @Test
  void aZeroRowStaysZero() {
    float[] zero = new float[40];
    for (RowKernels kernels : new RowKernels[] {SCALAR, BEST}) {
      assertThat(kernels.normalise(zero, 0, 40)).isEqualTo(1e12f);
      assertThat(zero).containsOnly(0f);
    }
  }
}
