package bsl.cli;

import bsl.run.EpochRecord;
import bsl.run.RunListener;
import bsl.run.RunResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;

/**
 * Shows how a run goes: a bar with the time left on a terminal, a line per evaluation elsewhere.
 * {@code -Dbsl.terminal=true}, which the launcher sets, says that standard error is a terminal.
 */
final class ProgressReport implements RunListener, AutoCloseable {
  private final String title;
  private final DoubleUnaryOperator share;
  private final PrintWriter err;
  private final LongSupplier nanoTime;
  private ProgressBar bar;
  private int epochs;
  private int steps;
  private long start;
  private double shareBefore;
  private volatile double done;
  private volatile String left = "";
  private volatile String scores = "";

  /**
   * @param title how to call the run
   * @param share the share of its time that a number of epochs takes, 0 to 1
   * @param err where to write
   */
  ProgressReport(String title, DoubleUnaryOperator share, PrintWriter err) {
    this(title, share, err, System::nanoTime);
  }

  ProgressReport(String title, DoubleUnaryOperator share, PrintWriter err, LongSupplier nanoTime) {
    this.title = title;
    this.share = share;
    this.err = err;
    this.nanoTime = nanoTime;
  }

  @Override
  public void dataDeviates(List<String> differences) {
    err.println(
        "bsl: warning: "
            + title
            + ": the data set is not the catalogue's: "
            + String.join("; ", differences));
    err.flush();
  }

  @Override
  public void foundFinished(RunResult result) {
    err.println(title + ": was finished before; nothing is trained");
    err.flush();
  }

  @Override
  public void started(int doneEpochs, int epochs, int stepsPerEpoch) {
    this.epochs = epochs;
    this.steps = stepsPerEpoch;
    this.done = doneEpochs;
    this.start = nanoTime.getAsLong();
    this.shareBefore = share.applyAsDouble(doneEpochs);
    if (doneEpochs > 0) {
      err.println(title + ": going on after epoch " + doneEpochs + " of " + epochs);
      err.flush();
    }
    if (TerminalLine.available()) {
      bar = TerminalLine.show(this::line);
    }
  }

  /** The line on a terminal: time left, bar, epoch, scores, title. */
  String line(int width) {
    String right =
        String.format(
            Locale.ROOT,
            "epoch %d/%d %s%s",
            Math.min(epochs, (int) done + 1),
            epochs,
            scores,
            title);
    return TerminalLine.bar(width, left, share.applyAsDouble(done), right);
  }

  @Override
  public void stepped(int step) {
    done = Math.floor(done) + Math.min(step, steps - 0.5) / steps;
  }

  @Override
  public void epochDone(EpochRecord record, boolean best) {
    done = record.epoch();
    double now = share.applyAsDouble(done);
    double seconds = (nanoTime.getAsLong() - start) / 1e9 * (1 - now) / (now - shareBefore);
    left = Times.clock(seconds) + " left";
    boolean evaluated = !record.metrics().isEmpty();
    if (evaluated) {
      scores = String.format(Locale.ROOT, "ndcg@20 %.5f ", record.metrics().get("ndcg@20"));
    }
    if (bar == null && evaluated) {
      err.printf(
          Locale.ROOT,
          "%s: epoch %d/%d loss %.5f recall@20 %.5f ndcg@20 %.5f%s, %.0f s trained, about %s left%n",
          title,
          record.epoch(),
          epochs,
          record.loss(),
          record.metrics().get("recall@20"),
          record.metrics().get("ndcg@20"),
          best ? " (best)" : "",
          record.trainSeconds(),
          Times.text(seconds));
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
