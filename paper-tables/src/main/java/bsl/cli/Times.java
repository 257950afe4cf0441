package bsl.cli;

import java.time.Duration;
import java.util.Locale;

/** Lengths of time for people. */
final class Times {
  private static final double MINUTES_FROM = 100;
  private static final double HOURS_FROM = 100 * 60;

  private Times() {}

  /** An estimate, with two or three digits: {@code 95 s}, {@code 12 min}, {@code 2.5 h}. */
  static String text(double seconds) {
    if (seconds < MINUTES_FROM) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    if (seconds < HOURS_FROM) {
      return String.format(Locale.ROOT, "%.0f min", seconds / 60);
    }
    return String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }

  /** As a clock shows it: {@code 1:02:03}. */
  static String clock(double seconds) {
    Duration time = Duration.ofSeconds(Math.round(seconds));
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }
}
