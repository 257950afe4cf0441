package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepListenerTest {
  private final List<Double> shares = new ArrayList<>();
  private final List<Integer> trained = new ArrayList<>();
  private final RunSpec spec = RunSpec.of(Settings.ofAssignments(List.of("dataset=mine")));
  private final StepListener steps =
      new StepListener(
          spec,
          epochs -> epochs / 4,
          new RunScheduler.Listener() {
            @Override
            public void progressed(RunSpec run, double share) {
              shares.add(share);
            }

            @Override
            public void trained(RunSpec run, int epochs) {
              trained.add(epochs);
            }
          });

  /** The second of four epochs, which goes on from a checkpoint. */
  private void epoch(int stepsPerEpoch) {
    assertThat(steps.begunAt()).isEmpty();
    steps.started(1, 4, stepsPerEpoch);
    for (int step = 1; step <= stepsPerEpoch; step++) {
      steps.stepped(step);
    }
    steps.epochDone(new EpochRecord(2, 0.5, 1, Map.of()), true);
  }

  @Test
  void anEpochOfManyStepsIsToldAHundredTimes() {
    epoch(1000);

    assertThat(shares).hasSize(1 + 100 + 1).isSorted();
    assertThat(shares.get(0)).isEqualTo(0.25);
    assertThat(shares.get(50)).isCloseTo(1.5 / 4, within(1e-12));
    assertThat(shares.get(101)).isEqualTo(0.5);
    assertThat(trained).containsExactly(1, 2);
    assertThat(steps.begunAt()).hasValue(1);
  }

  @Test
  void anEpochOfFewStepsIsToldInEach() {
    epoch(2);

    assertThat(shares).containsExactly(0.25, 0.375, 0.5, 0.5);
  }
}
