package bsl.tune;

import bsl.run.RunResult;
import bsl.run.RunSpec;

/** Hears how a search goes; called from several threads, one at a time. */
public interface TuningListener {
  /** Hears nothing. */
  TuningListener SILENT = new TuningListener() {};

  /**
   * Trials begin to compete.
   *
   * @param trials how many
   * @param wanted how many there were to be; more if the space has no more
   */
  default void begins(int trials, int wanted) {}

  /**
   * A trial has come to a rung, or has failed.
   *
   * @param standing the trial
   * @param now whether it was trained now, and not before
   */
  default void arrived(Standing standing, boolean now, TuningStatus status) {}

  /** Trials are a little further. */
  default void progressed(TuningStatus status) {}

  /**
   * A run is being trained by another process; it is waited for.
   *
   * @param holder who that is
   */
  default void heldByOther(RunSpec run, String holder) {}

  /**
   * The whole search is at work in another process; it is waited for.
   *
   * @param holder who that is
   */
  default void searchedByOther(String holder) {}

  /**
   * The search is over.
   *
   * @param best the trial that has won
   * @param seeds how many seeds it is to be trained with
   * @param done how many of them it has been trained with before
   */
  default void won(Standing best, int seeds, int done) {}

  /** The winner is trained with one more seed. */
  default void seedDone(RunSpec run, RunResult result) {}
}
