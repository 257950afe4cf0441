package bsl.cli;

import bsl.run.RunResult;
import bsl.run.RunScheduler;
import bsl.run.RunSpec;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how the training of many runs goes, as a share of all estimated work, with the time left at
 * the speed so far: a bar on a terminal; elsewhere a line per run, and one every five minutes in
 * between.
 */
final class ReproductionProgress implements RunScheduler.Listener, AutoCloseable {
  private static final int UNITS = 1000;
  private static final long LINE_NANOS = Duration.ofMinutes(5).toNanos();

  private final PrintWriter err;
  private final Map<RunSpec, Double> costs = new LinkedHashMap<>();
  private final Map<RunSpec, Double> shares = new LinkedHashMap<>();
  private final LongSupplier nanoTime;
  private final long start;
  private final double all;
  private ProgressBar bar;
  private int finished;
  private long lastLine;

  ReproductionProgress(List<RunSpec> runs, ToDoubleFunction<RunSpec> seconds, PrintWriter err) {
    this(runs, seconds, err, System::nanoTime);
  }

  ReproductionProgress(
      List<RunSpec> runs,
      ToDoubleFunction<RunSpec> seconds,
      PrintWriter err,
      LongSupplier nanoTime) {
    this.err = err;
    this.nanoTime = nanoTime;
    start = nanoTime.getAsLong();
    lastLine = start;
    runs.forEach(run -> costs.put(run, seconds.applyAsDouble(run)));
    all = costs.values().stream().mapToDouble(Double::doubleValue).sum();
    if (Boolean.getBoolean("bsl.terminal") && !runs.isEmpty()) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(runs.size() + " runs")
              .setInitialMax(UNITS)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(500)
              .hideEta()
              .build();
    }
  }

  /** Share of the work that is done. */
  private double done() {
    double done = 0;
    for (Map.Entry<RunSpec, Double> run : shares.entrySet()) {
      done += run.getValue() * costs.get(run.getKey());
    }
    return all == 0 ? 1 : done / all;
  }

  private String left() {
    double done = done();
    if (done == 0) {
      return "";
    }
    double seconds = (nanoTime.getAsLong() - start) / 1e9 * (1 - done) / done;
    Duration left = Duration.ofSeconds(Math.round(seconds));
    return String.format(
        Locale.ROOT,
        "about %d:%02d:%02d left",
        left.toHours(),
        left.toMinutesPart(),
        left.toSecondsPart());
  }

  @Override
  public void started(RunSpec spec) {
    shares.put(spec, 0.0);
  }

  @Override
  public void progressed(RunSpec spec, double share) {
    shares.put(spec, share);
    if (bar != null) {
      bar.stepTo(Math.round(UNITS * done()));
      bar.setExtraMessage(" " + finished + " done, " + left());
    } else if (nanoTime.getAsLong() - lastLine >= LINE_NANOS) {
      line("");
    }
  }

  @Override
  public void finished(RunSpec spec, RunResult result) {
    if (!result.complete()) {
      return;
    }
    shares.put(spec, 1.0);
    finished++;
    if (bar == null) {
      line(
          String.format(
              Locale.ROOT,
              " %s: recall@20 %.5f ndcg@20 %.5f, epoch %d of %d, %.0f s;",
              spec.title(),
              result.metrics().get("recall@20"),
              result.metrics().get("ndcg@20"),
              result.bestEpoch(),
              result.epochs(),
              result.trainSeconds()));
    } else {
      progressed(spec, 1);
    }
  }

  private void line(String news) {
    err.printf(
        Locale.ROOT,
        "%d/%d%s %.0f%% done, %s%n",
        finished,
        costs.size(),
        news,
        100 * done(),
        left());
    err.flush();
    lastLine = nanoTime.getAsLong();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
