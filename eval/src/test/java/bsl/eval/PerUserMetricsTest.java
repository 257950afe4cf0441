package bsl.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerUserMetricsTest {
  private static PerUserMetrics of(double... values) {
    return PerUserMetrics.of(new int[] {0, 1, 2}, Map.of("recall@5", values));
  }

  @Test
  void theMeanIsThatOfTheValues() {
    assertThat(of(0, 1, 0.5).mean().get("recall@5")).isEqualTo(0.5);
  }

  @ParameterizedTest
  @ValueSource(doubles = {3, 1.0000001, -1e-300, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatNoMetricCanBe(double value) {
    assertThatThrownBy(() -> of(0.1, value, 0.2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a user has recall@5 " + value + ", which is not in [0, 1]");
  }
}
