package bsl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Vector and scalar steps of Adam, bit for bit, and several steps at once against their formula.
 */
class AdamKernelsTest {
  private static final AdamKernels SCALAR = Kernels.scalar().adam();
  private static final AdamKernels BEST = Kernels.best().adam();

  private static final int N = 96;
  private static final int OFFSET = 32;

  /** Parameters, first and second moments: the last floats of each are not to be touched. */
  private static float[][] state(long seed) {
    float[][] state = new float[3][];
    for (int t = 0; t < 3; t++) {
      state[t] = Twins.random(N + 2 * OFFSET, seed + t);
    }
    for (int i = 0; i < state[2].length; i++) {
      state[2][i] = Math.abs(state[2][i]);
    }
    return state;
  }

  /** Runs both kernels on the same state and hands out what they make of it. */
  private static float[][] sameBits(float[][] start, BiConsumer<AdamKernels, float[][]> steps) {
    float[][] scalar = Arrays.stream(start).map(float[]::clone).toArray(float[][]::new);
    float[][] best = Arrays.stream(start).map(float[]::clone).toArray(float[][]::new);
    steps.accept(SCALAR, scalar);
    steps.accept(BEST, best);
    for (int t = 0; t < start.length; t++) {
      assertThat(Twins.bits(best[t])).isEqualTo(Twins.bits(scalar[t]));
      for (int i = 0; i < start[t].length; i++) {
        if (i < OFFSET || i >= OFFSET + N) {
          assertThat(best[t][i]).as("not to be touched").isEqualTo(start[t][i]);
        }
      }
    }
    return best;
  }

  @Test
  void adamStepsAgreeBitForBit() {
    float[] gradient = Twins.random(N + 3, 10);
    sameBits(
        state(12),
        (kernels, s) ->
            kernels.step(s[0], s[1], s[2], OFFSET, gradient, 3, N, 0.9f, 0.999f, 1e-3f, 1e-8f));
  }

  @Test
  void missedStepsAgreeBitForBit() {
    float[] alpha = Twins.random(60, 11);
    float[] epsilon = new float[60];
    Arrays.fill(epsilon, 1e-8f);
    sameBits(
        state(12),
        (kernels, s) ->
            kernels.idle(s[0], s[1], s[2], OFFSET, N, 0.9f, 0.999f, alpha, epsilon, 3, 57));
  }

  @Test
  void stepsWithOneGradientAreThatStepRepeated() {
    float[] alpha = Twins.random(60, 11);
    float[] epsilon = new float[60];
    Arrays.fill(epsilon, 1e-8f);
    float[] gradient = Twins.random(N + 3, 10);
    float[][] start = state(12);

    float[][] repeated =
        sameBits(
            start,
            (kernels, s) ->
                kernels.repeat(
                    s[0], s[1], s[2], OFFSET, gradient, 3, N, 0.9f, 0.999f, alpha, epsilon, 3, 57));

    float[][] stepped = Arrays.stream(start).map(float[]::clone).toArray(float[][]::new);
    for (int s = 3; s < 57; s++) {
      BEST.step(
          stepped[0],
          stepped[1],
          stepped[2],
          OFFSET,
          gradient,
          3,
          N,
          0.9f,
          0.999f,
          alpha[s],
          epsilon[s]);
    }
    assertThat(repeated).isDeepEqualTo(stepped);
  }

  @Test
  void gradientsAreAddedToMoments() {
    float[] gradient = Twins.random(N + 3, 10);
    float[][] start = state(20);

    float[][] after =
        sameBits(
            start,
            (kernels, s) -> kernels.accumulate(s[1], s[2], OFFSET, gradient, 3, N, 0.1f, 0.001f));

    assertThat(after[0]).isEqualTo(start[0]);
    for (int i = 0; i < N; i++) {
      double g = gradient[3 + i];
      double m = start[1][OFFSET + i] + 0.1 * g;
      double v = start[2][OFFSET + i] + 0.001 * g * g;
      assertThat((double) after[1][OFFSET + i]).isCloseTo(m, within(1e-6));
      assertThat((double) after[2][OFFSET + i]).isCloseTo(v, within(1e-6));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.9, 0.999", "0.3, 0.97", "7e-10, 0.8", "0, 0.1", "0, 0"})
  void severalStepsAtOnceFollowTheirFormula(float decay1, float decay2) {
    float[][] start = state(30);

    float[][] after =
        sameBits(
            start,
            (kernels, s) ->
                kernels.settle(s[0], s[1], s[2], OFFSET, N, 0.01f, 1e-4f, decay1, decay2));

    for (int i = OFFSET; i < OFFSET + N; i++) {
      double m = start[1][i];
      double v = start[2][i];
      double step = 0.01 * m / (Math.sqrt(v) + 1e-4);
      double size = Math.abs(start[0][i]) + Math.abs(step);
      assertThat((double) after[0][i]).isCloseTo(start[0][i] - step, within(1e-6 * size));
      assertThat((double) after[1][i]).isCloseTo(decay1 * m, within(1e-7 * Math.abs(m)));
      assertThat((double) after[2][i]).isCloseTo(decay2 * v, within(1e-7 * v));
    }
  }

  /** Row by row: moments that stay normal, that become denormal, that are so already, and zeros. */
  @Test
  void momentsBelowTheSmallestNormalNumberBecomeZero() {
    float[] moments = {1e-37f, -1e-37f, 2e-38f, -2e-38f, 1.2e-38f, -1e-40f, 0f, -0f};
    float[][] start = state(40);
    for (int i = 0; i < N; i++) {
      start[1][OFFSET + i] = moments[i % moments.length];
      start[2][OFFSET + i] = Math.abs(moments[(i / 3) % moments.length]);
    }

    float[][] after =
        sameBits(
            start,
            (kernels, s) -> kernels.settle(s[0], s[1], s[2], OFFSET, N, 0.01f, 1e-8f, 0.5f, 0.5f));

    for (int t = 1; t < 3; t++) {
      for (int i = OFFSET; i < OFFSET + N; i++) {
        boolean normal = Math.abs(start[t][i]) == 1e-37f;
        assertThat(after[t][i]).isEqualTo(normal ? 0.5f * start[t][i] : 0f);
      }
    }
  }

  @Test
  void withoutMomentsNothingMoves() {
    float[][] start = state(50);
    Arrays.fill(start[1], 0f);
    Arrays.fill(start[2], 0f);

    float[][] after =
        sameBits(
            start,
            (kernels, s) ->
                kernels.settle(s[0], s[1], s[2], OFFSET, N, 0.01f, 1e-10f, 0.9f, 0.999f));

    assertThat(after).isDeepEqualTo(start);
  }
}
