package bsl.benchmarks.track;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * What JMH measured of one benchmark with one set of parameters.
 *
 * @param benchmark class and method, e.g. {@code AdamBenchmark.step}
 * @param params parameters by name
 * @param mode JMH's short name of the mode, e.g. {@code avgt}
 * @param unit unit of the numbers, e.g. {@code us/op}
 * @param forks iterations of each JVM
 * @param counters means of the counters beside the score, in JMH's units; empty for stored ones
 */
record Measurement(
    String benchmark,
    SortedMap<String, String> params,
    String mode,
    String unit,
    List<double[]> forks,
    Map<String, Double> counters) {
  private static final String THROUGHPUT = "thrpt";

  /** Short names of the modes whose numbers are times. */
  private static final Set<String> TIMES = Set.of("avgt", "sample", "ss");

  /** A first iteration that is so much slower than the last one was still warming up. */
  private static final double UNSETTLED = 1.25;

  /** Whether larger numbers are better. */
  boolean throughput() {
    return mode.equals(THROUGHPUT);
  }

  /** Whether first iterations were about as fast as last ones, in the mean over JVMs. */
  boolean settled() {
    double log = 0;
    for (double[] fork : forks) {
      double first = fork[0] / fork[fork.length - 1];
      log += Math.log(throughput() ? 1 / first : first);
    }
    return log / forks.size() < Math.log(UNSETTLED);
  }

  /**
   * The logarithm of operations per second.
   *
   * @throws BadInputException if it is in a mode or unit that JMH does not have, or in a unit of
   *     the other modes
   */
  Estimate speed() {
    Estimate mean = Estimate.ofMean(forks);
    return (throughput() ? mean : mean.inverse()).times(1 / secondsOfUnit());
  }

  /** The length of the time in {@link #unit}, which is {@code TIME/op} or {@code ops/TIME}. */
  private double secondsOfUnit() {
    if (!throughput() && !TIMES.contains(mode)) {
      throw new BadInputException("unknown mode '" + mode + "' of " + benchmark);
    }
    String operation = throughput() ? "ops/" : "/op";
    boolean right = throughput() ? unit.startsWith(operation) : unit.endsWith(operation);
    return switch (right ? unit.replace(operation, "") : "") {
      case "ns" -> 1e-9;
      case "us" -> 1e-6;
      case "ms" -> 1e-3;
      case "s" -> 1;
      case "min" -> 60;
      default ->
          throw new BadInputException(
              "unknown unit '" + unit + "' of " + benchmark + " in mode " + mode);
    };
  }

  /** Mean over all iterations, in {@link #unit}. */
  double mean() {
    return forks.stream().flatMapToDouble(Arrays::stream).average().orElseThrow();
  }

  /** Whether it is of the same benchmark, and parameters that both have are equal. */
  boolean sameSetting(Measurement other) {
    return benchmark.equals(other.benchmark)
        && params.entrySet().stream()
            .allMatch(
                p -> p.getValue().equals(other.params.getOrDefault(p.getKey(), p.getValue())));
  }

  /** Whether it is of this benchmark and has these parameters, whatever others there are. */
  boolean matches(String wanted, Map<String, String> wantedParams) {
    return benchmark.equals(wanted) && params.entrySet().containsAll(wantedParams.entrySet());
  }
}
