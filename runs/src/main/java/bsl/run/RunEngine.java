package bsl.run;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Carries runs out: on the cores of this machine ({@link LocalEngine}) or on many machines. Where a
 * run is trained changes no bit of it. Whatever the engine, finished runs lie in the same {@link
 * RunStore}, with all their files.
 *
 * <p>{@link RunScheduler} stands in front of it, for those who have runs to train. Engines other
 * than the local one are found by their names, see {@link RunEngineKind}.
 */
public interface RunEngine extends AutoCloseable {
  /**
   * Runs that are to be trained.
   *
   * @param store where their data come from, and where they are kept
   * @param runs what to train, in the order in which to begin
   * @param models whether somebody will read a run's model; an engine may leave the models of other
   *     runs where they were trained
   * @param resume whether to go on from checkpoints; without it, unfinished runs begin anew
   */
  record Job(RunStore store, List<RunSpec> runs, Predicate<RunSpec> models, boolean resume) {
    /** A run that is there twice is trained once. */
    public Job {
      runs = runs.stream().distinct().toList();
    }
  }

  /** How many runs it trains at a time, at least 1; asking may start the engine. */
  int lanes();

  /**
   * How many lanes one run may take when the others are free, at least 1; for estimates of time.
   */
  default int mostThreadsPerRun() {
    return 1;
  }

  /**
   * Trains runs to their ends.
   *
   * @param job what to train
   * @param listener hears how it goes
   * @param cancelled asked often; once true, running runs keep what they have and the rest is left
   * @return the results of those that came to their end
   * @throws RunsFailedException if runs could not be trained, for example because they diverge,
   *     while the others were
   */
  Map<RunSpec, RunResult> train(Job job, RunScheduler.Listener listener, BooleanSupplier cancelled);

  /**
   * Brings runs up to an epoch and leaves them there; see {@link TrainingRun#advance}. They are
   * begun in the order in which they are given. One that diverges does not keep the others.
   *
   * @param store where their data come from, and where they are kept
   * @param epochs how far each run is to come, in the order of their beginning
   * @param listener hears how it goes; of a run that could not be trained while the rest went on,
   *     by {@link RunScheduler.Listener#failed}
   * @param closed asked before a run is begun; once true, the rest is left and running ones come to
   *     where they were to come
   * @param cancelled asked often; once true, running runs keep what they have and the rest is left
   * @throws InputException if a run cannot be trained and the others were broken off
   */
  void advance(
      RunStore store,
      Map<RunSpec, Integer> epochs,
      RunScheduler.AdvanceListener listener,
      BooleanSupplier closed,
      BooleanSupplier cancelled);

  /** Gives back what the engine holds. Does nothing the second time. */
  @Override
  void close();
}
