package bsl.tune;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Keeps account of work: how much is left, as estimated, and how fast it goes. Estimates are in
 * seconds on one core of a typical machine; what trainings really take says how far off they are.
 */
final class Meter {
  private final int lanes;
  private final Map<Object, Double> open = new HashMap<>();
  private final Map<Object, Double> shares = new HashMap<>();
  private double later;
  private double measured;
  private double estimated;

  /**
   * @param lanes how many trainings run at a time
   * @param measured how long trainings have taken before
   * @param estimated how long those had been estimated to take
   */
  Meter(int lanes, double measured, double estimated) {
    this.lanes = lanes;
    this.measured = measured;
    this.estimated = estimated;
  }

  /**
   * Some work begins.
   *
   * @param works what there is to do at once
   * @param seconds how long each is estimated to take
   * @param estimatedLater how long what comes after is estimated to take, all together
   */
  synchronized <T> void begin(List<T> works, ToDoubleFunction<T> seconds, double estimatedLater) {
    open.clear();
    shares.clear();
    works.forEach(work -> open.put(work, seconds.applyAsDouble(work)));
    later = estimatedLater;
  }

  /** Some work is done to a share. */
  synchronized void progressed(Object work, double share) {
    shares.put(work, share);
  }

  /**
   * Some work is done.
   *
   * @param seconds how long it took now; 0 if it was done before
   * @param expected how long that had been estimated to take: less than the whole work if a part of
   *     it was done before
   */
  synchronized void done(Object work, double seconds, double expected) {
    open.remove(work);
    shares.remove(work);
    if (seconds > 0 && expected > 0) {
      measured += seconds;
      estimated += expected;
    }
  }

  /** Whether anything has been measured. */
  synchronized boolean isCalibrated() {
    return measured > 0 && estimated > 0;
  }

  /** Seconds that work takes here for each second that it is estimated to take. */
  synchronized double slowness() {
    return isCalibrated() ? measured / estimated : 1;
  }

  /** Seconds on the clock until all is done; NaN if nothing has been measured. */
  synchronized double secondsLeft() {
    if (!isCalibrated()) {
      return Double.NaN;
    }
    double left = later;
    double longest = 0;
    for (Map.Entry<Object, Double> work : open.entrySet()) {
      double own = work.getValue() * (1 - shares.getOrDefault(work.getKey(), 0.0));
      left += own;
      longest = Math.max(longest, own);
    }
    return slowness() * Math.max(longest, left / lanes);
  }

  synchronized double measured() {
    return measured;
  }

  synchronized double estimated() {
    return estimated;
  }
}
