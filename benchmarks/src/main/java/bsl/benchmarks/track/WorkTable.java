package bsl.benchmarks.track;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Sets what was measured of training over users beside its floor: operations, bytes, and the time
 * of its products and its Adam alone. One look at a row says how far off it is.
 */
final class WorkTable {
  private static final String FLOP = "gigaflops";
  private static final String BYTES = "gigabytes";
  private static final Map<String, Double> MICROSECONDS =
      Map.of("ns/op", 1e-3, "us/op", 1.0, "ms/op", 1e3, "s/op", 1e6);

  private WorkTable() {}

  /** The table; empty if none of the measurements has a floor. */
  static Optional<String> of(List<Measurement> measurements) {
    MarkdownTable table =
        new MarkdownTable(
            "benchmark", "ms", "GFLOP", "MB", "GFLOP/s", "GB/s", "÷ products", "÷ Adam", "÷ both");
    List<Measurement> counted =
        measurements.stream()
            .filter(WorkTable::counted)
            .sorted(Comparator.comparing(WorkTable::setting).thenComparing(WorkTable::rank))
            .toList();
    for (Measurement m : counted) {
      double time = microseconds(m, m.mean());
      // JMH has divided time by the counter.
      double flop = time / microseconds(m, m.counters().get(FLOP)) * 1e9;
      double bytes = time / microseconds(m, m.counters().get(BYTES)) * 1e9;
      boolean whole = rank(m) == 0;
      Optional<Double> products =
          whole || rank(m) == 1 ? beside(counted, m, "products") : Optional.empty();
      Optional<Double> adam = whole ? beside(counted, m, "adam") : Optional.empty();
      table.add(
          method(m) + ": " + setting(m),
          TrackReport.number(time / 1e3),
          TrackReport.number(flop / 1e9),
          TrackReport.number(bytes / 1e6),
          TrackReport.number(flop / time / 1e3),
          TrackReport.number(bytes / time / 1e3),
          ratio(time, products),
          ratio(time, adam),
          ratio(time, products.flatMap(p -> adam.map(a -> p + a))));
    }
    return counted.isEmpty() ? Optional.empty() : Optional.of(table.toString());
  }

  private static boolean counted(Measurement m) {
    return m.mode().equals("avgt")
        && MICROSECONDS.containsKey(m.unit())
        && m.counters().getOrDefault(FLOP, 0.0) > 0
        && m.counters().getOrDefault(BYTES, 0.0) > 0;
  }

  private static double microseconds(Measurement m, double time) {
    return MICROSECONDS.get(m.unit()) * time;
  }

  /** Time of another method of the same class with the same parameters. */
  private static Optional<Double> beside(List<Measurement> all, Measurement m, String method) {
    String wanted = m.benchmark().substring(0, m.benchmark().indexOf('.') + 1) + method;
    return all.stream()
        .filter(other -> other.benchmark().equals(wanted) && other.params().equals(m.params()))
        .findFirst()
        .map(other -> microseconds(other, other.mean()));
  }

  private static String ratio(double time, Optional<Double> other) {
    return other.map(o -> TrackReport.number(time / o)).orElse("");
  }

  private static String method(Measurement m) {
    return m.benchmark().substring(m.benchmark().indexOf('.') + 1);
  }

  /** A step or an epoch comes first, then its parts. */
  private static int rank(Measurement m) {
    return switch (method(m)) {
      case "step", "epoch" -> 0;
      case "productsAndLoss" -> 1;
      case "products" -> 2;
      case "adam" -> 3;
      default -> 4;
    };
  }

  private static String setting(Measurement m) {
    return m.params().entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
