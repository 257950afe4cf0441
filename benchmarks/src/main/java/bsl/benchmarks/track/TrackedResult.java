package bsl.benchmarks.track;

/**
 * What was measured of a {@link TrackedRatio}.
 *
 * @param id of the ratio
 * @param yardstickName name of what it is compared with
 * @param ours the benchmark
 * @param yardstick what it is compared with, from the same run
 */
record TrackedResult(String id, String yardstickName, Measurement ours, Measurement yardstick) {
  /** Our speed over the yardstick's. Where their work differs, only its changes mean something. */
  Estimate ratio() {
    return ours.speed().over(yardstick.speed());
  }

  /** What makes results of two points comparable. */
  String key() {
    return id + ", over " + yardstickName;
  }
}
