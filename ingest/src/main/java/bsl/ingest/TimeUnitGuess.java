package bsl.ingest;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Tells the unit of times that are numbers since 1970 by their size: a number that is a time of
 * this century in one unit is none in another.
 */
enum TimeUnitGuess {
  SECONDS(1, 1e8),
  MILLISECONDS(1e3, 1e11),
  MICROSECONDS(1e6, 1e14),
  NANOSECONDS(1e9, 1e17);

  private final double perSecond;
  private final double from;

  TimeUnitGuess(double perSecond, double from) {
    this.perSecond = perSecond;
    this.from = from;
  }

  /** The unit of times the latest of which is given; smaller numbers are taken for seconds. */
  static TimeUnitGuess of(double latest) {
    TimeUnitGuess unit = SECONDS;
    for (TimeUnitGuess candidate : values()) {
      unit = latest >= candidate.from ? candidate : unit;
    }
    return unit;
  }

  /** Seconds since 1970 in this unit. */
  double fromSeconds(double seconds) {
    return seconds * perSecond;
  }

  /**
   * A time for people: a date and time of day, or the number itself if it is no time since 1973.
   */
  static String text(double time, double latest) {
    TimeUnitGuess unit = of(latest);
    if (latest < SECONDS.from) {
      return time == Math.rint(time) ? Long.toString((long) time) : Double.toString(time);
    }
    return Instant.ofEpochSecond((long) Math.floor(time / unit.perSecond))
        .truncatedTo(ChronoUnit.SECONDS)
        .toString();
  }
}
