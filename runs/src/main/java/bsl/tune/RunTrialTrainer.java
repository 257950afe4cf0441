package bsl.tune;

import bsl.run.DivergedException;
import bsl.run.EpochRecord;
import bsl.run.InputException;
import bsl.run.RunFailure;
import bsl.run.RunFolder;
import bsl.run.RunScheduler;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleUnaryOperator;

/**
 * Trains trials as runs of a store. They stop at rungs with a checkpoint, and go on from there.
 * What the store has of a run, from this search or from elsewhere, is not trained again.
 */
final class RunTrialTrainer implements TrialTrainer {
  private final RunStore store;
  private final RunScheduler scheduler;
  private final String metric;
  private final Map<String, String> failures;
  private final Map<String, String> damaged = new TreeMap<>();

  /**
   * @param store where the runs are kept
   * @param scheduler trains them
   * @param metric what trials are judged by, for example {@code ndcg@20}
   * @param failures why runs could not be trained, by the names of their folders; what fails is
   *     added
   */
  RunTrialTrainer(
      RunStore store, RunScheduler scheduler, String metric, Map<String, String> failures) {
    this.store = store;
    this.scheduler = scheduler;
    this.metric = metric;
    this.failures = failures;
  }

  @Override
  public double estimatedSeconds(Leg leg) {
    return scheduler.secondsBetween(leg.trial().run(), leg.from(), leg.to());
  }

  @Override
  public int knownEpochs(Trial trial) {
    try {
      return new RunFolder(store.folder(trial.run())).curveSoFar().size();
    } catch (InputException e) {
      // The trial fails for that when its turn comes.
      return 0;
    }
  }

  /** Why trials cannot be gone on with that have damaged files, by the names of their folders. */
  Map<String, String> damaged() {
    return damaged;
  }

  /** The metric at the epoch that a run would select if it ended here. */
  private double value(RunSpec run, List<EpochRecord> curve, int epochs) {
    return EpochRecord.selected(curve.subList(0, Math.min(epochs, curve.size())))
        .map(record -> record.metrics().get(metric))
        .orElseThrow(
            () -> new InputException(store.folder(run) + ": its learning curve has no " + metric));
  }

  private String name(RunSpec run) {
    return store.folder(run).getFileName().toString();
  }

  /** What a trial came to within another limit, at whatever rungs that had, as the store has it. */
  Standing earlier(Trial trial) {
    Standing standing = new Standing(trial, true);
    List<EpochRecord> curve = new RunFolder(store.folder(trial.run())).curveSoFar();
    for (int epochs : Rungs.all(trial.run().epochs())) {
      if (epochs <= curve.size()) {
        standing.reaches(epochs, value(trial.run(), curve, epochs));
      }
    }
    return standing;
  }

  @Override
  public void train(
      List<Leg> legs, Arrivals arrivals, BooleanSupplier closed, BooleanSupplier cancelled) {
    Map<RunSpec, Integer> open = new LinkedHashMap<>();
    Map<RunSpec, Leg> byRun = new LinkedHashMap<>();
    for (Leg leg : legs) {
      RunSpec run = leg.trial().run();
      List<EpochRecord> known;
      try {
        known = known(run, leg.to());
      } catch (InputException e) {
        damaged.put(name(run), e.getMessage());
        arrivals.failed(leg, e.getMessage());
        continue;
      }
      String failure = failures.get(name(run));
      if (known.size() >= leg.to()) {
        arrivals.arrived(leg, value(run, known, leg.to()), Effort.NONE);
      } else if (failure != null) {
        arrivals.failed(leg, failure);
      } else {
        open.put(run, leg.to());
        byRun.put(run, leg);
      }
    }
    if (!open.isEmpty()) {
      scheduler.advance(open, new Passing(byRun, arrivals), closed, cancelled);
    }
  }

  /** The curve that the store has of a run; what is to be gone on from is intact. */
  private List<EpochRecord> known(RunSpec run, int epochs) {
    RunFolder folder = new RunFolder(store.folder(run));
    List<EpochRecord> known = folder.curveSoFar();
    if (known.size() < epochs) {
      folder.requireIntactCheckpoint();
    }
    return known;
  }

  @Override
  public void dropped(Trial trial, int rung, int epochs) {
    // Most trials end at the first rung, where they are soon trained again should they be needed.
    if (rung == 0 && epochs < trial.run().epochs()) {
      new RunFolder(store.folder(trial.run())).dropCheckpoint(epochs);
    }
  }

  /** Passes on what becomes of runs. */
  private final class Passing implements RunScheduler.AdvanceListener {
    private final Map<RunSpec, Leg> legs;
    private final Arrivals arrivals;
    private final Map<RunSpec, DoubleUnaryOperator> shares = new LinkedHashMap<>();

    Passing(Map<RunSpec, Leg> legs, Arrivals arrivals) {
      this.legs = legs;
      this.arrivals = arrivals;
      legs.forEach((run, leg) -> shares.put(run, shareOfLeg(leg)));
    }

    /** From the share of a whole run that is done to that of a leg. */
    private DoubleUnaryOperator shareOfLeg(Leg leg) {
      RunSpec run = leg.trial().run();
      double all = scheduler.secondsBetween(run, 0, run.epochs());
      double before = scheduler.secondsBetween(run, 0, leg.from());
      double own = estimatedSeconds(leg);
      return share -> Math.max(0, Math.min(1, (share * all - before) / own));
    }

    @Override
    public void heldByOther(RunSpec run, String holder) {
      arrivals.held(legs.get(run), holder);
    }

    @Override
    public void progressed(RunSpec run, double share) {
      arrivals.progressed(legs.get(run), shares.get(run).applyAsDouble(share));
    }

    @Override
    public void advanced(RunSpec run, List<EpochRecord> curve, int from, double seconds) {
      Leg leg = legs.get(run);
      // Fewer than the leg's where a training was broken off, more where its checkpoint is gone.
      double estimated = scheduler.secondsBetween(run, from, curve.size());
      arrivals.arrived(leg, value(run, curve, leg.to()), new Effort(seconds, estimated));
    }

    @Override
    public void diverged(RunSpec run, DivergedException failure, double seconds) {
      failures.put(name(run), failure.getMessage());
      arrivals.failed(legs.get(run), failure.getMessage());
    }

    /** Not the settings' fault, as far as is known: another session may try again. */
    @Override
    public void failed(RunFailure failure) {
      arrivals.failed(legs.get(failure.spec()), failure.why());
    }
  }
}
