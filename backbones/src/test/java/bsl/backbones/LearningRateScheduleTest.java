package bsl.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
  @Test
  void isConstantWithoutWarmUpAndDecay() {
    LearningRateSchedule schedule = new LearningRateSchedule(0.5, 0, 0, 3);

    assertThat(schedule.at(0, 10)).isEqualTo(0.5);
    assertThat(schedule.at(29, 10)).isEqualTo(0.5);
  }

  @Test
  void warmsUpFromNearZeroToThePeak() {
    LearningRateSchedule schedule = new LearningRateSchedule(1, 2, 0, 10);

    assertThat(schedule.at(0, 10)).isCloseTo(1 / 20.0, within(1e-12));
    assertThat(schedule.at(9, 10)).isCloseTo(0.5, within(1e-12));
    assertThat(schedule.at(19, 10)).isEqualTo(1);
  }

  @Test
  void decaysLinearlyToNearZeroOverTheLastShare() {
    LearningRateSchedule schedule = new LearningRateSchedule(1, 0, 0.5, 10);

    assertThat(schedule.at(50, 10)).isEqualTo(1);
    assertThat(schedule.at(75, 10)).isCloseTo(0.5, within(1e-12));
    assertThat(schedule.at(99, 10)).isCloseTo(0.02, within(1e-12));
    assertThat(schedule.at(120, 10)).as("beyond the plan").isZero();
  }

  @Test
  void mayWarmUpAndDecayOverAllEpochs() {
    LearningRateSchedule schedule = new LearningRateSchedule(1, 4, 1, 4);

    assertThat(schedule.at(0, 10)).isCloseTo(1 / 40.0, within(1e-12));
    assertThat(schedule.at(19, 10)).isCloseTo(20 / 40.0 * 21 / 40, within(1e-12));
    assertThat(schedule.at(39, 10)).isCloseTo(1 / 40.0, within(1e-12));
  }

  @Test
  void refusesWhatIsNoSchedule() {
    assertThatThrownBy(() -> new LearningRateSchedule(0, 0, 0, 1))
        .hasMessageContaining("learning rate must be positive");
    assertThatThrownBy(() -> new LearningRateSchedule(1, Double.POSITIVE_INFINITY, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LearningRateSchedule(1, -1, 0, 1))
        .hasMessageContaining("no schedule");
    for (double decay : new double[] {-0.1, 1.5, Double.NaN}) {
      assertThatThrownBy(() -> new LearningRateSchedule(1, 0, decay, 1))
          .hasMessageContaining("no schedule");
    }
    assertThatThrownBy(() -> new LearningRateSchedule(1, 0, 0, 0))
        .hasMessage("no schedule with warm-up 0.0, decay 0.0, epochs 0");
  }
}
