package bsl.compare;

import bsl.baselines.FitContext;
import bsl.baselines.FitListener;
import bsl.baselines.InsufficientMemoryException;
import bsl.core.WorkPool;
import bsl.data.ProcessLock;
import bsl.eval.UserScorer;
import bsl.run.FitFolder;
import bsl.run.FitId;
import bsl.run.FitRecord;
import bsl.run.InputException;
import bsl.run.Provenance;
import bsl.run.RunData;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.run.TestEvaluation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Fits baselines and keeps what they came to in the store of runs. A baseline is fitted on the
 * pairs that runs of the same seed and protocol train on, and does not rank those that they do not
 * rank. So held-out pairs are kept from it as they are kept from the runs.
 */
final class BaselineFits {
  /** How often to look whether another process has made a fit. */
  private static final long LOOK_NANOS = 500_000_000;

  private final RunStore store;
  private final int threads;
  private final Map<String, FitId> ids = new HashMap<>();

  BaselineFits(RunStore store, int threads) {
    this.store = store;
    this.threads = threads;
  }

  /** The identity of a fit; working it out takes a pass over the pairs, once. */
  FitId id(BaselineChoice choice, RunSpec cut) {
    String key = choice.name() + " " + cut;
    return ids.computeIfAbsent(key, any -> choice.id(cut.dataset(), store.data(cut), cut.seed()));
  }

  /** Where a fit is kept. */
  FitFolder folder(FitId id) {
    return new FitFolder(store.folder().resolve(id.folderName()));
  }

  /**
   * What a fit came to, if it is kept. A fit's identity leaves defaults out. So a record counts
   * only if all its settings are those of now.
   */
  Optional<FitRecord> kept(FitId id, BaselineChoice choice) {
    return folder(id)
        .record(id.digest())
        .filter(record -> record.settings().equals(choice.texts()));
  }

  /** Bytes that a fit needs at most. */
  long bytes(BaselineChoice choice, RunSpec cut) {
    return choice.bytes(store.data(cut).train());
  }

  /**
   * Makes sure that a fit has the memory it needs.
   *
   * @throws InputException if it has not; the message says how much it would take
   */
  void requireMemory(ComparisonPlan.OpenFit fit) {
    try {
      FitContext.requireHeap("baseline " + fit.baseline() + " on " + fit.dataset(), fit.bytes());
    } catch (InsufficientMemoryException e) {
      String remedy = e.option().map(option -> " (BSL_JAVA_OPTS=" + option + ")").orElse("");
      throw new InputException(e.getMessage() + remedy, e);
    }
  }

  /**
   * Fits a baseline, unless that is kept by now.
   *
   * @param cut the run whose pairs it is fitted on
   * @param cancelled asked often; once true, the fit is broken off and lost
   * @return what it came to; empty if it was broken off
   * @throws InputException if it does not fit into memory, or its settings do not go with the pairs
   */
  Optional<FitRecord> fit(
      BaselineChoice choice,
      RunSpec cut,
      ComparisonPlan.OpenFit fit,
      ComparisonListener listener,
      BooleanSupplier cancelled) {
    FitId id = id(choice, cut);
    FitFolder folder = folder(id);
    Optional<ProcessLock> lock = folder.claim();
    if (lock.isEmpty()) {
      listener.fitHeldByOther(fit);
    }
    while (lock.isEmpty()) {
      if (cancelled.getAsBoolean()) {
        return Optional.empty();
      }
      LockSupport.parkNanos(LOOK_NANOS);
      lock = folder.claim();
    }
    try {
      Optional<FitRecord> there = kept(id, choice);
      return there.isPresent() ? there : fitNow(choice, cut, fit, listener, cancelled);
    } finally {
      release(lock.get());
    }
  }

  private static void release(ProcessLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<FitRecord> fitNow(
      BaselineChoice choice,
      RunSpec cut,
      ComparisonPlan.OpenFit fit,
      ComparisonListener listener,
      BooleanSupplier cancelled) {
    listener.fitting(fit);
    RunData data = store.data(cut);
    try (WorkPool pool = new WorkPool(threads)) {
      FitContext context =
          FitContext.of(pool).withSeed(cut.seed()).withListener(told(listener, cancelled));
      long start = System.nanoTime();
      UserScorer scorer = choice.kind().fit(data.train(), choice.values(), context);
      double seconds = (System.nanoTime() - start) / 1e9;
      TestEvaluation evaluation = TestEvaluation.of(scorer, cut, data, pool);
      FitRecord record = record(choice, cut, data, seconds, evaluation);
      folder(id(choice, cut)).keep(record, data.train().users(), evaluation.perUser());
      listener.fitted(fit, record);
      return Optional.of(record);
    } catch (CancellationException e) {
      return Optional.empty();
    } catch (InsufficientMemoryException | IllegalArgumentException e) {
      throw new InputException(named(fit) + ": " + e.getMessage(), e);
    }
  }

  private static String named(ComparisonPlan.OpenFit fit) {
    return "baseline " + fit.baseline() + " on " + fit.dataset() + ", seed " + fit.seed();
  }

  private static FitListener told(ComparisonListener listener, BooleanSupplier cancelled) {
    return new FitListener() {
      @Override
      public void progress(double share) {
        listener.fitProgressed(share);
      }

      @Override
      public boolean cancelled() {
        return cancelled.getAsBoolean();
      }
    };
  }

  private FitRecord record(
      BaselineChoice choice, RunSpec cut, RunData data, double seconds, TestEvaluation evaluation) {
    FitId id = id(choice, cut);
    return new FitRecord(
        FitRecord.FORMAT,
        id.digest(),
        cut.dataset(),
        choice.name(),
        choice.texts(),
        cut.protocol().key(),
        cut.seed(),
        data.digests(),
        id.pairs(),
        Provenance.softwareOfNow(),
        id.code(),
        threads,
        seconds,
        evaluation.seconds(),
        evaluation.metrics(),
        evaluation.use(),
        data.deviations(),
        data.dataImport());
  }
}
