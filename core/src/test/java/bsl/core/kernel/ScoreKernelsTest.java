package bsl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.Arrays;
import java.util.List;
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
      float on(ScoreKernels kernels, float[] a, int offset, int n, float[] weights);
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
        new Pass("sum", (k, a, o, n, w) -> k.sum(a, o, n, new float[16]), s -> s, s -> s),
        new Pass(
            "softplus",
            (k, a, o, n, w) -> k.softplusSum(a, o, n, w, SHIFT, new float[16]),
            s -> FastMath.log1p(FastMath.exp(s - (double) SHIFT)),
            s -> 1 / (1 + FastMath.exp((double) SHIFT - s))),
        new Pass(
            "hinge",
            (k, a, o, n, w) -> k.hingeSum(a, o, n, w, SHIFT, new float[16]),
            s -> Math.max(0, s - (double) SHIFT),
            s -> s > SHIFT ? 1 : 0),
        power(RELU),
        power(TANH),
        power(ATAN));
  }

  /**
   * An activation of pairwise softmax loss.
   *
   * @param sum the pass, with origin 1
   * @param largest what the pass is told of the largest score's (score - shift) * scale
   * @param unit what has to be divided by the largest activation after the pass
   * @param log log act in double precision, minus infinity where act is not positive
   * @param logSlope act' / act in double precision
   */
  private record Activation(
      String name,
      PowerSum sum,
      ToDoubleFunction<Float> largest,
      boolean unit,
      DoubleUnaryOperator log,
      DoubleUnaryOperator logSlope) {
    float largest(float score, float scale, float shift) {
      return (float) largest.applyAsDouble((score - shift) * scale);
    }

    double weight(double d, double largest, double power) {
      return Math.exp(power * (log.applyAsDouble(d) - log.applyAsDouble(largest)));
    }

    /** What is left of a score. */
    double left(double d, double largest, double power) {
      double weight = weight(d, largest, power);
      double units = unit ? Math.exp(log.applyAsDouble(largest)) : 1;
      return weight == 0 ? 0 : weight * logSlope.applyAsDouble(d) * units;
    }
  }

  private interface PowerSum {
    float on(
        ScoreKernels kernels,
        float[] a,
        int offset,
        int n,
        float[] weights,
        float scale,
        float shift,
        float power,
        float largest,
        float[] lanes);
  }

  private static final Activation RELU =
      new Activation(
          "relu",
          (k, a, o, n, w, scale, shift, power, largest, lanes) ->
              k.reluPowerSum(a, o, n, w, scale, shift, 1f, power, largest, lanes),
          d -> 1f + d,
          true,
          d -> Math.log(Math.max(0, 1 + d)),
          d -> 1 / (1 + d));

  private static final Activation TANH =
      new Activation(
          "tanh",
          ScoreKernels::tanhPowerSum,
          d -> FloatSigmoid.softplus(-2f * d),
          false,
          d -> Math.log(2) - Math.max(-2 * d, 0) - Math.log1p(Math.exp(-Math.abs(2 * d))),
          d -> 2 / (1 + Math.exp(2 * d)));

  private static final Activation ATAN =
      new Activation(
          "atan",
          ScoreKernels::atanPowerSum,
          d -> FloatAtan.onePlusAtan(d),
          true,
          d -> Math.log(Math.max(0, 1 + Math.atan(d))),
          d -> 1 / ((1 + d * d) * (1 + Math.atan(d))));

  private static Pass power(Activation act) {
    DoubleUnaryOperator d = s -> s * SCALE - (double) SHIFT * SCALE;
    double top = d.applyAsDouble(4);
    float largest = act.largest(4f, SCALE, SHIFT);
    return new Pass(
        act.name(),
        (k, a, o, n, w) -> act.sum().on(k, a, o, n, w, SCALE, SHIFT, POWER, largest, new float[16]),
        s -> act.weight(d.applyAsDouble(s), top, POWER),
        s -> act.left(d.applyAsDouble(s), top, POWER));
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
              float scalar = pass.call().on(Kernels.scalar().scores(), one, 3, n, null);
              float best = pass.call().on(Kernels.best().scores(), other, 3, n, null);

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
    double sum = pass.call().on(Kernels.best().scores(), left, 0, n, null);
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

  static Stream<Pass> weightedPasses() {
    return passes().filter(pass -> !pass.name().equals("sum"));
  }

  /** From 0 to 3, one in four of them 0. */
  private static float[] weights(int n) {
    RandomStream random = RandomStream.of(2, Purpose.TEST, n);
    float[] weights = new float[n];
    for (int i = 0; i < n; i++) {
      weights[i] = random.nextInt(4) == 0 ? 0 : (float) (3 * random.nextDouble());
    }
    return weights;
  }

  @ParameterizedTest
  @MethodSource("weightedPasses")
  void vectorAndScalarPassesLeaveTheSameBitsWithWeights(Pass pass) {
    lengths()
        .forEach(
            n -> {
              float[] weights = weights(n);
              float[] one = random(n + 7);
              float[] other = one.clone();
              float scalar = pass.call().on(Kernels.scalar().scores(), one, 3, n, weights);
              float best = pass.call().on(Kernels.best().scores(), other, 3, n, weights);

              assertThat(bits(best)).as("sum of " + n).isEqualTo(bits(scalar));
              assertThat(bits(other)).as("row of " + n).isEqualTo(bits(one));
            });
  }

  @ParameterizedTest
  @MethodSource("weightedPasses")
  void weightsMultiplyWhatAScoreAddsAndWhatIsLeftOfIt(Pass pass) {
    int n = 333;
    float[] scores = random(n);
    float[] weights = weights(n);
    float[] left = scores.clone();
    double sum = pass.call().on(Kernels.best().scores(), left, 0, n, weights);
    double expected = 0;
    for (int i = 0; i < n; i++) {
      expected += weights[i] * pass.summand().applyAsDouble(scores[i]);
    }

    assertThat(sum).isCloseTo(expected, within(3e-6 * expected));
    for (int i = 0; i < n; i++) {
      double slope = weights[i] * pass.left().applyAsDouble(scores[i]);
      assertThat((double) left[i]).isCloseTo(slope, within(1e-5 * Math.abs(slope) + 1e-12));
      if (weights[i] == 0) {
        assertThat(left[i]).isZero();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("weightedPasses")
  void weightsOfOneChangeNoBit(Pass pass) {
    for (ScoreKernels kernels : List.of(Kernels.scalar().scores(), Kernels.best().scores())) {
      for (int n : new int[] {1, 16, 35, 100}) {
        float[] ones = new float[n];
        Arrays.fill(ones, 1f);
        float[] one = random(n + 5);
        float[] other = one.clone();
        float weighted = pass.call().on(kernels, one, 2, n, ones);
        float plain = pass.call().on(kernels, other, 2, n, null);

        assertThat(bits(weighted)).isEqualTo(bits(plain));
        assertThat(bits(one)).isEqualTo(bits(other));
      }
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
                assertThat(pass.call().on(Kernels.best().scores(), row, 0, n, null)).isFinite();
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

  static Stream<Activation> activations() {
    return Stream.of(RELU, TANH, ATAN);
  }

  /**
   * Raw scores and the powers 1 / tau of tau from 0.01 to 10. With scale 1/2 and scores that are
   * multiples of 2^-13 the argument d is exact, so that only the pass itself rounds.
   */
  @ParameterizedTest
  @MethodSource("activations")
  void rawScoresHaveTheWeightsAndSlopesOfDoublePrecision(Activation act) {
    for (float positive : new float[] {-50, -3, 0, 48, 50}) {
      for (float power : new float[] {0.1f, 1, 10, 100}) {
        for (float spread : new float[] {2, 10, 100}) {
          RandomStream random = RandomStream.of(7, Purpose.TEST, (long) positive, (long) spread);
          float[] row = new float[35];
          for (int j = 0; j < row.length; j++) {
            double near = positive + spread * (2 * random.nextDouble() - 1);
            row[j] = Math.round(Math.max(-50, Math.min(50, near)) * 8192) / 8192f;
          }
          assertWeightsAndSlopes(act, row, positive, power);
        }
      }
    }
  }

  /** All negatives far below the positive: activations near 2 exp(-100), which sigmoids clamp. */
  @Test
  void tanhKnowsNegativesFarBelowThePositiveFromEachOther() {
    for (float power : new float[] {0.1f, 10, 100}) {
      assertWeightsAndSlopes(TANH, new float[] {-50, -46, -48, -49.75f, -46.125f}, 50, power);
      assertWeightsAndSlopes(TANH, new float[] {-950, -946, -948}, 50, power);
    }
  }

  /** All negatives just above -tan 1, where 1 + atan cancels. */
  @Test
  void atanKnowsNegativesNearItsRootFromEachOther() {
    float root = (float) -Math.tan(1);
    for (float distance : new float[] {1e-2f, 1e-4f, 1e-6f}) {
      float[] row = new float[21];
      for (int j = 0; j < row.length; j++) {
        row[j] = 2 * (root + distance * (j + 1) / 7);
      }
      for (float power : new float[] {0.1f, 1, 10, 100}) {
        assertWeightsAndSlopes(ATAN, row, 0, power);
      }
    }
  }

  /**
   * Relative to the largest weight or slope of the row. A weight is exp(power z) with z = log act -
   * log (largest act), of which single precision knows a few units of 2^-24, times log act where
   * that is large.
   */
  private static void assertWeightsAndSlopes(
      Activation act, float[] row, float positive, float power) {
    float max = row[0];
    for (float score : row) {
      max = Math.max(max, score);
    }
    double top = (max - (double) positive) / 2;
    if (!(act.log().applyAsDouble(top) > Double.NEGATIVE_INFINITY)) {
      return;
    }
    float largest = act.largest(max, 0.5f, positive);
    float[] left = row.clone();
    double sum =
        act.sum()
            .on(
                Kernels.best().scores(),
                left,
                0,
                row.length,
                null,
                0.5f,
                positive,
                power,
                largest,
                new float[16]);
    double expectedSum = 0;
    double largestSlope = 0;
    double logarithm = act == TANH ? Math.abs(act.log().applyAsDouble(top)) : 1;
    for (float score : row) {
      double d = (score - (double) positive) / 2;
      expectedSum += act.weight(d, top, power);
      largestSlope = Math.max(largestSlope, act.left(d, top, power));
    }
    double tolerance = 0x1p-24 * (16 + 4 * power * Math.max(1, logarithm));

    assertThat(sum).isCloseTo(expectedSum, within(tolerance * expectedSum));
    for (int j = 0; j < row.length; j++) {
      double d = (row[j] - (double) positive) / 2;
      assertThat((double) left[j])
          .as("%s of %s, power %s", act.name(), d, power)
          .isCloseTo(act.left(d, top, power), within(tolerance * largestSlope));
    }
  }

  @Test
  void onePlusTheArcTangentIsAsAccurateAsItSays() {
    float root = (float) -Math.tan(1);
    for (int i = -100_000; i <= 100_000; i++) {
      for (float x : new float[] {i * 1e-4f, i, root + i * Math.ulp(root), root + i * 1e-6f}) {
        double exact = 1 + Math.atan(x);
        // A double knows the difference at the root itself to 1e-16 only.
        assertThat((double) FloatAtan.onePlusAtan(x))
            .as("%s", x)
            .isCloseTo(exact, within(5e-7 * Math.abs(exact) + 2e-16));
      }
    }
    assertThat(FloatAtan.onePlusAtan(1e30f)).isEqualTo((float) (1 + Math.PI / 2));
    assertThat(FloatAtan.onePlusAtan(-1e30f)).isEqualTo((float) (1 - Math.PI / 2));
    assertThat(FloatAtan.onePlusAtan(Float.NaN)).isNaN();
  }
}
