package bsl.report;

import bsl.core.CountText;
import java.util.List;
import java.util.Locale;

/**
 * Checks that a number is within a tolerance of another one, or that a statement holds. A failed
 * check fails the command.
 *
 * @param what which number, or the statement
 * @param value as it came out; 1 and 0 are a statement that holds and one that does not
 * @param expected as it should be
 * @param tolerance how far off it may be, as a share of the expected number
 * @param kind how the two are compared
 */
public record Check(String what, double value, double expected, double tolerance, Kind kind) {
  private static final int MOST_DIGITS = 6;

  /** How a check compares. */
  public enum Kind {
    /** The number may be above what is expected, but not too far below. */
    AT_LEAST,
    /** The number may be off either way, but not too far. */
    NEAR,
    /** The statement has to hold. */
    STATEMENT
  }

  /** A number that may be above what is expected, but not below by more than the tolerance. */
  public static Check atLeast(String what, double value, double expected, double tolerance) {
    return new Check(what, value, expected, tolerance, Kind.AT_LEAST);
  }

  /** A number that may be off by the tolerance either way. */
  public static Check near(String what, double value, double expected, double tolerance) {
    return new Check(what, value, expected, tolerance, Kind.NEAR);
  }

  /** A statement that has to hold. */
  public static Check holds(String what, boolean holds) {
    return new Check(what, holds ? 1 : 0, 1, 0, Kind.STATEMENT);
  }

  /** By how much the number is off, as a share of the expected one. */
  public double deviation() {
    return value / expected - 1;
  }

  /** Whether it is within tolerance; NaN is not. */
  public boolean passes() {
    double deviation = deviation();
    return deviation >= -tolerance && (kind == Kind.AT_LEAST || deviation <= tolerance);
  }

  /** One line for people. */
  public String describe() {
    if (kind == Kind.STATEMENT) {
      return what + (passes() ? ": holds, as expected" : ": does not hold, although expected to");
    }
    return String.format(
        Locale.ROOT,
        "%s: %.5g, expected %.5g%s%.1f%%, is %+." + digits() + "f%%: %s",
        what,
        value,
        expected,
        kind == Kind.NEAR ? " within " : " less at most ",
        100 * tolerance,
        100 * deviation(),
        passes() ? "pass" : "FAIL");
  }

  /** A failure that is rounded to the tolerance would contradict itself. */
  private int digits() {
    int digits = 1;
    while (!passes() && digits < MOST_DIGITS && Math.abs(rounded(digits)) <= 100 * tolerance) {
      digits++;
    }
    return digits;
  }

  private double rounded(int digits) {
    double unit = Math.pow(10, digits);
    return Math.round(100 * deviation() * unit) / unit;
  }

  /** How many checks there are, for people: {@code 1 number and 27 statements}. */
  static String counted(List<Check> checks) {
    long statements = checks.stream().filter(check -> check.kind() == Kind.STATEMENT).count();
    long numbers = checks.size() - statements;
    if (statements == 0) {
      return CountText.of(numbers, "number");
    }
    String ofStatements = CountText.of(statements, "statement");
    return numbers == 0 ? ofStatements : CountText.of(numbers, "number") + " and " + ofStatements;
  }
}
