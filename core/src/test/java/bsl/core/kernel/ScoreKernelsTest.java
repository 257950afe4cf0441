package bsl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.util.FastMath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The losses' passes: vector against scalar bit for bit, and both against double precision. */
class ScoreKernelsTest {
  /**
   * One of the passes with parameters filled in.
   *
   * @param summand what a score adds to the sum, in double precision
   * @param left what is left of a score, in double precision
   */
  private record Pass(
      String name, Call call, ToDoubleFunction<Float> summand, ToDoubleFunction<Float> left) {
    interface Call {
      float on(ScoreKernels kernels, float[] a, int offset, int n);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final float SCALE = 0.5f;
  private static final float SHIFT = 0.2f;
  private static final float POWER = 7.5f;

  static Stream<Pass> passes() {
    return Stream.of(
        new Pass("sum", (k, a, o, n) -> k.sum(a, o, n, new float[16]), s -> s, s -> s),
        new Pass(
            "softplus",
            (k, a, o, n) -> k.softplusSum(a, o, n, SHIFT, new float[16]),
            s -> FastMath.log1p(FastMath.exp(s - (double) SHIFT)),
            s -> 1 / (1 + FastMath.exp((double) SHIFT - s))),
        new Pass(
            "hinge",
            (k, a, o, n) -> k.hingeSum(a, o, n, SHIFT, new float[16]),
            s -> Math.max(0, s - (double) SHIFT),
            s -> s > SHIFT ? 1 : 0),
        power("relu", ScoreKernels::reluPowerSum, d -> Math.max(0, 1 + d), d -> d > -1 ? 1 : 0),
        power(
            "tanh",
            ScoreKernels::tanhPowerSum,
            d -> 1 + FastMath.tanh(d),
            d -> 1 - FastMath.pow(FastMath.tanh(d), 2)),
        power(
            "atan",
            ScoreKernels::atanPowerSum,
            d -> Math.max(0, 1 + FastMath.atan(d)),
            d -> 1 + FastMath.atan(d) > 0 ? 1 / (1 + d * d) : 0));
  }

  private interface PowerSum {
    float on(
        ScoreKernels kernels,
        float[] a,
        int offset,
        int n,
        float scale,
        float shift,
        float power,
        float logLargest,
        float[] lanes);
  }

  private static Pass power(
      String name, PowerSum sum, DoubleUnaryOperator act, DoubleUnaryOperator slope) {
    DoubleUnaryOperator d = s -> s * SCALE - (double) SHIFT;
    float logLargest = (float) Math.log(act.applyAsDouble(d.applyAsDouble(4)));
    ToDoubleFunction<Float> weight =
        s -> Math.pow(act.applyAsDouble(d.applyAsDouble(s)) / Math.exp(logLargest), POWER);
    return new Pass(
        name,
        (k, a, o, n) -> sum.on(k, a, o, n, SCALE, SHIFT, POWER, logLargest, new float[16]),
        weight,
        s -> {
          double value = act.applyAsDouble(d.applyAsDouble(s));
          return value == 0
              ? 0
              : weight.applyAsDouble(s) * slope.applyAsDouble(d.applyAsDouble(s)) / value;
        });
  }

  static IntStream lengths() {
    return IntStream.concat(IntStream.rangeClosed(0, 50), IntStream.of(800, 1021));
  }

  private static float[] random(int n) {
    RandomStream random = RandomStream.of(1, Purpose.TEST, n);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) Math.max(-4, Math.min(4, 1.5 * random.nextGaussian()));
    }
    return values;
  }

  private static int[] bits(float... values) {
    return IntStream.range(0, values.length).map(i -> Float.floatToRawIntBits(values[i])).toArray();
  }

