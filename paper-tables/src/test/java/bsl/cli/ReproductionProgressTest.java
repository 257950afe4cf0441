package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.paper.ReproductionPlan;
import bsl.run.Presets;
import bsl.run.RunSpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReproductionProgressTest {
  private static final RunSpec LONG_RUN = Presets.spec("pairwise", "ml-1m", "mf", "sl");
  private static final RunSpec SHORT_RUN = Presets.spec("pairwise", "ml-1m", "mf", "bsl");

  private static final Path LONG_FOLDER = Path.of("runs", "ml-1m-mf-sl-12");
  private static final Path SHORT_FOLDER = Path.of("runs", "ml-1m-mf-bsl-34");

  private static final ReproductionPlan PLAN =
      new ReproductionPlan(
          2,
          List.of(
              new ReproductionPlan.OpenRun(LONG_RUN, LONG_FOLDER, 0, 300, 300),
              new ReproductionPlan.OpenRun(SHORT_RUN, SHORT_FOLDER, 0, 100, 100)),
          2,
          2,
          Map.of());

  private final StringWriter err = new StringWriter();
  private long now;

  private ReproductionProgress progress() {
    return progress(PLAN);
  }

  private ReproductionProgress progress(ReproductionPlan plan) {
    ReproductionProgress progress = new ReproductionProgress(new PrintWriter(err, true), () -> now);
    progress.begin(plan);
    return progress;
  }

  @Test
  void withoutATerminalThereIsALineEveryFiveMinutesThatSaysWhichRunIsAtWhichEpoch() {
    try (ReproductionProgress progress = progress()) {
      progress.started(LONG_RUN);
      progress.progressed(LONG_RUN, 0);
      after(Duration.ofMinutes(4));
      progress.progressed(LONG_RUN, 0.3);
      assertThat(err.toString()).isEmpty();

      after(Duration.ofMinutes(2));
      progress.trained(LONG_RUN, 11);
      progress.progressed(LONG_RUN, 0.4);
      after(Duration.ofMinutes(4));
      progress.progressed(LONG_RUN, 0.5);
    }

    // 0.4 of a run that is three quarters of the work, in six minutes.
    assertThat(err.toString().lines())
        .containsExactly("0/2 30% done, about 0:14:00 left; epoch 12/30  40% ml-1m-mf-sl-12");
  }

  @Test
  void aTerminalHasALineForAllAndOneForEachRunThatIsBeingTrained() {
    try (ReproductionProgress progress = progress()) {
      progress.started(LONG_RUN);
      progress.progressed(LONG_RUN, 0);
      progress.started(SHORT_RUN);
      after(Duration.ofMinutes(6));
      progress.progressed(LONG_RUN, 0.4);
      progress.trained(SHORT_RUN, 3);

      assertThat(progress.overall(80))
          .startsWith("0:14:00 left  30% [====")
          .endsWith("] 0 of 2 runs done")
          .hasSizeLessThanOrEqualTo(80);
      assertThat(progress.overall(24)).startsWith("0:14:00 left  30% [").hasSize(24);
      assertThat(progress.ofRun(0)).isEqualTo("  epoch 1/30  40% ml-1m-mf-sl-12");
      assertThat(progress.ofRun(1)).isEqualTo("  epoch 4/30   0% ml-1m-mf-bsl-34");
      assertThat(progress.ofRun(2)).isEmpty();
    }
  }

  /** What was trained earlier took no time of today's. */
  @Test
  void theTimeLeftIsThatOfARunThatGoesOn() {
    try (ReproductionProgress progress = progress()) {
      progress.started(LONG_RUN);
      progress.progressed(LONG_RUN, 0.8);
      after(Duration.ofMinutes(4));
      progress.progressed(LONG_RUN, 0.9);

      // A tenth of three quarters of the work in four minutes; 0.325 of the work is left.
      assertThat(progress.overall(80)).startsWith("0:17:20 left  68% [");
    }
  }

  /** Checkpoints count from the beginning, also those of runs whose turn has not come. */
  @Test
  void whatCheckpointsHaveIsDoneBeforeTheirRunsGoOn() {
    ReproductionPlan plan =
        new ReproductionPlan(
            2,
            List.of(
                new ReproductionPlan.OpenRun(LONG_RUN, LONG_FOLDER, 0, 300, 300),
                new ReproductionPlan.OpenRun(SHORT_RUN, SHORT_FOLDER, 18, 100, 40)),
            1,
            1,
            Map.of());
    try (ReproductionProgress progress = progress(plan)) {
      assertThat(progress.overall(80)).startsWith("  15% [");

      progress.started(LONG_RUN);
      progress.progressed(LONG_RUN, 0);
      after(Duration.ofMinutes(6));
      progress.progressed(LONG_RUN, 0.6);
      // 180 of 340 s in six minutes, so that 160 take five and a third.
      assertThat(progress.overall(80)).startsWith("0:05:20 left  60% [");

      progress.started(SHORT_RUN);
      assertThat(progress.ofRun(1)).isEqualTo("  epoch 19/30  60% ml-1m-mf-bsl-34");
      progress.progressed(SHORT_RUN, 0.6);
      assertThat(progress.overall(80)).startsWith("0:05:20 left  60% [");
    }
  }

  private void after(Duration time) {
    now += time.toNanos();
  }
}
