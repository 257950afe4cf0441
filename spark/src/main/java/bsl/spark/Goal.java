package bsl.spark;

import bsl.run.RunFailure;
import bsl.run.RunSpec;
import bsl.run.RunStore;

/** What is to become of runs; called from the driver's loop only. */
interface Goal {
  /** Where the runs are kept. */
  RunStore store();

  /** Whether a run is there already; it is told to whoever listens then. */
  boolean isThere(RunSpec spec);

  /** What a worker is to be told. */
  RunOrder order(RunSpec spec);

  /** Whether the worker is to be sent what the driver has of the run. */
  boolean sendsBefore();

  /**
   * Takes what has come back.
   *
   * @throws bsl.run.RunHeldException if somebody is at work in the run's folder; it is called again
   * @throws bsl.run.InputException if what has come back is not that run
   */
  void done(RunSpec spec, RunOutcome outcome);

  /** Takes that a run has diverged. */
  void diverged(RunSpec spec, RunOutcome outcome);

  /** Takes that a run could not be trained. */
  void failed(RunFailure failure);
}
