package bsl.benchmarks.track;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Benchmarks that are measured in one go.
 *
 * @param title for the terminal
 * @param include regular expression of what to run
 * @param params parameters as JMH takes them, {@code name=value,value}
 * @param threads threads that a native BLAS may use
 * @param singleShot whether an iteration is one long call
 */
record JmhCall(String title, String include, List<String> params, int threads, boolean singleShot) {
  /** How much is spent. */
  enum Length {
    /** Seconds for each benchmark: for the history. */
    FULL("3", "4", "500ms", "3", "400ms"),
    /** A look at everything. */
    QUICK("1", "4", "500ms", "3", "200ms");

    private static final String SHOTS = "2";

    private final String forks;
    private final String warmups;
    private final String warmupTime;
    private final String iterations;
    private final String time;

    Length(String forks, String warmups, String warmupTime, String iterations, String time) {
      this.forks = forks;
      this.warmups = warmups;
      this.warmupTime = warmupTime;
      this.iterations = iterations;
      this.time = time;
    }

    /** Name in files. */
    String title() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** JMH's arguments, but for where results go. */
  List<String> arguments(Length length) {
    List<String> arguments = new ArrayList<>();
    arguments.add(include);
    for (String param : params) {
      arguments.addAll(List.of("-p", param));
    }
    arguments.addAll(List.of("-f", length.forks));
    if (singleShot) {
      arguments.addAll(List.of("-wi", "1", "-i", Length.SHOTS));
    } else {
      arguments.addAll(List.of("-wi", length.warmups, "-w", length.warmupTime));
      arguments.addAll(List.of("-i", length.iterations, "-r", length.time));
    }
    return arguments;
  }
}
