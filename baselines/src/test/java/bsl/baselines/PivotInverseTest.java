package bsl.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PivotInverseTest {
  /** Of (2 1; 1 1) the inverse is (1 -1; -1 2). */
  @Test
  void invertsATile() {
    float[] inverse = new float[4];
    new PivotInverse(2, 0).invert(new float[] {2, 1, 1, 1}, inverse);

    assertThat(inverse).containsExactly(new float[] {1, -1, -1, 2}, within(1e-6f));
  }

  /** The second pivot of (1 1; 1 x) is x - 1. */
  @ParameterizedTest
  @ValueSource(floats = {1, 0.5f, Float.NaN})
  void refusesWhatIsNotPositiveDefinite(float last) {
    PivotInverse singular = new PivotInverse(2, 0);

    assertThatThrownBy(() -> singular.invert(new float[] {1, 1, 1, last}, new float[4]))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("pivot " + ((double) last - 1));
  }
}
