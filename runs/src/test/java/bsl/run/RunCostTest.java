package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Interactions;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunCostTest {
  private static final Interactions TRAIN = TrainingRunTest.parity(120, 80, 10, 3).train();

  private static RunSpec spec(String... assignments) {
    Settings settings = new Settings();
    for (String assignment : List.of("dataset=parity", "batch_size=100", "epochs=8")) {
      settings.setAssignment(assignment);
    }
    for (String assignment : assignments) {
      settings.setAssignment(assignment);
    }
    return RunSpec.of(settings);
  }

  @Test
  void epochsThatAreAlikeHaveEqualShares() {
    RunSpec spec = spec("backbone=lightgcn", "layers=3");

    assertThat(RunCost.share(spec, TRAIN, 0)).isZero();
    assertThat(RunCost.share(spec, TRAIN, 2)).isCloseTo(0.25, within(1e-12));
    assertThat(RunCost.share(spec, TRAIN, 8)).isEqualTo(1);
  }

  @Test
  void shallowEpochsHaveSmallerShares() {
    RunSpec spec = spec("backbone=lightgcn", "layers=3", "shallow_epochs=4");

    double shallow = RunCost.share(spec, TRAIN, 4);

    assertThat(RunCost.share(spec, TRAIN, 2)).isCloseTo(shallow / 2, within(1e-12));
    assertThat(RunCost.share(spec, TRAIN, 6)).isCloseTo((1 + shallow) / 2, within(1e-12));
    assertThat(shallow).isLessThan(0.5);
  }

  @Test
  void positiveNoiseCosts() {
    double clean = RunCost.seconds(spec(), TRAIN);

    assertThat(RunCost.seconds(spec("positive_noise=0.4"), TRAIN)).isGreaterThan(1.1 * clean);
  }
}
