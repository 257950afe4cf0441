package bsl.run;

import bsl.backbones.Backbone;
import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.data.ProcessLock;
import bsl.eval.FullRankingEvaluator;
import bsl.eval.PerUserMetrics;
import bsl.losses.NonFiniteScoreException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Carries out one run: trains, evaluates, stops early, keeps the best epoch, and leaves everything
 * in its folder. The same spec and data give the same bits, whatever the threads, and however often
 * the run was interrupted, killed and resumed.
 */
public final class TrainingRun {
  private static final double NANOS = 1e9;

  /**
   * A checkpoint is written so many seconds after the last one, at the end of an epoch. More
   * seconds spare a slow network drive, fewer lose less with a machine.
   */
  private static final long CHECKPOINT_NANOS =
      TimeUnit.SECONDS.toNanos(Long.getLong("bsl.checkpoint.seconds", 20));

  private final RunSpec spec;
  private final RunData data;
  private final String preset;
  private final int threads;
  private final RunFolder folder;
  private final long checkpointNanos;
  private final Kernels kernels = Kernels.best();

  /**
   * @param spec what to train
   * @param data what to train on, cut by the spec's protocol
   * @param preset name of the preset the spec started from, for the record
   * @param threads threads to use, at least 1
   * @param folder where to leave the result
   */
  public TrainingRun(RunSpec spec, RunData data, String preset, int threads, RunFolder folder) {
    this(spec, data, preset, threads, folder, CHECKPOINT_NANOS);
  }

  TrainingRun(
      RunSpec spec,
      RunData data,
      String preset,
      int threads,
      RunFolder folder,
      long checkpointNanos) {
    this.checkpointNanos = checkpointNanos;
    this.spec = spec;
    this.data = data;
    this.preset = Objects.requireNonNull(preset, "preset");
    this.threads = threads;
    this.folder = folder;
  }

  /**
   * Share of the run's time that its first epochs take, as estimated, 0 to 1.
   *
   * @param epochs number of epochs, also in the middle of one
   */
  public double share(double epochs) {
    return RunCost.share(spec, data.train(), epochs);
  }

  /**
   * Trains the run, unless it is finished already: from the beginning, or from the folder's last
   * checkpoint.
   *
   * @param resume whether to go on from a checkpoint; without one the run begins anew
   * @param listener hears how it goes
   * @param cancelled asked before each step; once true, a checkpoint of the last finished epoch and
   *     the best model so far are kept, the result is marked incomplete, and the run returns
   * @return what came out, now or when the run was finished before
   * @throws RunHeldException if somebody else trains in this folder
   * @throws InputException if the folder holds another run, or a damaged model or checkpoint, or
   *     the training diverges; the best model so far is then kept
   */
  public RunResult execute(boolean resume, RunListener listener, BooleanSupplier cancelled) {
    return execute(resume, false, listener, cancelled);
  }

  /**
   * Trains the run from the beginning, though it may be finished already. What was there is lost.
   * Otherwise as {@link #execute}.
   */
  public RunResult repeat(RunListener listener, BooleanSupplier cancelled) {
    return execute(false, true, listener, cancelled);
  }

  /**
   * Trains the run up to the end of an epoch and leaves it there, to be gone on with later by this
   * method or by {@link #execute}, with the bits of a run that never stopped. Neither is the test
   * set looked at nor a result written: the folder has a checkpoint and the learning curve.
   *
   * @param epochs where to stop; the rates of learning are still those of the whole run
   * @param listener hears how it goes
   * @param cancelled asked before each step; once true, a checkpoint of the last finished epoch is
   *     kept and the run returns
   * @return the learning curve so far; shorter than {@code epochs} if the run was cancelled or has
   *     ended before, and longer if it had come further before
   * @throws RunHeldException if somebody else trains in this folder
   * @throws DivergedException if the training diverges
   * @throws InputException if the folder holds another run, or a damaged checkpoint
   */
  public List<EpochRecord> advance(int epochs, RunListener listener, BooleanSupplier cancelled) {
    ProcessLock lock = folder.claim(RunId.of(spec, data.digests()));
    try {
      List<EpochRecord> known = folder.curveSoFar();
      if (known.size() >= epochs || folder.result().filter(RunResult::complete).isPresent()) {
        return known;
      }
      try (WorkPool pool = new WorkPool(threads)) {
        return new Session(pool, true).advance(epochs, known.size(), listener, cancelled);
      }
    } finally {
      RunFolder.release(lock);
    }
  }

