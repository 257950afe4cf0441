package bsl.cli;

import bsl.ingest.ImportListener;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import me.tongfei.progressbar.ProgressBar;

/**
 * Shows how an import goes, and breaks it off on demand. On a terminal that is a bar, elsewhere a
 * line every few seconds.
 */
final class ImportProgress implements ImportListener, AutoCloseable {
  private static final long QUIET_NANOS = 5_000_000_000L;

  private final PrintWriter err;
  private final BooleanSupplier stop;
  private final ProgressBar bar;
  private long said = System.nanoTime();
  private volatile double share;
  private volatile String what = "";

  /**
   * @param err where to write
   * @param stop whether to break it off
   */
  ImportProgress(PrintWriter err, BooleanSupplier stop) {
    this.err = err;
    this.stop = stop;
    this.bar = TerminalLine.available() ? TerminalLine.show(this::line) : null;
  }

  private String line(int width) {
    return TerminalLine.bar(width, "import", share, what);
  }

  @Override
  public void read(Path file, long done, long total, long lines) {
    share = total == 0 ? 1 : (double) done / total;
    what = String.format(Locale.ROOT, "%,d lines, %s", lines, file.getFileName());
    if (bar == null && System.nanoTime() - said > QUIET_NANOS) {
      said = System.nanoTime();
      err.printf(Locale.ROOT, "%s: %.0f%%, %,d lines read%n", file, 100 * share, lines);
      err.flush();
    }
  }

  @Override
  public void begins(String stage) {
    what = stage;
    if (bar == null && System.nanoTime() - said > QUIET_NANOS) {
      said = System.nanoTime();
      err.println(stage);
      err.flush();
    }
  }

  @Override
  public boolean cancelled() {
    return stop.getAsBoolean();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
