package bsl.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeterTest {
  private static final Map<String, Double> SECONDS = Map.of("a", 10.0, "b", 4.0, "c", 2.0);

  private final Meter meter = new Meter(2, 0, 0);

  private void begin(double later, String... works) {
    meter.begin(List.of(works), SECONDS::get, later);
  }

  @Test
  void nothingIsKnownBeforeAnythingIsMeasured() {
    begin(6, "a", "b", "c");

    assertThat(meter.isCalibrated()).isFalse();
    assertThat(meter.slowness()).isEqualTo(1);
    assertThat(meter.secondsLeft()).isNaN();
    meter.done("c", 0, 0);
    assertThat(meter.isCalibrated()).as("what was there before says nothing").isFalse();
  }

  @Test
  void whatIsLeftIsSharedByTheLanesAtTheSpeedThatWasMeasured() {
    begin(6, "a", "b", "c");
    meter.done("c", 6, 2);

    assertThat(meter.slowness()).isEqualTo(3);
    assertThat(meter.secondsLeft()).isEqualTo(3 * (10 + 4 + 6) / 2.0);
    meter.progressed("a", 0.4);
    assertThat(meter.secondsLeft()).isEqualTo(3 * (6 + 4 + 6) / 2.0);
    meter.done("b", 0, 0);
    assertThat(meter.secondsLeft()).isEqualTo(3 * (6 + 6) / 2.0);
    assertThat(meter.measured()).isEqualTo(6);
    assertThat(meter.estimated()).isEqualTo(2);
  }

  @Test
  void oneLaneIsAtWorkUntilTheLongestIsDone() {
    begin(0, "a", "b", "c");
    meter.done("c", 2, 2);
    meter.progressed("b", 0.5);

    assertThat(meter.secondsLeft()).isEqualTo(10);
    meter.progressed("a", 0.9);
    assertThat(meter.secondsLeft()).isEqualTo(2);
  }

  /** The next rung has the same trials, of which nothing is done yet. */
  @Test
  void whatBeginsAnewIsNotDoneToTheShareOfBefore() {
    begin(0, "a", "c");
    meter.done("c", 2, 2);
    meter.progressed("a", 0.9);
    begin(0, "a");

    assertThat(meter.secondsLeft()).isEqualTo(10);
  }
}
