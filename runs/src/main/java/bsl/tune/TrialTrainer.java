package bsl.tune;

import java.util.List;
import java.util.function.BooleanSupplier;

/** Trains trials. It stands between the search and the runs, so that a test can take its place. */
interface TrialTrainer {
  /**
   * A trial that is to be trained on.
   *
   * @param trial the trial
   * @param from epochs that it has come to
   * @param to epochs that it is to come to
   */
  record Leg(Trial trial, int from, int to) {}

  /**
   * What it took to train a leg now.
   *
   * @param seconds how long it took on one core, or on several all together; 0 if it was there
   *     before
   * @param estimatedSeconds how long the epochs that were trained now had been estimated to take,
   *     which may be fewer than the leg's
   */
  record Effort(double seconds, double estimatedSeconds) {
    /** Nothing was trained. */
    static final Effort NONE = new Effort(0, 0);
  }

  /** Hears what became of legs; called one at a time. */
  interface Arrivals {
    /**
     * A trial has come to where it was to come.
     *
     * @param value what it is judged by, the larger the better
     * @param effort what that took now
     */
    void arrived(Leg leg, double value, Effort effort);

    /** A trial has diverged. */
    void failed(Leg leg, String why);

    /** A trial is being trained by another process; it is waited for. */
    void held(Leg leg, String holder);

    /** A leg is done to a share, 0 to 1. */
    void progressed(Leg leg, double share);
  }

  /** About how many seconds a leg takes on one core of a typical machine. */
  double estimatedSeconds(Leg leg);

  /** How many epochs of a trial are known, so that they arrive at once. */
  int knownEpochs(Trial trial);

  /**
   * Trains trials, the first ones first. What has been trained before arrives at once.
   *
   * @param legs what to train
   * @param arrivals hears what became of them
   * @param closed once true, no leg is begun any more
   * @param cancelled once true, all legs are broken off; they go on from there another time
   */
  void train(List<Leg> legs, Arrivals arrivals, BooleanSupplier closed, BooleanSupplier cancelled);

  /** A trial is out of the race at this rung, the first of which is 0. */
  void dropped(Trial trial, int rung, int epochs);
}
