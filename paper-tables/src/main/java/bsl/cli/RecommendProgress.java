package bsl.cli;

import bsl.recommend.RecommendationWriter;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;

/**
 * Shows how far long work over users has come: a bar on a terminal, a line now and then elsewhere.
 */
final class RecommendProgress implements RecommendationWriter.Progress, AutoCloseable {
  private static final long QUIET_NANOS = 5_000_000_000L;

  private final PrintWriter err;
  private final ProgressBar bar;
  private final long begin = System.nanoTime();
  private long said = System.nanoTime();
  private volatile int done;
  private volatile int total;

  /**
   * @param err where to write
   */
  RecommendProgress(PrintWriter err) {
    this.err = err;
    this.bar = TerminalLine.available() ? TerminalLine.show(this::line) : null;
  }

  private String line(int width) {
    double share = total == 0 ? 0 : (double) done / total;
    return TerminalLine.bar(width, "recommend", share, rate());
  }

  private String rate() {
    double seconds = (System.nanoTime() - begin) / 1e9;
    return String.format(
        Locale.ROOT, "%,d of %,d, %,.0f a second", done, total, done / Math.max(1e-3, seconds));
  }

  @Override
  public void at(int nowDone, int ofTotal) {
    done = nowDone;
    total = ofTotal;
    if (bar == null && System.nanoTime() - said > QUIET_NANOS) {
      said = System.nanoTime();
      err.println(rate());
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
