package bsl.spark;

import bsl.run.RunSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.broadcast.Broadcast;

/** A run on its way through the cluster: a job of Spark's with one task. */
final class Flight {
  private static final String RECENT = "most recent failure: ";

  private final RunSpec spec;
  private final StepAccumulator progress;
  private final Broadcast<LinkedHashMap<String, byte[]>> before;
  private final JavaFutureAction<List<RunOutcome>> job;
  private boolean started;
  private boolean ended;
  private boolean cancelled;

  /**
   * @param spec the run
   * @param progress has its progress
   * @param before what the worker goes on from; null for nothing
   * @param job the job
   */
  Flight(
      RunSpec spec,
      StepAccumulator progress,
      Broadcast<LinkedHashMap<String, byte[]>> before,
      JavaFutureAction<List<RunOutcome>> job) {
    this.spec = spec;
    this.progress = progress;
    this.before = before;
    this.job = job;
  }

  RunSpec spec() {
    return spec;
  }

  StepAccumulator progress() {
    return progress;
  }

  /** A task begins. */
  void start() {
    started = true;
    ended = false;
  }

  /** The task is over, in whatever way. */
  void end() {
    ended = true;
  }

  /** Whether a task has begun. */
  boolean isStarted() {
    return started;
  }

  /** Whether a worker is at work on it. */
  boolean isRunning() {
    return started && !ended;
  }

  /** Whether it was called off. */
  boolean isCancelled() {
    return cancelled;
  }

  boolean isDone() {
    return job.isDone();
  }

  /**
   * What came of it.
   *
   * @return empty if the task was lost; {@link #loss} then says how
   */
  Optional<RunOutcome> outcome() throws InterruptedException {
    try {
      return Optional.of(job.get().get(0));
    } catch (ExecutionException | java.util.concurrent.CancellationException e) {
      return Optional.empty();
    }
  }

  /** How the task was lost, on one line. */
  String loss() throws InterruptedException {
    try {
      job.get();
      return "";
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String message = SparkConnection.firstLine(cause);
      int recent = message.indexOf(RECENT);
      return recent < 0 ? message : message.substring(recent + RECENT.length());
    } catch (java.util.concurrent.CancellationException e) {
      return "its job was cancelled";
    }
  }

  void cancel() {
    cancelled = true;
    job.cancel(true);
  }

  /** Takes back what was sent for this run alone. */
  void forget() {
    if (before != null) {
      before.destroy();
    }
  }
}
