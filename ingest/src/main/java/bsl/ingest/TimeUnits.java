package bsl.ingest;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Notices numbers of different units in a column of times, as logs have them that were joined from
 * several systems. In their order all seconds come before all milliseconds.
 */
final class TimeUnits {
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private Path leastFile;
  private Path mostFile;
  private long leastLine;
  private long mostLine;

  /** Looks at a time that is a number. */
  void look(double time, Path file, long line) {
    // What is less has no unit, or marks a time that is missing.
    if (!(time >= TimeScale.SECONDS.from())) {
      return;
    }
    if (time < least) {
      least = time;
      leastFile = file;
      leastLine = line;
    }
    if (time > most) {
      most = time;
      mostFile = file;
      mostLine = line;
    }
  }

  /** What is odd about the times, if something is. */
  Optional<String> note() {
    if (!(least < most) || TimeScale.of(least) == TimeScale.of(most)) {
      return Optional.empty();
    }
    return Optional.of(
        "by their size times are of different units: "
            + place(least, leastFile, leastLine)
            + " and "
            + place(most, mostFile, mostLine)
            + "; they are ordered as numbers");
  }

  private static String place(double time, Path file, long line) {
    return "'"
        + TimeScale.NUMBERS.show(time)
        + "' would be "
        + TimeScale.of(time).key()
        + " ("
        + file
        + ":"
        + line
        + ")";
  }
}
