package bsl.spark;

import bsl.run.DivergedException;
import bsl.run.EpochRecord;
import bsl.run.RunEngine;
import bsl.run.RunEngineKind;
import bsl.run.RunFailure;
import bsl.run.RunResult;
import bsl.run.RunScheduler;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.run.RunsFailedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Trains runs on an Apache Spark cluster, a task each, to the bits of a local run. Everything about
 * them comes back into the driver's store, or is written there by the workers if they share it.
 *
 * <p>It connects when it is first needed. Used by one thread at a time.
 */
public final class SparkEngine implements RunEngine {
  private final RunEngineKind.Options options;
  private SparkConnection connection;

  /**
   * @param options what the user says of the cluster
   */
  public SparkEngine(RunEngineKind.Options options) {
    this.options = options;
  }

  private SparkConnection spark() {
    if (connection == null) {
      connection = new SparkConnection(options);
    }
    return connection;
  }

  @Override
  public int lanes() {
    return spark().lanes();
  }

  @Override
  public Map<RunSpec, RunResult> train(
      Job job, RunScheduler.Listener listener, BooleanSupplier cancelled) {
    if (job.runs().isEmpty()) {
      return Map.of();
    }
    ToTheEnd goal = new ToTheEnd(spark(), job, listener);
    new RunJobs(spark(), goal, job.runs(), listener, () -> false, cancelled).run();
    if (!goal.failures.isEmpty()) {
      throw new RunsFailedException(goal.failures, goal.results);
    }
    return goal.results;
  }

  @Override
  public void advance(
      RunStore store,
      Map<RunSpec, Integer> epochs,
      RunScheduler.AdvanceListener listener,
      BooleanSupplier closed,
      BooleanSupplier cancelled) {
    List<RunSpec> runs = List.copyOf(epochs.keySet());
    UpToAnEpoch goal = new UpToAnEpoch(spark().shared(store), store, epochs, listener);
    new RunJobs(spark(), goal, runs, listener, closed, cancelled).run();
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  /** Trains runs to their ends and keeps the results. */
  private static final class ToTheEnd implements Goal {
    private final SparkConnection spark;
    private final Job job;
    private final Optional<SharedFolder> shared;
    private final RunScheduler.Listener listener;
    private final Map<RunSpec, RunResult> results = new LinkedHashMap<>();
    private final List<RunFailure> failures = new ArrayList<>();

    ToTheEnd(SparkConnection spark, Job job, RunScheduler.Listener listener) {
      this.spark = spark;
      this.job = job;
      this.listener = listener;
      this.shared = spark.shared(job.store());
    }

    @Override
    public RunStore store() {
      return job.store();
    }

    private boolean needsModel(RunSpec spec) {
      return spark.allModels() || job.models().test(spec);
    }

    @Override
    public boolean isThere(RunSpec spec) {
      Optional<RunResult> there =
          job.store()
              .finished(spec)
              .filter(result -> !needsModel(spec) || job.store().hasModel(spec));
      there.ifPresent(result -> finished(spec, result));
      return there.isPresent();
    }

    @Override
    public RunOrder order(RunSpec spec) {
      String digest = job.store().id(spec).digest();
      return new RunOrder(spec, digest, 0, job.resume(), needsModel(spec), shared);
    }

    @Override
    public boolean sendsBefore() {
      return shared.isEmpty() && job.resume();
    }

    @Override
    public void done(RunSpec spec, RunOutcome outcome) {
      if (shared.isEmpty()) {
        outcome.files().putInto(job.store(), spec);
      }
      finished(spec, outcome.files().result().orElseThrow());
    }

    private void finished(RunSpec spec, RunResult result) {
      results.put(spec, result);
      synchronized (listener) {
        listener.trained(spec, result.epochs());
        listener.progressed(spec, 1);
        listener.finished(spec, result);
      }
    }

    @Override
    public void diverged(RunSpec spec, RunOutcome outcome) {
      RunFailure failure = new RunFailure(spec, outcome.message());
      spark.notice("run " + failure.text());
      failed(failure);
    }

    @Override
    public void failed(RunFailure failure) {
      failures.add(failure);
      synchronized (listener) {
        listener.failed(failure);
      }
    }
  }

  /** Brings runs to an epoch. */
  static final class UpToAnEpoch implements Goal {
    private final RunStore store;
    private final Map<RunSpec, Integer> epochs;
    private final Optional<SharedFolder> shared;
    private final RunScheduler.AdvanceListener listener;

    UpToAnEpoch(
        Optional<SharedFolder> shared,
        RunStore store,
        Map<RunSpec, Integer> epochs,
        RunScheduler.AdvanceListener listener) {
      this.store = store;
      this.epochs = epochs;
      this.listener = listener;
      this.shared = shared;
    }

    @Override
    public RunStore store() {
      return store;
    }

    /** The worker looks, with the run's lock. */
    @Override
    public boolean isThere(RunSpec spec) {
      return false;
    }

    @Override
    public RunOrder order(RunSpec spec) {
      return new RunOrder(spec, store.id(spec).digest(), epochs.get(spec), true, false, shared);
    }

    @Override
    public boolean sendsBefore() {
      return shared.isEmpty();
    }

    @Override
    public void done(RunSpec spec, RunOutcome outcome) {
      if (shared.isEmpty()) {
        outcome.files().putInto(store, spec);
      }
      List<EpochRecord> curve = outcome.curve();
      boolean trained = outcome.begunAt() >= 0;
      synchronized (listener) {
        listener.advanced(
            spec,
            curve,
            trained ? outcome.begunAt() : curve.size(),
            trained ? outcome.seconds() : 0);
      }
    }

    @Override
    public void diverged(RunSpec spec, RunOutcome outcome) {
      synchronized (listener) {
        listener.diverged(spec, new DivergedException(outcome.message(), null), outcome.seconds());
      }
    }

    @Override
    public void failed(RunFailure failure) {
      synchronized (listener) {
        listener.failed(failure);
      }
    }
  }
}