  private RunResult execute(
      boolean resume, boolean again, RunListener listener, BooleanSupplier cancelled) {
    RunId id = RunId.of(spec, data.digests());
    if (!again && folder.isReadOnly()) {
      Optional<RunResult> there = intact(id);
      if (there.isPresent()) {
        listener.foundFinished(there.get());
        return there.get();
      }
    }
    ProcessLock lock = folder.claim(id);
    try {
      if (!data.deviations().isEmpty()) {
        listener.dataDeviates(data.deviations());
      }
      if (again) {
        folder.retract();
      }
      Optional<RunResult> finished = intact(id);
      if (finished.isPresent()) {
        folder.checkpoints().clear();
        listener.foundFinished(finished.get());
        return finished.get();
      }
      if (!resume) {
        folder.checkpoints().clear();
      }
      try (WorkPool pool = new WorkPool(threads)) {
        return new Session(pool, resume).train(listener, cancelled);
      }
    } finally {
      RunFolder.release(lock);
    }
  }

  /**
   * The finished run in the folder, if there is one with its model.
   *
   * @throws InputException if the model is damaged or belongs to another run
   */
  private Optional<RunResult> intact(RunId id) {
    Optional<RunResult> finished = folder.finished(id).filter(result -> folder.hasModel());
    finished.ifPresent(result -> ModelFiles.read(folder.path(), result.modelSha256()));
    return finished;
  }

  /** The objects of one execution. */
  private final class Session {
    private final Embeddings best;
    private final Training training;
    private final FullRankingEvaluator validation;
    private final FullRankingEvaluator test;
    private final ScoreStatistics statistics;
    private final RunProgress progress;
    private final List<EmbeddingTable> settled = new ArrayList<>();

    Session(WorkPool pool, boolean resume) {
      training =
          new Training(
              spec,
              data.train(),
              spec.negativeNoiseOnTest() ? data.test() : data.train(),
              kernels,
              pool);
      best = training.embeddings().copy();
      validation =
          new FullRankingEvaluator(
              data.validation(), data.maskedInValidation(), spec.testScore(), kernels, pool);
      test =
          new FullRankingEvaluator(
              data.test(), data.maskedInTest(), spec.testScore(), kernels, pool);
      statistics = new ScoreStatistics(data.train());
      progress = (resume ? restore() : Optional.<RunProgress>empty()).orElseGet(RunProgress::new);
    }

    private Optional<RunProgress> restore() {
      Backbone backbone = training.backbone();
      Optional<RunProgress> restored = folder.checkpoints().restore(backbone.state(), best);
      restored.ifPresent(there -> backbone.resumeAt(there.steps));
      return restored;
    }

    RunResult train(RunListener listener, BooleanSupplier cancelled) {
      try {
        return finish(trainUntil(spec.epochs(), listener, cancelled));
      } catch (DivergedException e) {
        finish(false);
        throw e;
      }
    }

    /** See {@link TrainingRun#advance}; a curve in the folder that is longer stays. */
    List<EpochRecord> advance(
        int epochs, int known, RunListener listener, BooleanSupplier cancelled) {
      if (trainUntil(epochs, listener, cancelled)) {
        checkpoint();
      }
      if (progress.epochs() > known) {
        folder.writeCurve(progress);
      }
      return List.copyOf(progress.curve);
    }

    /** Trains to the end of an epoch, or of the run; false, with a checkpoint, if broken off. */
    private boolean trainUntil(int epochs, RunListener listener, BooleanSupplier cancelled) {
      listener.started(progress.epochs(), spec.epochs(), training.stepsPerEpoch());
      long saved = System.nanoTime();
      settle();
      while (!finished() && progress.epochs() < epochs) {
        boolean interrupted;
        try {
          interrupted = !trainEpoch(listener, cancelled);
        } catch (NonFiniteScoreException e) {
          throw diverged(e);
        } catch (IllegalArgumentException e) {
          // The evaluation has no exception of its own for scores that are not numbers.
          throw training.hasFiniteScores() ? e : diverged(e);
        }
        if (interrupted) {
          if (progress.epochs() > 0) {
            checkpoint();
          }
          return false;
        }
        settle();
        if (!finished() && System.nanoTime() - saved > checkpointNanos) {
          checkpoint();
          saved = System.nanoTime();
        }
      }
      return true;
    }

