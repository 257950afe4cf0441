package bsl.benchmarks.track;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Something that is followed over commits: how fast a benchmark is, over how fast its yardstick is.
 *
 * @param id what it is called in tables and files
 * @param ours the benchmark
 * @param yardstick what it is compared with
 * @param yardstickName what that is called
 * @param work how many calls of the yardstick do the work of one call of ours, about
 */
record TrackedRatio(
    String id, Selector ours, Selector yardstick, String yardstickName, double work) {
  /**
   * Picks one measurement out of many.
   *
   * @param benchmark class and method
   * @param params parameters that it must have
   */
  record Selector(String benchmark, Map<String, String> params) {
    Optional<Measurement> in(Collection<Measurement> measurements) {
      return measurements.stream().filter(m -> m.matches(benchmark, params)).findFirst();
    }
  }

  /** The result, if both have been measured. */
  Optional<TrackedResult> in(Collection<Measurement> measurements) {
    Optional<Measurement> us = ours.in(measurements);
    Optional<Measurement> them = yardstick.in(measurements);
    return us.isPresent() && them.isPresent()
        ? Optional.of(new TrackedResult(id, yardstickName, work, us.get(), them.get()))
        : Optional.empty();
  }
}
