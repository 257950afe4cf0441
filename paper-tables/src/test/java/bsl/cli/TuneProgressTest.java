package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.tune.TuningStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TuneProgressTest {
  private final StringWriter text = new StringWriter();
  private long seconds;
  private final TuneProgress progress =
      new TuneProgress(new PrintWriter(text), () -> seconds * 1_000_000_000L);

  private static TuningStatus status(double secondsLeft) {
    return new TuningStatus(1, 3, 4, 27, Optional.empty(), secondsLeft);
  }

  @Test
  void withoutATerminalThereIsALineEveryFiveMinutes() {
    for (seconds = 1; seconds <= 700; seconds++) {
      progress.progressed(status(3600));
    }

    assertThat(text.toString())
        .isEqualToNormalizingNewlines("rung 1/3, 4/27 trials, about 1:00:00 left\n".repeat(2));
  }

  @Test
  void trialsThatComeQuicklyShareALine() {
    for (int trial = 1; trial <= 72; trial++) {
      // The 30th takes long.
      seconds += trial == 30 ? 20 : trial % 20 == 0 ? 1 : 0;
      progress.arrived("trial " + trial, trial == 40, status(trial, 72));
    }
    progress.arrived("trial 7", false, status(1, 2));
    seconds += 5;
    progress.arrived("trial 8", false, status(1, 2));

    assertThat(text.toString())
        .isEqualToNormalizingNewlines(
            "rung 1/3, 30/72 trials: trial 30\n"
                + "rung 1/3, 40/72 trials: trial 40\n"
                + "rung 1/3, 72/72 trials: trial 72\n"
                + "rung 1/3, 1/2 trials: trial 8\n");
  }

  private static TuningStatus status(int arrived, int trials) {
    return new TuningStatus(1, 3, arrived, trials, Optional.empty(), Double.NaN);
  }

  @Test
  void theLineOnATerminalHasTimeRungAndTrials() {
    assertThat(progress.line(80)).contains("reading the data");
    progress.progressed(status(Double.NaN));
    assertThat(progress.line(80)).contains("rung 1/3, 4/27 trials", " 15% ").doesNotContain("left");
    progress.progressed(status(61));
    assertThat(progress.line(80)).startsWith("0:01:01 left");
    progress.progressed(new TuningStatus(0, 0, 0, 3, Optional.empty(), 5));
    assertThat(progress.line(80)).contains("training the winner, 0/3 seeds", "  0% ");
    progress.progressed(new TuningStatus(0, 0, 1, 3, Optional.empty(), 5));
    assertThat(progress.line(80)).contains("training the winner, 1/3 seeds", " 33% ");
  }
}
