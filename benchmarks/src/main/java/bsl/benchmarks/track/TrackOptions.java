package bsl.benchmarks.track;

import bsl.benchmarks.track.JmhCall.Length;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What {@code benchmarks/track} is asked to do. The script adds the options of the commit.
 *
 * @param task what to do
 * @param names points to compare, older first; or the file whose floors are shown
 * @param length how much to spend
 * @param history folder of the stored points
 * @param output folder of JMH's output
 * @param jar the benchmarks
 * @param commit hash of the commit that the jar is of
 * @param committed when that was made
 * @param changed whether the jar has changes that are in no commit
 * @param blas name of the native BLAS
 * @param load processes that ran or waited in the minute before, on average; NaN if unknown
 */
record TrackOptions(
    Task task,
    List<String> names,
    Length length,
    Path history,
    Path output,
    Path jar,
    String commit,
    Instant committed,
    boolean changed,
    String blas,
    double load) {
  /** What there is to do. */
  enum Task {
    /** Measure, store, compare. */
    MEASURE,
    /** Compare two stored points. */
    COMPARE,
    /** Show the floors of training over users. */
    FLOORS
  }

  private static final String UNKNOWN = "0".repeat(40);

  /**
   * Understands arguments.
   *
   * @throws BadInputException if it does not
   */
  static TrackOptions parse(String... arguments) {
    Task task = Task.MEASURE;
    Length length = Length.FULL;
    Optional<Path> history = Optional.empty();
    Path home = Path.of("");
    Optional<Path> jar = Optional.empty();
    String commit = UNKNOWN;
    Instant committed = Instant.EPOCH;
    boolean changed = false;
    String blas = "native BLAS";
    double load = Double.NaN;
    List<String> names = new ArrayList<>();
    Deque<String> rest = new ArrayDeque<>(List.of(arguments));
    while (!rest.isEmpty()) {
      String option = rest.pop();
      switch (option) {
        case "--quick" -> length = Length.QUICK;
        case "--compare-only" -> task = Task.COMPARE;
        case "--floors" -> {
          task = Task.FLOORS;
          names.add(value(option, rest));
        }
        case "--history" -> history = Optional.of(path(value(option, rest)));
        case "--home" -> home = path(value(option, rest));
        case "--jar" -> jar = Optional.of(path(value(option, rest)));
        case "--commit" -> commit = commit(value(option, rest));
        case "--committed" -> committed = time(value(option, rest));
        case "--changed" -> changed = true;
        case "--blas" -> blas = value(option, rest);
        case "--load" -> load = load(value(option, rest));
        default -> {
          if (option.startsWith("-")) {
            throw new BadInputException("unknown option " + option + "; see --help");
          }
          names.add(option);
        }
      }
    }
    check(task, names);
    Path target = home.resolve("target");
    Path output = target.resolve("track");
    // What a quick look finds is not for the history.
    boolean quick = length == Length.QUICK && task != Task.FLOORS;
    return new TrackOptions(
        task,
        List.copyOf(names),
        length,
        history.orElse(quick ? output.resolve("quick") : home.resolve("history")),
        output,
        jar.orElse(target.resolve("benchmarks.jar")),
        commit,
        committed,
        changed,
        blas,
        load);
  }

  private static void check(Task task, List<String> names) {
    boolean right =
        switch (task) {
          case MEASURE -> names.isEmpty();
          case COMPARE -> names.isEmpty() || names.size() == 2;
          case FLOORS -> names.size() == 1;
        };
    if (!right) {
      throw new BadInputException(
          task == Task.COMPARE
              ? "--compare-only wants two points, the older one first, or none for the last two"
              : "nothing is known of " + names.get(names.size() - 1) + "; see --help");
    }
  }

  private static double load(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new BadInputException("--load wants a number, and not " + value);
    }
  }

  private static String value(String option, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new BadInputException(option + " wants a value");
    }
    String value = rest.pop();
    // What a script has not set, or has left out: its next option would be taken for a folder.
    if (value.isEmpty() || value.startsWith("--")) {
      throw new BadInputException(option + " wants a value, and not '" + value + "'");
    }
    return value;
  }

  /**
   * A path.
   *
   * @throws BadInputException if no path can be written so
   */
  static Path path(String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new BadInputException("no path: " + value);
    }
  }

  private static String commit(String value) {
    if (!value.matches("[0-9a-f]{40}")) {
      throw new BadInputException("--commit wants 40 hexadecimal digits: " + value);
    }
    return value;
  }

  private static Instant time(String value) {
    try {
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeParseException e) {
      throw new BadInputException(
          "--committed wants a time such as 2024-05-31T12:00:00Z: " + value);
    }
  }
}
