package bsl.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.run.RunListener;
import bsl.run.RunScheduler;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.run.SettingKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials that are runs of a store, of which other processes may have trained a part. */
class RunTrialTrainerTest {
  private static final BooleanSupplier NEVER = () -> false;

  @TempDir Path folder;

  private final RunSpec run =
      TrialDraws.asTrial(
          TuningTest.base()
              .with(SettingKey.DIMENSION, 8)
              .with(SettingKey.EPOCHS, 9)
              .with(SettingKey.SEED, 1));
  private final Trial trial = new Trial(1, run, Map.of(), false);
  private RunStore store;
  private RunScheduler scheduler;

  @BeforeEach
  void makeStore() {
    store = TuningTest.store(folder);
    scheduler = new RunScheduler(store, 1, true);
  }

  /** As another process, or an earlier session, does it. */
  private void trainedBefore(int epochs) {
    store.run(run, "fast", 1).advance(epochs, RunListener.SILENT, NEVER);
  }

  private TrialTrainer.Effort effort(TrialTrainer.Leg leg, BooleanSupplier closed) {
    List<TrialTrainer.Effort> efforts = new ArrayList<>();
    new RunTrialTrainer(store, scheduler, TuningPlan.METRIC, new TreeMap<>())
        .train(
            List.of(leg),
            new TrialTrainer.Arrivals() {
              @Override
              public void arrived(TrialTrainer.Leg leg, double value, TrialTrainer.Effort effort) {
                efforts.add(effort);
              }

              @Override
              public void failed(TrialTrainer.Leg leg, String why) {
                throw new AssertionError(why);
              }

              @Override
              public void held(TrialTrainer.Leg leg, String holder) {}

              @Override
              public void progressed(TrialTrainer.Leg leg, double share) {}
            },
            closed,
            NEVER);
    assertThat(efforts).hasSize(1);
    return efforts.get(0);
  }

  @Test
  void aLegThatWasBrokenOffIsEstimatedByItsRest() {
    trainedBefore(2);

    TrialTrainer.Effort effort = effort(new TrialTrainer.Leg(trial, 1, 3), NEVER);

    assertThat(effort.seconds()).isPositive();
    assertThat(effort.estimatedSeconds())
        .as("one epoch of three")
        .isCloseTo(scheduler.secondsBetween(run, 0, 3) / 3, within(1e-9));
  }

  @Test
  void whatAnotherProcessHasTrainedMeanwhileTakesNothing() {
    // Asked after the trainer has looked what is there, and before it begins.
    BooleanSupplier meanwhile =
        () -> {
          trainedBefore(3);
          return false;
        };

    assertThat(effort(new TrialTrainer.Leg(trial, 0, 3), meanwhile))
        .isEqualTo(TrialTrainer.Effort.NONE);
  }
}