  @ParameterizedTest
  @MethodSource("passes")
  void vectorAndScalarPassesLeaveTheSameBits(Pass pass) {
    lengths()
        .forEach(
            n -> {
              float[] one = random(n + 7);
              float[] other = one.clone();
              float scalar = pass.call().on(Kernels.scalar().scores(), one, 3, n);
              float best = pass.call().on(Kernels.best().scores(), other, 3, n);

              assertThat(bits(best)).as("sum of " + n).isEqualTo(bits(scalar));
              assertThat(bits(other)).as("row of " + n).isEqualTo(bits(one));
            });
  }

  @ParameterizedTest
  @MethodSource("passes")
  void agreesWithDoublePrecision(Pass pass) {
    int n = 333;
    float[] scores = random(n);
    float[] left = scores.clone();
    double sum = pass.call().on(Kernels.best().scores(), left, 0, n);
    double expected = 0;
    double size = 0;
    for (float score : scores) {
      expected += pass.summand().applyAsDouble(score);
      size += Math.abs(pass.summand().applyAsDouble(score));
    }

    assertThat(sum).isCloseTo(expected, within(3e-6 * size));
    for (int i = 0; i < n; i++) {
      double slope = pass.left().applyAsDouble(scores[i]);
      assertThat((double) left[i]).isCloseTo(slope, within(1e-5 * Math.abs(slope) + 1e-12));
    }
  }

  @Test
  void aScoreAtMinusInfinityWeighsNothing() {
    passes()
        .filter(pass -> !pass.name().equals("sum"))
        .forEach(
            pass -> {
              for (int n : new int[] {3, 32}) {
                float[] row = random(n);
                row[1] = Float.NEGATIVE_INFINITY;
                assertThat(pass.call().on(Kernels.best().scores(), row, 0, n)).isFinite();
                assertThat(row[1]).as(pass.name()).isBetween(0f, 1e-30f);
              }
            });
  }

  @Test
  void theLogarithmIsAsAccurateAsItSays() {
    for (int i = -120_000; i <= 120_000; i++) {
      float x = (float) Math.pow(10, i / 3200.0);
      double exact = Math.log(x);
      assertThat((double) FloatLog.log(x))
          .isCloseTo(exact, within(2e-7 * Math.max(1, Math.abs(exact))));
      float near = 1 + i * 1e-6f;
      assertThat((double) FloatLog.log(near))
          .isCloseTo(Math.log(near), within(3e-7 * Math.abs(Math.log(near))));
    }
    assertThat(FloatLog.log(0f)).isEqualTo(FloatLog.log(Float.MIN_NORMAL));
    assertThat(FloatLog.log(Float.NaN)).isNaN();
    assertThat(FloatLog.log(Float.POSITIVE_INFINITY)).isNaN();
  }

  @Test
  void sigmoidAndSoftplusAreAsAccurateAsTheySay() {
    for (int i = -86_000; i <= 86_000; i++) {
      float x = i * 1e-3f;
      double sigmoid = 1 / (1 + FastMath.exp(-(double) x));
      double softplus = FastMath.log1p(FastMath.exp(x));
      assertThat((double) FloatSigmoid.sigmoid(x)).isCloseTo(sigmoid, within(5e-7 * sigmoid));
      assertThat((double) FloatSigmoid.softplus(x)).isCloseTo(softplus, within(5e-7 * softplus));
    }
    assertThat(FloatSigmoid.softplus(3e4f)).isEqualTo(3e4f);
    assertThat(FloatSigmoid.sigmoid(3e4f)).isEqualTo(1f);
    assertThat(FloatSigmoid.softplus(Float.NaN)).isNaN();
    assertThat(FloatSigmoid.sigmoid(Float.NaN)).isNaN();
  }

  @Test
  void theArcTangentIsAsAccurateAsItSays() {
    for (int i = -100_000; i <= 100_000; i++) {
      float x = i * 1e-4f;
      double exact = Math.atan(x);
      assertThat((double) FloatAtan.atan(x)).isCloseTo(exact, within(4e-7 * Math.abs(exact)));
    }
    assertThat(FloatAtan.atan(1e30f)).isEqualTo((float) (Math.PI / 2));
    assertThat(FloatAtan.atan(Float.NaN)).isNaN();
  }
}
