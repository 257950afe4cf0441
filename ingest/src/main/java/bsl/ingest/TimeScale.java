package bsl.ingest;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What times are: numbers since 1970 in one of the usual units, or numbers of which nothing more is
 * known. The unit of numbers is told by their size, since a time of this century in one unit is
 * none in another. Dates are in seconds.
 */
public enum TimeScale {
  /** Numbers that only have an order. */
  NUMBERS(1, Double.NEGATIVE_INFINITY),
  /** Seconds since 1970. */
  SECONDS(1, 1e8),
  /** Milliseconds since 1970. */
  MILLISECONDS(1e3, 1e11),
  /** Microseconds since 1970. */
  MICROSECONDS(1e6, 1e14),
  /** Nanoseconds since 1970. */
  NANOSECONDS(1e9, 1e17);

  /** Seconds at which years begin that are written with four digits, and at which they end. */
  private static final double FIRST_SECOND = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();

  private static final double LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private final double perSecond;
  private final double from;

  TimeScale(double perSecond, double from) {
    this.perSecond = perSecond;
    this.from = from;
  }

  /** The scale of numbers of which one is given that is typical. */
  public static TimeScale of(double time) {
    TimeScale scale = NUMBERS;
    for (TimeScale candidate : values()) {
      scale = time >= candidate.from ? candidate : scale;
    }
    return scale;
  }

  /** The scale of a name; empty if there is none of it. */
  public static Optional<TimeScale> find(String key) {
    return Arrays.stream(values()).filter(scale -> scale.key().equals(key)).findFirst();
  }

  /** The least number that is taken for a time in this scale. */
  double from() {
    return from;
  }

  /** Name in records. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Seconds since 1970 in this scale; numbers of which nothing is known are taken for seconds. */
  double fromSeconds(double seconds) {
    return seconds * perSecond;
  }

  /**
   * A time for people: date and time of day in UTC, or the number itself if it is none of the years
   * 0 to 9999, as marks for a missing time may be.
   */
  public String show(double time) {
    double second = Math.floor(time / perSecond);
    if (this == NUMBERS || !(second >= FIRST_SECOND && second <= LAST_SECOND)) {
      return time == Math.rint(time) && Math.abs(time) <= Long.MAX_VALUE
          ? Long.toString((long) time)
          : Double.toString(time);
    }
    return Instant.ofEpochSecond((long) second).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
