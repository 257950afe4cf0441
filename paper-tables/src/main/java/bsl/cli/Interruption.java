package bsl.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets Ctrl-C ask long work to finish cleanly: the JVM's shutdown waits until this is closed, so
 * that what was reached can be written.
 */
final class Interruption implements BooleanSupplier, AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private static volatile boolean stopping;

  private final PrintWriter err;
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::await, "bsl-interruption");
  private volatile boolean requested;
  private volatile boolean ended;

  Interruption() {
    this(new PrintWriter(System.err, true));
  }

  /**
   * @param err where to say that the request has been heard
   */
  Interruption(PrintWriter err) {
    this.err = err;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void await() {
    requested = true;
    stopping = !ended;
    if (!ended && !TerminalLine.available()) {
      err.println("bsl: stopping; what is finished is being written");
      err.flush();
    }
    try {
      finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether this process is stopping because the user asked it to; for lines on a terminal. */
  static boolean isStopping() {
    return stopping;
  }

  /** Whether the user has asked to stop. */
  @Override
  public boolean getAsBoolean() {
    return requested;
  }

  @Override
  public void close() {
    ended = true;
    finished.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The JVM is going down already; the hook has run or will return at once.
      }
    }
  }
}
