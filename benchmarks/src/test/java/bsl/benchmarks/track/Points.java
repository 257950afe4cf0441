package bsl.benchmarks.track;

import bsl.benchmarks.track.JmhCall.Length;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Made-up points of a history. */
final class Points {
  static final Machine MACHINE = new Machine("Some CPU @ 2.5GHz", 2, 256, "Linux amd64", 17);
  private static final Instant BEGIN = Instant.parse("2024-05-31T12:00:00Z");

  private Points() {}

  /**
   * A point whose ratios have the same noise.
   *
   * @param number of its commit: 1 to 9; the commit's hash consists of it
   * @param noise of each JVM, relative
   * @param ratios speed over that of the yardstick, by id
   */
  static HistoryPoint point(int number, double noise, Map<String, Double> ratios) {
    List<TrackedResult> results =
        new TreeMap<>(ratios)
            .entrySet().stream().map(e -> result(e.getKey(), e.getValue(), noise)).toList();
    return new HistoryPoint(
        String.valueOf(number).repeat(40),
        false,
        BEGIN.plusSeconds(86_400L * number),
        BEGIN.plusSeconds(86_400L * number + 100),
        MACHINE,
        "17.0.15+6",
        Length.FULL,
        0.25,
        results);
  }

  /** A result with a yardstick that takes exactly a millisecond. */
  static TrackedResult result(String id, double ratio, double noise) {
    double time = 1 / ratio;
    Measurement ours = measurement(id, time * (1 - noise), time, time * (1 + noise));
    return new TrackedResult(id, "plain loop", 1, ours, measurement(id + " plainly", 1, 1, 1));
  }

  /** Three JVMs with one iteration each. */
  private static Measurement measurement(String benchmark, double... times) {
    return new Measurement(
        benchmark,
        new TreeMap<>(Map.of("threads", "1")),
        "avgt",
        "ms/op",
        List.of(new double[] {times[0]}, new double[] {times[1]}, new double[] {times[2]}),
        Map.of());
  }
}
