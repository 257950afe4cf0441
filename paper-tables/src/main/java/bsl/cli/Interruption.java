package bsl.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Lets Ctrl-C ask long work to finish cleanly: the JVM's shutdown waits until this is closed, so
 * that what was reached can be written. Within {@link #command} it waits until the command has said
 * how it ended as well.
 */
final class Interruption implements BooleanSupplier, AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private static volatile boolean stopping;

  /** Counted down when the command that runs has ended; null where none runs. */
  private static volatile CountDownLatch command;

  private final PrintWriter err;
  private final String heard;
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
    this(err, "stopping; what is finished is being written");
  }

  /**
   * @param heard what to say then
   */
  Interruption(PrintWriter err, String heard) {
    this.err = err;
    this.heard = heard;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Runs a command, which reports its failures itself. After Ctrl-C the JVM waits for its end.
   *
   * @return its exit code
   */
  static int command(IntSupplier body) {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch around = command;
    command = running;
    try {
      return body.getAsInt();
    } finally {
      command = around;
      running.countDown();
    }
  }

  private void await() {
    requested = true;
    stopping = !ended;
    if (!ended && !TerminalLine.available()) {
      err.println("bsl: " + heard);
      err.flush();
    }
    try {
      CountDownLatch running = command;
      boolean done =
          (running == null ? finished : running).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!done) {
        err.println(
            "bsl: not finished "
                + PATIENCE_SECONDS
                + " s after it was interrupted; what was being written is not kept");
        err.flush();
      }
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
