package bsl.report;

import java.util.Locale;

/**
 * Checks that a number is within a tolerance of another one. A failed check fails the command.
 *
 * @param what which number
 * @param value as it came out
 * @param expected as it should be
 * @param tolerance how far below it may be, as a share of the expected number
 * @param atMost whether it may not be above the expected number either, by the same share
 */
public record Check(String what, double value, double expected, double tolerance, boolean atMost) {
  /** A number that may be above what is expected, but not below by more than the tolerance. */
  public static Check atLeast(String what, double value, double expected, double tolerance) {
    return new Check(what, value, expected, tolerance, false);
  }

  /** A number that may be off by the tolerance either way. */
  public static Check near(String what, double value, double expected, double tolerance) {
    return new Check(what, value, expected, tolerance, true);
  }

  /** A statement that has to hold: 1 if it does, 0 if not. */
  public static Check holds(String what, boolean holds) {
    return near(what, holds ? 1 : 0, 1, 0);
  }

  /** By how much the number is off, as a share of the expected one. */
  public double deviation() {
    return value / expected - 1;
  }

  /** Whether it is within tolerance; NaN is not. */
  public boolean passes() {
    double deviation = deviation();
    return deviation >= -tolerance && (!atMost || deviation <= tolerance);
  }

  /** One line for people. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%s: %.5g, expected %.5g%s%.1f%%, is %+.1f%%: %s",
        what,
        value,
        expected,
        atMost ? " within " : " less at most ",
        100 * tolerance,
        100 * deviation(),
        passes() ? "pass" : "FAIL");
  }
}
