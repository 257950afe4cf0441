package bsl.cli;

import bsl.compare.ComparisonListener;
import bsl.compare.ComparisonPlan;
import bsl.paper.ReproductionPlan;
import bsl.run.FitRecord;
import bsl.run.RunFailure;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;

/**
 * Shows how a comparison goes: first its fits, a line each, and then its runs as {@link
 * ReproductionProgress} shows them. On a terminal a fit is a line with a bar.
 */
final class CompareProgress implements ComparisonListener, AutoCloseable {
  private final PrintWriter err;
  private final ReproductionPlan runs;
  private final int fits;
  private final ReproductionProgress progress;
  private ProgressBar bar;
  private volatile String fitting = "";
  private volatile double share;
  private int done;
  private boolean training;

  /**
   * @param err where it is shown
   * @param plan what there is to do
   */
  CompareProgress(PrintWriter err, ComparisonPlan plan) {
    this.err = err;
    runs = plan.runs();
    fits = plan.openFits().size();
    progress = new ReproductionProgress(err);
  }

  /** The line of the fit on a terminal. */
  String line(int width) {
    return TerminalLine.bar(width, "", share, "fitting " + fitting);
  }

  @Override
  public void fitting(ComparisonPlan.OpenFit fit) {
    fitting =
        String.format(
            Locale.ROOT,
            "%s on %s, seed %d (%d of %d)",
            fit.baseline(),
            fit.dataset(),
            fit.seed(),
            done + 1,
            fits);
    share = 0;
    if (TerminalLine.available() && bar == null) {
      bar = TerminalLine.show(this::line);
    }
  }

  @Override
  public void fitHeldByOther(ComparisonPlan.OpenFit fit) {
    err.println(
        "another process is fitting " + fit.baseline() + " on " + fit.dataset() + "; waiting");
    err.flush();
  }

  @Override
  public void fitProgressed(double itsShare) {
    share = itsShare;
  }

  @Override
  public void fitted(ComparisonPlan.OpenFit fit, FitRecord record) {
    done++;
    if (bar == null) {
      err.printf(
          Locale.ROOT,
          "%d/%d fitted %s on %s, seed %d: recall@20 %.5f ndcg@20 %.5f, %.1f s%n",
          done,
          fits,
          fit.baseline(),
          fit.dataset(),
          fit.seed(),
          record.metrics().get("recall@20"),
          record.metrics().get("ndcg@20"),
          record.fitSeconds());
      err.flush();
    }
  }

  /** The fits are done, and the runs begin. */
  private synchronized void begin() {
    if (!training) {
      training = true;
      closeBar();
      progress.begin(runs);
    }
  }

  private void closeBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public void started(RunSpec spec) {
    begin();
    progress.started(spec);
  }

  @Override
  public void heldByOther(RunSpec spec, String holder) {
    begin();
    progress.heldByOther(spec, holder);
  }

  @Override
  public void progressed(RunSpec spec, double itsShare) {
    progress.progressed(spec, itsShare);
  }

  @Override
  public void trained(RunSpec spec, int epochs) {
    progress.trained(spec, epochs);
  }

  @Override
  public void finished(RunSpec spec, RunResult result) {
    begin();
    progress.finished(spec, result);
  }

  @Override
  public void failed(RunFailure failure) {
    begin();
    progress.failed(failure);
  }

  @Override
  public void close() {
    closeBar();
    progress.close();
  }
}
