package bsl.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SeedSummaryTest {
  @Test
  void hasTheTextbookInterval() {
    SeedSummary summary = SeedSummary.of(new double[] {1, 2, 3, 4, 5}, 0.95);

    // t(0.975; 4) = 2.776445 by the tables; standard deviation sqrt(2.5).
    double half = 2.776445 * Math.sqrt(2.5) / Math.sqrt(5);
    assertThat(summary.seeds()).isEqualTo(5);
    assertThat(summary.mean()).isEqualTo(3);
    assertThat(summary.standardDeviation()).isCloseTo(Math.sqrt(2.5), within(1e-12));
    assertThat(summary.interval().low()).isCloseTo(3 - half, within(1e-5));
    assertThat(summary.interval().high()).isCloseTo(3 + half, within(1e-5));
  }

  @Test
  void oneSeedSaysNothingOfTheSpread() {
    SeedSummary summary = SeedSummary.of(new double[] {0.25}, 0.95);

    assertThat(summary.standardDeviation()).isZero();
    assertThat(summary.interval().contains(1e9)).isTrue();
  }

  @Test
  void refusesNothingAndWhatIsNoResult() {
    assertThatThrownBy(() -> SeedSummary.of(new double[0], 0.9)).hasMessage("no results to sum up");
    assertThatThrownBy(() -> SeedSummary.of(new double[] {Double.NaN}, 0.9))
        .hasMessage("not a result: NaN");
  }
}
