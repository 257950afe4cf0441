package bsl.cli;

import bsl.run.EpochRecord;
import bsl.run.RunListener;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how a run goes: a bar with the time left on a terminal, a line per evaluation elsewhere.
 * {@code -Dbsl.terminal=true}, which the launcher sets, says that standard error is a terminal.
 */
final class ProgressReport implements RunListener, AutoCloseable {
  private final String title;
  private final DoubleUnaryOperator share;
  private final PrintWriter err;
  private final boolean terminal = Boolean.getBoolean("bsl.terminal");
  private ProgressBar bar;
  private String scores = "";
  private int epochs;
  private int steps;
  private int done;

  /**
   * @param title how to call the run
   * @param share the share of its time that a number of epochs takes, 0 to 1
   * @param err where to write
   */
  ProgressReport(String title, DoubleUnaryOperator share, PrintWriter err) {
    this.title = title;
    this.share = share;
    this.err = err;
  }

  @Override
  public void started(int doneEpochs, int epochs, int stepsPerEpoch) {
    this.epochs = epochs;
    this.steps = stepsPerEpoch;
    this.done = doneEpochs;
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(title)
              .setInitialMax((long) epochs * stepsPerEpoch)
              .setStyle(ProgressBarStyle.ASCII)
              .setUnit(" epochs", stepsPerEpoch)
              .setSpeedUnit(ChronoUnit.MINUTES)
              .setUpdateIntervalMillis(500)
              .hideEta()
              .build();
      bar.stepTo((long) doneEpochs * stepsPerEpoch);
    } else if (doneEpochs > 0) {
      err.println(title + ": going on after epoch " + doneEpochs + " of " + epochs);
      err.flush();
    }
  }

  @Override
  public void stepped(int step) {
    if (bar != null) {
      bar.stepTo((long) done * steps + step);
    }
  }

  @Override
  public void epochDone(EpochRecord record, boolean best) {
    done = record.epoch();
    if (!record.metrics().isEmpty()) {
      scores =
          String.format(
              Locale.ROOT,
              "recall@20 %.5f ndcg@20 %.5f%s, ",
              record.metrics().get("recall@20"),
              record.metrics().get("ndcg@20"),
              best ? " (best)" : "");
    }
    double seconds = record.trainSeconds() * (1 / share.applyAsDouble(done) - 1);
    String left = String.format(Locale.ROOT, "about %.0f s left", seconds);
    if (bar != null) {
      bar.setExtraMessage(" " + scores + left);
    } else if (!record.metrics().isEmpty()) {
      err.printf(
          Locale.ROOT,
          "%s: epoch %d/%d loss %.5f %s%.0f s trained, %s%n",
          title,
          done,
          epochs,
          record.loss(),
          scores,
          record.trainSeconds(),
          left);
      err.flush();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
