package bsl.benchmarks.track;

/**
 * What was measured of a {@link TrackedRatio}.
 *
 * @param id of the ratio
 * @param yardstickName name of what it is compared with
 * @param work how many calls of the yardstick do the work of one call of ours, about
 * @param ours the benchmark
 * @param yardstick what it is compared with, from the same run
 */
record TrackedResult(
    String id, String yardstickName, double work, Measurement ours, Measurement yardstick) {
  /** Beyond rounding. */
  private static final double SAME_WORK = 1e-9;

  /** Our speed over the yardstick's, for the same work. */
  Estimate ratio() {
    return ours.speed().over(yardstick.speed()).times(work);
  }

  /** Names the ratio. */
  String key() {
    return id + ", over " + yardstickName;
  }

  /**
   * Whether a change from the other to this one says something about the code: they are of one
   * ratio, for the same work, and of benchmarks with the same parameters. A parameter that only one
   * of them has is new, and what it stands for was fixed before.
   */
  boolean comparable(TrackedResult other) {
    return key().equals(other.key())
        && Math.abs(work / other.work - 1) < SAME_WORK
        && ours.sameSetting(other.ours)
        && yardstick.sameSetting(other.yardstick);
  }
}
