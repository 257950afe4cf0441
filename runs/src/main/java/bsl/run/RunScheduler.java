package bsl.run;

import bsl.core.Interactions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Trains many runs, the longest first, so that none is left to run alone in the end. A {@link
 * RunEngine} does the work: on this machine or on many.
 */
public final class RunScheduler {
  /** Hears how it goes; called from several threads, one at a time. */
  public interface Listener {
    /**
     * A run begins, or goes on. Not called for a run that another process has finished meanwhile.
     */
    default void started(RunSpec spec) {}

    /**
     * A run is being trained by another process; other runs go first.
     *
     * @param holder who that is, for messages
     */
    default void heldByOther(RunSpec spec, String holder) {}

    /** A run has come this far. */
    default void progressed(RunSpec spec, double share) {}

    /** A run has trained so many epochs, those of earlier sessions among them. */
    default void trained(RunSpec spec, int epochs) {}

    /** A run is done, complete or not. */
    default void finished(RunSpec spec, RunResult result) {}

    /**
     * A run could not be trained; the others go on.
     *
     * @param failure the run and why
     */
    default void failed(RunFailure failure) {}
  }

  private final RunStore store;
  private final RunEngine engine;
  private final boolean resume;

  /**
   * Trains on the cores of this machine.
   *
   * @param store where runs are kept
   * @param threads threads to use, at least 1
   * @param resume whether to go on from checkpoints; without it, unfinished runs begin anew
   */
  public RunScheduler(RunStore store, int threads, boolean resume) {
    this(store, new LocalEngine(threads), resume);
  }

  /**
   * @param store where runs are kept
   * @param engine trains; closed by whoever made it
   * @param resume whether to go on from checkpoints; without it, unfinished runs begin anew
   */
  public RunScheduler(RunStore store, RunEngine engine, boolean resume) {
    this.store = store;
    this.engine = engine;
    this.resume = resume;
  }

  /** The runs in the order in which they are begun: by the time that is left, longest first. */
  public List<RunSpec> order(Collection<RunSpec> runs) {
    Map<RunSpec, Double> left = new HashMap<>();
    runs.forEach(spec -> left.put(spec, secondsBetween(spec, epochsTrained(spec), spec.epochs())));
    List<RunSpec> order = new ArrayList<>(runs);
    order.sort(Comparator.<RunSpec>comparingDouble(left::get).reversed());
    return order;
  }

  /** How many epochs of an unfinished run need not be trained again, as a checkpoint has them. */
  public int epochsTrained(RunSpec spec) {
    try {
      int kept = resume ? new RunFolder(store.folder(spec)).checkpoints().epochs() : 0;
      return Math.min(kept, spec.epochs());
    } catch (InputException e) {
      // The run fails for that when its turn comes, and alone. The others are to be planned.
      return 0;
    }
  }

  /** About how long a run takes on one core of a typical machine. */
  public double estimatedSeconds(RunSpec spec) {
    return RunCost.seconds(spec, store.split(spec).train());
  }

  /**
   * About how long some epochs of a run take on one core of a typical machine.
   *
   * @param from epochs that are done
   * @param to epochs that are to be done
   */
  public double secondsBetween(RunSpec spec, double from, double to) {
    Interactions train = store.split(spec).train();
    double share = RunCost.share(spec, train, to) - RunCost.share(spec, train, from);
    return share * RunCost.seconds(spec, train);
  }

  /**
   * Trains runs, and brings the models of all of them into the store.
   *
   * @param runs what to train
   * @param listener hears how it goes
   * @param cancelled asked often; once true, running runs keep what they have and the rest is left
   * @return the results of those that came to their end
   * @throws RunsFailedException if runs could not be trained, for example because they diverge,
   *     while the others were
   */
  public Map<RunSpec, RunResult> run(
      Collection<RunSpec> runs, Listener listener, BooleanSupplier cancelled) {
    return run(runs, spec -> true, listener, cancelled);
  }

  /**
   * Trains runs.
   *
   * @param models whether a run's model is needed; those of the others may be left elsewhere
   */
  public Map<RunSpec, RunResult> run(
      Collection<RunSpec> runs,
      Predicate<RunSpec> models,
      Listener listener,
      BooleanSupplier cancelled) {
    RunEngine.Job job = new RunEngine.Job(store, order(runs), models, resume);
    Map<RunSpec, RunResult> results = engine.train(job, listener, cancelled);
    Map<RunSpec, RunResult> inOrder = new LinkedHashMap<>();
    for (RunSpec spec : runs) {
      if (results.containsKey(spec)) {
        inOrder.put(spec, results.get(spec));
      }
    }
    return inOrder;
  }

  /** Hears how it goes with runs that are advanced; called from several threads, one at a time. */
  public interface AdvanceListener extends Listener {
    /**
     * A run has come to where it was to come.
     *
     * @param curve its learning curve so far
     * @param from epochs from which it was trained now; all of the curve if it was there before, or
     *     if another process has trained it
     * @param seconds how long that took, times the lanes that it had; 0 if nothing was trained
     */
    default void advanced(RunSpec spec, List<EpochRecord> curve, int from, double seconds) {}

    /** A run's training has diverged. */
    default void diverged(RunSpec spec, DivergedException failure, double seconds) {}
  }

  /**
   * Brings runs up to an epoch and leaves them there; see {@link TrainingRun#advance}. They are
   * begun in the order in which they are given. One that diverges does not keep the others.
   *
   * @param epochs how far each run is to come, in the order of their beginning
   * @param listener hears how it goes
   * @param closed asked before a run is begun; once true, the rest is left and running ones come to
   *     where they were to come
   * @param cancelled asked often; once true, running runs keep what they have and the rest is left
   * @throws InputException if a run cannot be trained and the others were broken off
   */
  public void advance(
      Map<RunSpec, Integer> epochs,
      AdvanceListener listener,
      BooleanSupplier closed,
      BooleanSupplier cancelled) {
    engine.advance(store, epochs, listener, closed, cancelled);
  }
}
