package bsl.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepSumsTest {
  private static final int STEPS = 2000;

  /** A step's size, all over two orders of magnitude and now and then zero. */
  private static double size(int step) {
    return step % 37 == 0 ? 0 : 0.01 * Math.pow(10, Math.sin(step));
  }

  /** All terms of the sum, none cut off. */
  private static double weight(int from, int to) {
    double sum = 0;
    for (int s = from; s < to; s++) {
      sum += size(s) * Math.pow(0.9, s - from) / Math.pow(0.999, (s - from) / 2.0);
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5000})
  void weightsAreTheWholeSumsToRounding(int start) {
    StepSums sums = new StepSums();
    sums.add(1, 1);
    sums.startAt(start);
    for (int to = start; to < start + STEPS; to++) {
      sums.add(size(to), 1e-8 * to);
      for (int from = start; from <= to; from += 1 + (to - from) / 3) {
        double expected = weight(from, to + 1);
        assertThat((double) sums.weight(from)).isCloseTo(expected, within(1e-7 * expected));
      }
    }
    assertThat(sums.epsilon(start)).isEqualTo((float) (1e-8 * start));
    assertThat(sums.epsilon(start + 1999)).isEqualTo((float) (1e-8 * (start + 1999)));
  }

  @Test
  void decaysArePowersUntilTheyHaveNoEffect() {
    StepSums sums = new StepSums();
    int steps = 100_000;
    for (int k = 1; k <= steps; k++) {
      sums.add(1, 1);
    }
    for (int k = 1; k <= steps; k += 1 + k / 50) {
      double first = Math.pow(0.9, k);
      double second = Math.pow(0.999, k);
      assertThat((double) sums.decay1(k)).isCloseTo(first, within(k < 200 ? 1e-7 * first : 1e-9));
      assertThat((double) sums.decay2(k))
          .isCloseTo(second, within(k < 87_000 ? 1e-7 * second : Float.MIN_NORMAL));
    }
    assertThat(sums.decay1(200)).isZero();
    assertThat(sums.decay2(steps)).isZero();
  }
}