    private DivergedException diverged(RuntimeException e) {
      return DivergedException.in(progress.epochs() + 1, e.getMessage(), e);
    }

    /** Keeps the state at the end of an epoch, which the next one changes step by step. */
    private void settle() {
      List<EmbeddingTable> state = training.backbone().state();
      if (settled.isEmpty()) {
        state.forEach(table -> settled.add(table.copy()));
      } else {
        for (int t = 0; t < state.size(); t++) {
          settled.get(t).copyFrom(state.get(t));
        }
      }
    }

    private void checkpoint() {
      folder.checkpoints().save(spec, data, progress, settled, best);
    }

    private boolean finished() {
      return progress.epochs() >= spec.epochs() || progress.stale(spec.patience());
    }

    /** Trains and, when due, evaluates one epoch; false if it was broken off. */
    private boolean trainEpoch(RunListener listener, BooleanSupplier cancelled) {
      int epoch = progress.epochs() + 1;
      long start = System.nanoTime();
      double loss = training.trainEpoch(epoch, listener::stepped, cancelled);
      if (Double.isNaN(loss)) {
        return false;
      }
      Embeddings current = training.embeddings();
      progress.trainSeconds += (System.nanoTime() - start) / NANOS;
      progress.steps = training.backbone().steps();
      boolean improved = false;
      Map<String, Double> metrics = Map.of();
      Map<String, Double> recorded = Map.of();
      if (epoch % spec.evaluateEvery() == 0 || epoch == spec.epochs()) {
        long evaluation = System.nanoTime();
        metrics = validation.evaluate(current).asMap();
        recorded = new LinkedHashMap<>(metrics);
        recorded.putAll(statistics.of(current));
        progress.evaluationSeconds += (System.nanoTime() - evaluation) / NANOS;
        progress.evaluations++;
        improved = progress.improves(metrics);
        if (improved) {
          progress.bestEpoch = epoch;
          progress.bestMetrics = metrics;
          best.users().copyFrom(current.users());
          best.items().copyFrom(current.items());
        }
      }
      EpochRecord record = new EpochRecord(epoch, loss, progress.trainSeconds, recorded);
      progress.curve.add(record);
      listener.epochDone(record, improved);
      return true;
    }

    private RunResult finish(boolean complete) {
      Map<String, Double> testMetrics = progress.bestMetrics;
      Optional<PerUserMetrics> perUser = Optional.empty();
      Optional<CatalogueUse> catalogue = Optional.empty();
      // A run that was broken off goes on, so that its users need no pass of their own.
      if (progress.bestEpoch > 0 && (complete || !data.selectsOnTest())) {
        CatalogueUse.Observers seen = new CatalogueUse.Observers(data.train(), data.test());
        PerUserMetrics evaluated = test.evaluatePerUser(best, seen.all());
        perUser = Optional.of(evaluated).filter(any -> complete);
        catalogue = Optional.of(seen.seen()).filter(any -> complete);
        testMetrics = data.selectsOnTest() ? testMetrics : evaluated.mean().asMap();
      }
      RunResult result =
          new RunResult(
              spec.dataset(),
              data.digests(),
              spec.backbone(),
              spec.lossName(),
              spec.asMap(),
              preset,
              spec.seed(),
              threads,
              kernels.name(),
              spec.protocol().key(),
              data.selectsOnTest() ? "test" : "validation",
              complete,
              progress.epochs(),
              progress.bestEpoch,
              progress.trainSeconds,
              RunResult.medianEpochSeconds(progress.curve),
              progress.evaluations == 0 ? 0 : progress.evaluationSeconds / progress.evaluations,
              peakHeapBytes(),
              testMetrics,
              progress.bestMetrics,
              ModelFiles.digest(best),
              Numerics.VERSION,
              data.deviations(),
              complete && progress.epochs() < spec.epochs());
      // The record of a run that is trained again for its model stays until the model is there.
      boolean recorded = !complete && folder.result().filter(RunResult::complete).isPresent();
      if (progress.bestEpoch > 0 && !recorded) {
        folder.write(spec, result, data.dataImport(), progress, best, perUser, catalogue);
      }
      return result;
    }
  }

  private static long peakHeapBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong((MemoryPoolMXBean pool) -> pool.getPeakUsage().getUsed())
        .sum();
  }
}
