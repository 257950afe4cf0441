package bsl.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
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

  @Test
  void nothingThatIsGivenOrHandedOutChangesThem() {
    int[] users = {0, 1, 2};
    double[] values = {0, 1, 0.5};
    PerUserMetrics metrics = PerUserMetrics.of(users, Map.of("recall@5", values));
    Arrays.fill(users, 7);
    Arrays.fill(values, 0.25);
    Arrays.fill(metrics.users(), 8);
    Arrays.fill(metrics.values("recall@5"), 0.75);

    assertThat(metrics.users()).containsExactly(0, 1, 2);
    assertThat(metrics.values("recall@5")).containsExactly(0, 1, 0.5);
    assertThatThrownBy(() -> metrics.keys().remove("recall@5"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> metrics.mean().asMap().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void refusesUsersThatDoNotAscendAndValuesThatAreNotTheirs() {
    Map<String, double[]> values = Map.of("recall@5", new double[2]);

    assertThatThrownBy(() -> PerUserMetrics.of(new int[] {3, 3}, values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("users do not ascend at 3");
    assertThatThrownBy(() -> PerUserMetrics.of(new int[] {3}, values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 values of recall@5 for 1 users");
    assertThatThrownBy(() -> of(0, 1, 0.5).values("recall@6"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no metric recall@6; there are [recall@5]");
  }

  @ParameterizedTest
  @ValueSource(doubles = {3, 1.0000001, -1e-300, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatNoMetricCanBe(double value) {
    assertThatThrownBy(() -> of(0.1, value, 0.2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a user has recall@5 " + value + ", which is not in [0, 1]");
  }
}
