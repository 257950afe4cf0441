package bsl.ingest;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Notices numbers of different units in a column of times, as logs have them that were joined from
 * several systems. In their order all seconds come before all milliseconds.
 */
final class TimeUnits {
  private Place least;
  private Place most;

  /** A time, and where it stands. */
  private record Place(double time, Path file, long line) {
    @Override
    public String toString() {
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

  /** Looks at a time that is a number. */
  void look(double time, Path file, long line) {
    // What is less has no unit, or marks a time that is missing.
    if (!(time >= TimeScale.SECONDS.from())) {
      return;
    }
    if (least == null || time < least.time) {
      least = new Place(time, file, line);
    }
    if (most == null || time > most.time) {
      most = new Place(time, file, line);
    }
  }

  /** What is odd about the times, if something is. */
  Optional<String> note() {
    if (least == null || TimeScale.of(least.time) == TimeScale.of(most.time)) {
      return Optional.empty();
    }
    return Optional.of(
        "by their size times are of different units: "
            + least
            + " and "
            + most
            + "; they are ordered as numbers");
  }
}
