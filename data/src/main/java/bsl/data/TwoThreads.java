package bsl.data;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Does two things that write files at the same time. */
final class TwoThreads {
  /** Something that may fail as files do. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  private TwoThreads() {}

  /**
   * Does one thing here and the other one in a thread of its own, and comes back when both have
   * ended, however they have.
   *
   * @throws IOException what the one here has thrown, or else the other one
   */
  static void both(Work here, Work there) throws IOException {
    FutureTask<Void> other =
        new FutureTask<>(
            () -> {
              there.run();
              return null;
            });
    Thread thread = new Thread(other, "bsl-dataset-writer");
    thread.setDaemon(true);
    thread.start();
    try {
      here.run();
    } finally {
      join(thread);
    }
    requireDone(other);
  }

  /** Waits even if interrupted, since the files must not go while they are written. */
  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void requireDone(FutureTask<Void> ended) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      ended.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw (Error) e.getCause();
    } catch (InterruptedException e) {
      throw new IllegalStateException("a thread that has ended has a result", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
