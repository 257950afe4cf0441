package bsl.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemperatureScheduleTest {
  @Test
  void fallsLinearlyToTheLossesOwnTemperatureAndStaysThere() {
    TemperatureSchedule schedule = new TemperatureSchedule(0.1, 3, 0.8, 10);

    assertThat(schedule.at(1)).isCloseTo(0.3, within(1e-15));
    assertThat(schedule.at(5)).isCloseTo(0.2, within(1e-15));
    assertThat(schedule.at(8)).isCloseTo(0.125, within(1e-15));
    assertThat(schedule.at(9)).isEqualTo(0.1);
    assertThat(schedule.at(10)).isEqualTo(0.1);
    assertThat(schedule.at(11)).as("beyond the plan").isEqualTo(0.1);
  }

  @Test
  void risesWhereItStartsBelow() {
    TemperatureSchedule schedule = new TemperatureSchedule(0.1, 0.5, 1, 4);

    assertThat(schedule.at(1)).isCloseTo(0.05, within(1e-15));
    assertThat(schedule.at(3)).isCloseTo(0.075, within(1e-15));
    assertThat(schedule.at(5)).isEqualTo(0.1);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.8", "3, 0"})
  void isConstantWithoutAStartOrAShare(double start, double fraction) {
    TemperatureSchedule schedule = new TemperatureSchedule(0.1, start, fraction, 10);

    for (int epoch = 1; epoch <= 10; epoch++) {
      assertThat(schedule.at(epoch)).isEqualTo(0.1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0.5, 1",
    "NaN, 1, 0.5, 1",
    "Infinity, 1, 0.5, 1",
    "1, 0, 0.5, 1",
    "1, Infinity, 0.5, 1",
    "1, NaN, 0.5, 1",
    "1, 1, -0.1, 1",
    "1, 1, 1.1, 1",
    "1, 1, NaN, 1",
    "1, 1, 0.5, 0",
  })
  void refusesWhatIsNoSchedule(double own, double start, double fraction, int epochs) {
    assertThatThrownBy(() -> new TemperatureSchedule(own, start, fraction, epochs))
        .hasMessageContaining("no schedule");
  }
}
