package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.run.Presets;
import bsl.run.RunSpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReproductionProgressTest {
  private final StringWriter err = new StringWriter();
  private long now;

  @Test
  void withoutATerminalThereIsALineEveryFiveMinutes() {
    RunSpec longRun = Presets.spec("fast", "ml-1m", "mf", "sl");
    RunSpec shortRun = Presets.spec("fast", "ml-1m", "mf", "bsl");
    try (ReproductionProgress progress =
        new ReproductionProgress(
            List.of(longRun, shortRun),
            run -> run == longRun ? 300 : 100,
            new PrintWriter(err, true),
            () -> now)) {
      progress.started(longRun);
      after(Duration.ofMinutes(4));
      progress.progressed(longRun, 0.3);
      assertThat(err.toString()).isEmpty();

      after(Duration.ofMinutes(2));
      progress.progressed(longRun, 0.4);
      after(Duration.ofMinutes(4));
      progress.progressed(longRun, 0.5);
    }

    // 0.4 of a run that is three quarters of the work, in six minutes.
    assertThat(err.toString().lines()).containsExactly("0/2 30% done, about 0:14:00 left");
  }

  private void after(Duration time) {
    now += time.toNanos();
  }
}
