package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.run.EpochRecord;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of a run while it is trained. */
class ProgressReportTest {
  private long now;

  /** Evaluation takes time, too, and what was trained earlier took none of today's. */
  @Test
  void theTimeLeftIsByTheClockSinceTheRunWentOn() {
    StringWriter err = new StringWriter();
    try (ProgressReport report =
        new ProgressReport("mine", done -> done / 10, new PrintWriter(err, true), () -> now)) {
      report.started(6, 10, 100);
      now += Duration.ofMinutes(2).toNanos();
      report.epochDone(new EpochRecord(7, 0.5, 30, Map.of("recall@20", 0.1, "ndcg@20", 0.2)), true);
    }

    assertThat(err.toString().lines().toList())
        .containsExactly(
            "mine: going on after epoch 6 of 10",
            "mine: epoch 7/10 loss 0.50000 recall@20 0.10000 ndcg@20 0.20000 (best), 30 s trained,"
                + " about 6 min left");
  }
}
