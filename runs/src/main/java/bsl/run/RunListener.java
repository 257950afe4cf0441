package bsl.run;

import java.util.List;

/** Hears how a run goes; called from the thread that trains. */
public interface RunListener {
  /** Hears nothing. */
  RunListener SILENT = new RunListener() {};

  /**
   * The data set has a name of the catalogue but is not what the catalogue knows. Called before
   * anything else.
   *
   * @param differences a line per difference, see {@link RunData#deviations}
   */
  default void dataDeviates(List<String> differences) {}

  /**
   * The run was finished before; nothing is trained.
   *
   * @param result what came out then
   */
  default void foundFinished(RunResult result) {}

  /**
   * The run begins or goes on.
   *
   * @param doneEpochs epochs that an earlier, interrupted session had finished
   * @param epochs epochs at most
   * @param stepsPerEpoch steps of one epoch
   */
  default void started(int doneEpochs, int epochs, int stepsPerEpoch) {}

  /** A step of the current epoch is done. */
  default void stepped(int step) {}

  /**
   * An epoch is done.
   *
   * @param record what came out
   * @param best whether the epoch is the best so far
   */
  default void epochDone(EpochRecord record, boolean best) {}
}
