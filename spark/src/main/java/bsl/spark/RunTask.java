package bsl.spark;

import bsl.run.DivergedException;
import bsl.run.EpochRecord;
import bsl.run.InputException;
import bsl.run.RunFiles;
import bsl.run.RunHeldException;
import bsl.run.RunListener;
import bsl.run.RunScheduler;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.run.StepListener;
import bsl.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * What a worker does: trains one run. In a store that it shares with the driver, it takes the run's
 * lock and writes as any process of the suite does. Otherwise it trains in a folder of its own and
 * sends the files back.
 *
 * <p>A failure is an outcome, and not one of Spark's failed tasks. So the driver decides what comes
 * of it, and one run never ends the job of another.
 */
final class RunTask implements Function<RunOrder, RunOutcome> {
  private static final long serialVersionUID = 1L;

  /** How often to look whether somebody else is through with the run. */
  private static final long LOOK_MILLIS = 1000;

  private static final RunFiles NONE = new RunFiles(Map.of());

  private final Broadcast<WorkerData> data;
  private final Broadcast<LinkedHashMap<String, byte[]>> before;
  private final StepAccumulator progress;

  /**
   * @param data the run's data set
   * @param before what the driver has of the run, to go on from; null for nothing
   * @param progress told how far the run is
   */
  RunTask(
      Broadcast<WorkerData> data,
      Broadcast<LinkedHashMap<String, byte[]>> before,
      StepAccumulator progress) {
    this.data = data;
    this.before = before;
    this.progress = progress;
  }

  @Override
  public RunOutcome call(RunOrder order) throws IOException {
    Worker worker = Worker.here();
    BooleanSupplier stop = TaskContext.get()::isInterrupted;
    long start = System.nanoTime();
    RunOutcome.Kind kind;
    RunFiles files = NONE;
    String message = "";
    try {
      files =
          order.sharedRuns().isPresent()
              ? inSharedStore(order, order.sharedRuns().get(), stop)
              : inScratchFolder(order, stop);
      kind = files.isEmpty() ? RunOutcome.Kind.CANCELLED : RunOutcome.Kind.DONE;
    } catch (DivergedException e) {
      kind = RunOutcome.Kind.DIVERGED;
      message = e.getMessage();
    } catch (InputException e) {
      kind = RunOutcome.Kind.FAILED;
      message = e.getMessage();
    } catch (OutOfMemoryError e) {
      kind = RunOutcome.Kind.FAILED;
      message =
          "out of memory ("
              + e.getMessage()
              + ", "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MiB are allowed); give executors more, --conf spark.executor.memory=...";
    } catch (RuntimeException | IOException | LinkageError e) {
      kind = RunOutcome.Kind.FAILED;
      message = e + at(e);
    }
    return new RunOutcome(kind, files, message, (System.nanoTime() - start) / 1e9, worker);
  }

  private static String at(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length == 0 ? "" : " at " + trace[0];
  }

  /** In the driver's own store; only what the driver cannot wait for is sent. */
  private RunFiles inSharedStore(RunOrder order, Path folder, BooleanSupplier stop) {
    if (!Files.exists(order.marker())) {
      throw new InputException(
          folder
              + ": is not the driver's store of runs; mount it there, or leave out --shared-runs");
    }
    RunStore store = WorkerStores.of(data, folder);
    while (!stop.getAsBoolean()) {
      try {
        return train(order, store, stop) ? sent(order, store, false) : NONE;
      } catch (RunHeldException e) {
        // Another task for the same run, or another process: what it leaves counts here, too.
        pause();
      }
    }
    return NONE;
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while somebody else trained the run", e);
    }
  }

  private RunFiles inScratchFolder(RunOrder order, BooleanSupplier stop) throws IOException {
    try (ScratchFolder scratch = new ScratchFolder()) {
      RunStore store = WorkerStores.of(data, scratch.path());
      if (before != null) {
        new RunFiles(before.value()).putInto(store, order.spec());
      }
      return train(order, store, stop) ? sent(order, store, order.model()) : NONE;
    }
  }

  private static RunFiles sent(RunOrder order, RunStore store, boolean model) {
    Path run = store.folder(order.spec());
    if (!order.advances()) {
      return RunFiles.ofFinished(run, model);
    }
    return order.sharedRuns().isPresent() ? RunFiles.ofCurve(run) : RunFiles.ofUnfinished(run);
  }

  /** Trains; false if it was told to stop. */
  private boolean train(RunOrder order, RunStore store, BooleanSupplier stop) {
    RunSpec spec = order.spec();
    if (!store.id(spec).digest().equals(order.digest())) {
      throw new InputException(
          "the worker has other data, or other code of the loss or the backbone, than the driver");
    }
    int threads = TaskContext.get().cpus();
    TrainingRun run = store.run(spec, spec.preset(), threads);
    RunListener steps = steps(spec, run);
    if (!order.advances()) {
      return run.execute(order.resume(), steps, stop).complete();
    }
    List<EpochRecord> curve = run.advance(order.epochs(), steps, stop);
    return curve.size() >= order.epochs() || !stop.getAsBoolean();
  }

  /** Tells the progress of a run. */
  private RunListener steps(RunSpec spec, TrainingRun run) {
    RunScheduler.Listener toDriver =
        new RunScheduler.Listener() {
          private int done;

          @Override
          public void trained(RunSpec any, int epochs) {
            done = epochs;
            progressed(any, run.share(epochs));
          }

          @Override
          public void progressed(RunSpec any, double share) {
            progress.add(new RunStep(done, share));
          }
        };
    return new StepListener(spec, run::share, toDriver);
  }
}
