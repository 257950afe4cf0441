package bsl.data;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Closes a stream when nothing has come through it for a while: the time limit of an HTTP request
 * ends with the response's headers, and a reader of a silent body would wait for ever.
 */
final class StallGuard implements AutoCloseable {
  private final InputStream body;
  private final Duration patience;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "download stall guard");
            thread.setDaemon(true);
            return thread;
          });
  private ScheduledFuture<?> alarm;
  // Written by the clock's thread, read by the one that reads the body.
  private volatile boolean stalled;

  StallGuard(InputStream body, Duration patience) {
    this.body = body;
    this.patience = patience;
    this.alarm = schedule();
  }

  private ScheduledFuture<?> schedule() {
    return clock.schedule(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void giveUp() {
    stalled = true;
    try {
      body.close();
    } catch (IOException e) {
      // The reader sees the stream's end all the same.
    }
  }

  /** Something has come: the time begins anew. */
  void moved() {
    alarm.cancel(false);
    alarm = schedule();
  }

  /** Whether the stream was closed for silence. */
  boolean stalled() {
    return stalled;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
