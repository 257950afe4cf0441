package bsl.ingest;

import java.util.Locale;

/**
 * A part of a whole, either as a share, below 1, or as a number, 1 or more: {@code 0.2} or {@code
 * 1}.
 *
 * @param value the share or the number
 */
public record Amount(double value) {
  /** Makes up for shares such as 0.1 that are a little less than they should be. */
  private static final double ROUNDING = 1e-9;

  /**
   * @throws IllegalArgumentException if the value is negative, not a number, or 1 or more and not
   *     whole
   */
  public Amount {
    boolean allowed = value >= 0 && value <= Integer.MAX_VALUE;
    if (!allowed || value >= 1 && value != Math.rint(value)) {
      throw new IllegalArgumentException(
          "'" + value + "' is neither a share below 1 nor a whole number");
    }
  }

  /** Nothing. */
  public static final Amount NONE = new Amount(0);

  /** How many that is of a number, rounded down, but at least one if the amount is not 0. */
  int of(int number) {
    if (value >= 1 || value == 0) {
      return (int) value;
    }
    return (int) Math.max(1, Math.floor(value * number + ROUNDING));
  }

  @Override
  public String toString() {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
