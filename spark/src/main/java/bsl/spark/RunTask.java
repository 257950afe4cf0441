package bsl.spark;

import bsl.data.FileFailure;
import bsl.run.DivergedException;
import bsl.run.EpochRecord;
import bsl.run.InputException;
import bsl.run.RunFiles;
import bsl.run.RunHeldException;
import bsl.run.RunScheduler;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.run.StepListener;
import bsl.run.TrainingRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * What a worker does: trains one run. In a store that it shares with the driver, it takes the run's
 * lock and writes as any process of the suite does. Otherwise it trains in a folder of its own and
 * sends the files back.
 *
 * <p>A failure is an outcome, and not one of Spark's failed tasks. So the driver decides what comes
 * of it, and one run never ends the job of another.
 */
final class RunTask implements org.apache.spark.api.java.function.Function<RunOrder, RunOutcome> {
  private static final long serialVersionUID = 1L;

  /** How often to look whether somebody else is through with the run. */
  private static final long LOOK_MILLIS = 1000;

  private static final RunFiles NONE = new RunFiles(Map.of());

  /**
   * Where a task is carried out.
   *
   * @param worker the JVM
   * @param threads threads to train with
   * @param disk a folder that goes with the JVM
   * @param stores makes the store of runs of a folder
   * @param stop asked often; once true, the run is broken off
   */
  record Place(
      Worker worker,
      int threads,
      Path disk,
      Function<Path, RunStore> stores,
      BooleanSupplier stop) {}

  /**
   * What comes of a run that was not broken off.
   *
   * @param files what is sent of it
   * @param curve its learning curve; empty if it was trained to its end
   * @param begunAt epochs that it had when its training began; negative if nothing was trained
   */
  private record Trained(RunFiles files, List<EpochRecord> curve, int begunAt) {}

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
  public RunOutcome call(RunOrder order) {
    TaskContext task = TaskContext.get();
    return call(
        order,
        new Place(
            Worker.here(),
            task.cpus(),
            Path.of(SparkFiles.getRootDirectory()),
            folder -> WorkerStores.of(data, folder),
            task::isInterrupted));
  }

  /** The same without Spark, which says of a task where it is. */
  RunOutcome call(RunOrder order, Place place) {
    long start = System.nanoTime();
    RunOutcome.Kind kind;
    Optional<Trained> trained = Optional.empty();
    String message = "";
    try {
      trained =
          order.sharedRuns().isPresent()
              ? inSharedStore(order, order.sharedRuns().get(), place)
              : inScratchFolder(order, place);
      kind = trained.isPresent() ? RunOutcome.Kind.DONE : RunOutcome.Kind.CANCELLED;
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
    } catch (UncheckedIOException e) {
      kind = RunOutcome.Kind.FAILED;
      message = FileFailure.message(e);
    } catch (IOException e) {
      kind = RunOutcome.Kind.FAILED;
      message = FileFailure.message(e);
    } catch (RuntimeException | LinkageError e) {
      kind = RunOutcome.Kind.FAILED;
      message = e + at(e);
    }
    return new RunOutcome(
        kind,
        trained.map(Trained::files).orElse(NONE),
        trained.map(Trained::curve).orElse(List.of()),
        message,
        trained.map(Trained::begunAt).orElse(-1),
        (System.nanoTime() - start) / 1e9,
        place.worker());
  }

  private static String at(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length == 0 ? "" : " at " + trace[0];
  }

  /** In the driver's own store; only what the driver cannot wait for is sent. */
  private Optional<Trained> inSharedStore(RunOrder order, Path folder, Place place) {
    if (!Files.exists(order.marker())) {
      throw new InputException(
          folder
              + ": is not the driver's store of runs; mount it there, or leave out --shared-runs");
    }
    RunStore store = place.stores().apply(folder);
    while (!place.stop().getAsBoolean()) {
      try {
        return train(order, store, place);
      } catch (RunHeldException e) {
        // Another task for the same run, or another process: what it leaves counts here, too.
        pause();
      }
    }
    return Optional.empty();
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while somebody else trained the run", e);
    }
  }

  private Optional<Trained> inScratchFolder(RunOrder order, Place place) throws IOException {
    try (ScratchFolder scratch = new ScratchFolder(place.disk())) {
      RunStore store = place.stores().apply(scratch.path());
      if (before != null) {
        new RunFiles(before.value()).putInto(store, order.spec());
      }
      return train(order, store, place);
    }
  }

  /** Trains; empty if it was told to stop. */
  private Optional<Trained> train(RunOrder order, RunStore store, Place place) {
    RunSpec spec = order.spec();
    if (!store.id(spec).digest().equals(order.digest())) {
      throw new InputException(
          "the worker has other data, or other code of the loss or the backbone, than the driver");
    }
    TrainingRun run = store.run(spec, spec.preset(), place.threads());
    StepListener steps = steps(spec, run);
    Path folder = store.folder(spec);
    boolean shared = order.sharedRuns().isPresent();
    if (!order.advances()) {
      return run.execute(order.resume(), steps, place.stop()).complete()
          ? Optional.of(
              new Trained(RunFiles.ofFinished(folder, order.model() && !shared), List.of(), -1))
          : Optional.empty();
    }
    // What a run is known to have come to may be in its checkpoint alone, and in no file of a
    // curve.
    List<EpochRecord> curve = run.advance(order.epochs(), steps, place.stop());
    int begunAt = steps.begunAt().orElse(-1);
    return curve.size() >= order.epochs() || !place.stop().getAsBoolean()
        ? Optional.of(new Trained(shared ? NONE : RunFiles.ofUnfinished(folder), curve, begunAt))
        : Optional.empty();
  }

  /** Tells the progress of a run. */
  private StepListener steps(RunSpec spec, TrainingRun run) {
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
