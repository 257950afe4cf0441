package bsl.cli;

import bsl.core.CountText;
import bsl.paper.ReproductionPlan;
import bsl.run.RunFailure;
import bsl.run.RunResult;
import bsl.run.RunScheduler;
import bsl.run.RunSpec;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;

/**
 * Shows how the training of many runs goes: the share of all estimated work, the time left at the
 * speed so far, and which run is at which epoch. On a terminal that is a line for all and one for
 * each run that is being trained; elsewhere a line per finished run, and one every five minutes in
 * between.
 */
final class ReproductionProgress implements RunScheduler.Listener, AutoCloseable {
  private static final long LINE_NANOS = Duration.ofMinutes(5).toNanos();

  /** More runs than this at a time are not shown one by one. */
  private static final int MOST_LINES = 16;

  /** A run that is being trained. */
  private static final class Running {
    private final String name;
    private boolean told;
    private int epoch;
    private double share;

    Running(ReproductionPlan.OpenRun run) {
      name = run.folder().getFileName().toString();
      epoch = run.trained();
      share = before(run) / run.seconds();
    }
  }

  private final PrintWriter err;
  private final LongSupplier nanoTime;
  private final Map<RunSpec, ReproductionPlan.OpenRun> open = new LinkedHashMap<>();
  private final Map<RunSpec, Running> running = new LinkedHashMap<>();
  private final Set<RunSpec> held = new HashSet<>();

  /** Runs that are done, or given up. */
  private final Set<RunSpec> over = new HashSet<>();

  /** Estimated seconds of each run that nothing was spent on here: of before, or of others. */
  private final Map<RunSpec, Double> unspent = new HashMap<>();

  private final List<ProgressBar> lines = new ArrayList<>();
  private double all;
  private long start;
  private long lastLine;
  private int finished;

  ReproductionProgress(PrintWriter err) {
    this(err, System::nanoTime);
  }

  ReproductionProgress(PrintWriter err, LongSupplier nanoTime) {
    this.err = err;
    this.nanoTime = nanoTime;
  }

  /** The training begins. */
  void begin(ReproductionPlan plan) {
    for (ReproductionPlan.OpenRun run : plan.open()) {
      open.put(run.spec(), run);
      unspent.put(run.spec(), before(run));
    }
    all = plan.open().stream().mapToDouble(ReproductionPlan.OpenRun::seconds).sum();
    start = nanoTime.getAsLong();
    lastLine = start;
    if (TerminalLine.available() && !open.isEmpty()) {
      lines.add(TerminalLine.show(this::overall));
      int shown = Math.min(MOST_LINES, Math.min(plan.threads(), open.size()));
      for (int line = 0; line < shown; line++) {
        int which = line;
        lines.add(TerminalLine.show(width -> ofRun(which)));
      }
    }
  }

  /** Estimated seconds of what a run has behind it when all begins. */
  private static double before(ReproductionPlan.OpenRun run) {
    return run.seconds() - run.secondsLeft();
  }

  /** Share of the work that is done. */
  private double done() {
    double done = 0;
    for (ReproductionPlan.OpenRun run : open.values()) {
      Running now = running.get(run.spec());
      if (over.contains(run.spec())) {
        done += run.seconds();
      } else {
        done += now == null ? before(run) : now.share * run.seconds();
      }
    }
    return all == 0 ? 1 : done / all;
  }

  private String left() {
    double done = done();
    double others = unspent.values().stream().mapToDouble(Double::doubleValue).sum();
    double spent = all == 0 ? 0 : done - others / all;
    return spent <= 0
        ? ""
        : Times.clock((nanoTime.getAsLong() - start) / 1e9 * (1 - done) / spent) + " left";
  }

  /** The terminal's line for all runs. */
  synchronized String overall(int width) {
    String others = held.isEmpty() ? "" : ", " + held.size() + " with others";
    String right = finished + " of " + CountText.of(open.size(), "run") + " done" + others;
    return TerminalLine.bar(width, left(), done(), right);
  }

  /** The terminal's line for one of the runs that are being trained. */
  synchronized String ofRun(int which) {
    List<Map.Entry<RunSpec, Running>> now = new ArrayList<>(running.entrySet());
    return which < now.size() ? "  " + text(now.get(which)) : "";
  }

  private String text(Map.Entry<RunSpec, Running> run) {
    Running now = run.getValue();
    return String.format(
        Locale.ROOT,
        "epoch %d/%d %3.0f%% %s",
        Math.min(now.epoch + 1, run.getKey().epochs()),
        run.getKey().epochs(),
        100 * now.share,
        now.name);
  }

  @Override
  public synchronized void started(RunSpec spec) {
    held.remove(spec);
    running.put(spec, new Running(open.get(spec)));
  }

  @Override
  public synchronized void heldByOther(RunSpec spec, String holder) {
    held.add(spec);
    if (lines.isEmpty()) {
      err.println(open.get(spec).folder().getFileName() + " is being trained by " + holder);
      err.flush();
    }
  }

  @Override
  public synchronized void trained(RunSpec spec, int epochs) {
    if (running.containsKey(spec)) {
      running.get(spec).epoch = epochs;
    }
  }

  @Override
  public synchronized void progressed(RunSpec spec, double share) {
    Running run = running.get(spec);
    if (run != null) {
      run.share = share;
      if (!run.told) {
        // What is told first is where a run was when it was begun here.
        run.told = true;
        unspent.put(spec, share * open.get(spec).seconds());
      }
    }
    if (lines.isEmpty() && nanoTime.getAsLong() - lastLine >= LINE_NANOS) {
      String now = running.entrySet().stream().map(this::text).collect(Collectors.joining(", "));
      line("", "; " + now);
    }
  }

  @Override
  public synchronized void finished(RunSpec spec, RunResult result) {
    boolean here = running.remove(spec) != null;
    held.remove(spec);
    if (!result.complete()) {
      return;
    }
    if (!here) {
      unspent.put(spec, open.get(spec).seconds());
    }
    over.add(spec);
    finished++;
    if (lines.isEmpty()) {
      line(
          String.format(
              Locale.ROOT,
              " %s: recall@20 %.5f ndcg@20 %.5f, epoch %d of %d%s, %.0f s;",
              open.get(spec).folder().getFileName(),
              result.metrics().get("recall@20"),
              result.metrics().get("ndcg@20"),
              result.bestEpoch(),
              result.epochs(),
              result.epochs() < spec.epochs() ? " (stopped early)" : "",
              result.trainSeconds()),
          "");
    }
  }

  @Override
  public synchronized void failed(RunFailure failure) {
    Running here = running.remove(failure.spec());
    held.remove(failure.spec());
    double seconds = open.get(failure.spec()).seconds();
    unspent.merge(failure.spec(), (1 - (here == null ? 0 : here.share)) * seconds, Double::sum);
    over.add(failure.spec());
  }

  private void line(String news, String after) {
    String left = left();
    err.printf(
        Locale.ROOT,
        "%d/%d%s %.0f%% done%s%s%n",
        finished,
        open.size(),
        news,
        100 * done(),
        left.isEmpty() ? "" : ", about " + left,
        after);
    err.flush();
    lastLine = nanoTime.getAsLong();
  }

  /** Outside of the lock, which the lines' last update takes. */
  @Override
  public void close() {
    lines.forEach(ProgressBar::close);
  }
}
