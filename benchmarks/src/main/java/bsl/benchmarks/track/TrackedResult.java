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
  /** Our speed over the yardstick's, for the same work. */
  Estimate ratio() {
    return ours.speed().over(yardstick.speed()).times(work);
  }

  /** What makes results of two points comparable. */
  String key() {
    return id + ", over " + yardstickName;
  }
}
