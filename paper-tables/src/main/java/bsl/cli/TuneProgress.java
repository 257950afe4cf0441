package bsl.cli;

import bsl.core.CountText;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import bsl.tune.Dimension;
import bsl.tune.SearchSpace;
import bsl.tune.Standing;
import bsl.tune.TuningListener;
import bsl.tune.TuningStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;

/**
 * Shows how a search goes: trials done, the rung, the best so far, the time left. On a terminal
 * that is one line; elsewhere a line for trials that have come to a rung: the last of each rung,
 * and others every few seconds, since small data make many of them in one.
 */
final class TuneProgress implements TuningListener, AutoCloseable {
  private static final long LINE_NANOS = Duration.ofMinutes(5).toNanos();

  /** Between lines of trials. */
  private static final long QUIET_NANOS = Duration.ofSeconds(5).toNanos();

  private final PrintWriter err;
  private final LongSupplier nanoTime;
  private long lastLine;
  private ProgressBar bar;
  private volatile TuningStatus status;
  private int known;

  TuneProgress(PrintWriter err) {
    this(err, System::nanoTime);
  }

  TuneProgress(PrintWriter err, LongSupplier nanoTime) {
    this.err = err;
    this.nanoTime = nanoTime;
    this.lastLine = nanoTime.getAsLong();
  }

  /** The search begins. */
  void begin(SearchSpace space) {
    err.println(
        "searching "
            + space.searched().stream().map(Dimension::toString).collect(Collectors.joining("; ")));
    err.flush();
    if (TerminalLine.available()) {
      bar = TerminalLine.show(this::line);
    }
  }

  @Override
  public void begins(int trials, int wanted) {
    if (trials < wanted) {
      err.println(
          "no more than "
              + CountText.of(trials, "different setting was", "different settings were")
              + " found in the space, of "
              + wanted
              + " wanted");
    }
  }

  /** The line on a terminal. */
  String line(int width) {
    TuningStatus now = status;
    if (now == null) {
      return TerminalLine.bar(width, "", 0, "reading the data");
    }
    double share = now.trials() == 0 ? 0 : (double) now.arrived() / now.trials();
    return TerminalLine.bar(width, left(now, ""), share, text(now) + best(now));
  }

  private static String left(TuningStatus now, String about) {
    return Double.isNaN(now.secondsLeft()) ? "" : about + Times.clock(now.secondsLeft()) + " left";
  }

  private static String text(TuningStatus now) {
    return now.rungs() == 0
        ? String.format(
            Locale.ROOT,
            "training the winner, %d/%s",
            now.arrived(),
            CountText.of(now.trials(), "seed"))
        : String.format(
            Locale.ROOT,
            "rung %d/%d, %d/%s",
            now.rung(),
            now.rungs(),
            now.arrived(),
            CountText.of(now.trials(), "trial"));
  }

  private static String best(TuningStatus now) {
    return now.best()
        .map(
            best ->
                String.format(
                    Locale.ROOT, ", best %.5f (trial %d)", best.value(), best.trial().number()))
        .orElse("");
  }

  @Override
  public synchronized void arrived(Standing standing, boolean now, TuningStatus after) {
    boolean failed = standing.failure().isPresent();
    if (!now && !failed) {
      status = after;
      known++;
      return;
    }
    arrived(news(standing), failed, after);
  }

  /**
   * A trial that was trained now has come to a rung.
   *
   * @param news what it came to
   * @param failed whether it could not be trained, which is said in any case
   */
  synchronized void arrived(String news, boolean failed, TuningStatus after) {
    status = after;
    if (bar != null) {
      return;
    }
    sayKnown();
    if (failed || after.arrived() == after.trials() || !isQuiet(QUIET_NANOS)) {
      line(text(after) + ": " + news + best(after) + left(after, ", about "));
    }
  }

  private void sayKnown() {
    if (known > 0) {
      err.println(CountText.of(known, "training was", "trainings were") + " done before");
      known = 0;
    }
  }

  private static String news(Standing standing) {
    int number = standing.trial().number();
    String settings =
        standing.trial().values().entrySet().stream()
            .map(value -> value.getKey() + " " + value.getValue())
            .collect(Collectors.joining(", "));
    return standing
        .failure()
        .map(why -> "trial " + number + " failed (" + settings + "): " + why)
        .orElseGet(
            () ->
                String.format(
                    Locale.ROOT,
                    "trial %d %.5f after %s (%s)",
                    number,
                    standing.value(),
                    CountText.of(standing.epochs(), "epoch"),
                    settings));
  }

  @Override
  public synchronized void progressed(TuningStatus now) {
    status = now;
    if (bar == null && !isQuiet(LINE_NANOS)) {
      line(text(now) + best(now) + left(now, ", about "));
    }
  }

  /** Whether the last line is not so long ago. */
  private boolean isQuiet(long nanos) {
    return nanoTime.getAsLong() - lastLine < nanos;
  }

  private void line(String text) {
    err.println(text);
    err.flush();
    lastLine = nanoTime.getAsLong();
  }

  @Override
  public synchronized void heldByOther(RunSpec run, String holder) {
    if (bar == null) {
      err.println("a trial is being trained by " + holder);
      err.flush();
    }
  }

  @Override
  public synchronized void searchedByOther(String holder) {
    if (bar == null) {
      err.println("the same search is at work in " + holder + ", and is waited for");
      err.flush();
    }
  }

  @Override
  public synchronized void won(Standing best, int seeds, int done) {
    status = new TuningStatus(0, 0, done, seeds, Optional.of(best), Double.NaN);
    if (bar == null) {
      sayKnown();
      err.println(
          "trial "
              + best.trial().number()
              + " has won; it "
              + (done == seeds ? "was trained before with " : "is trained with ")
              + CountText.of(seeds, "seed"));
      err.flush();
    }
  }

  @Override
  public synchronized void seedDone(RunSpec run, RunResult result) {
    if (bar == null) {
      err.printf(
          Locale.ROOT,
          "seed %d: recall@20 %.5f ndcg@20 %.5f on test, epoch %d of %d%n",
          run.seed(),
          result.metrics().get("recall@20"),
          result.metrics().get("ndcg@20"),
          result.bestEpoch(),
          result.epochs());
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
