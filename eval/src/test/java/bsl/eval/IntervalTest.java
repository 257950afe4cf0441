package bsl.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
  @Test
  void bothEndsAreInside() {
    Interval interval = new Interval(-1, 2);

    assertThat(interval.contains(-1)).isTrue();
    assertThat(interval.contains(2)).isTrue();
    assertThat(interval.contains(Math.nextDown(-1.0))).isFalse();
    assertThat(interval.contains(Math.nextUp(2.0))).isFalse();
    assertThat(interval.contains(Double.NaN)).isFalse();
  }

  @Test
  void refusesEndsThatAreNotInOrderOrNoNumbers() {
    assertThatThrownBy(() -> new Interval(2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no interval from 2.0 to 1.0");
    assertThatThrownBy(() -> new Interval(0, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no interval from 0.0 to NaN");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.95, 95, Double.NaN})
  void refusesAConfidenceThatIsNone(double confidence) {
    PairedSample pair = new PairedSample(new double[] {0.5, 0.6}, new double[] {0.4, 0.3});
    List<Evidence> all =
        List.of(
            SeedSample.of(1, 2, 3),
            CrossedSample.ofDifferences(List.of(pair, pair)),
            RelativeLead.of(List.of(pair, pair)));
    for (Evidence evidence : all) {
      assertThatThrownBy(() -> evidence.interval(confidence))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("confidence must be between 0 and 1: " + confidence);
    }
  }
}
