package bsl.losses;

/**
 * Checks the parameters of a loss, so that every loss has the same ranges and the same messages.
 *
 * <p>Losses compute in single precision, which ends at 3e38. The ranges leave so much room that
 * value and derivatives of every loss are finite for scores up to {@link
 * RankingLoss#LARGEST_SCORE}.
 */
public final class Parameter {
  /** The smallest temperature. */
  public static final double LOWEST_TEMPERATURE = 1e-18;

  /** The largest temperature. */
  public static final double HIGHEST_TEMPERATURE = 1e30;

  /** The smallest weight. */
  public static final double LOWEST_WEIGHT = 1e-18;

  /** The largest weight. */
  public static final double HIGHEST_WEIGHT = 1e18;

  /** The largest margin, in magnitude: {@link RankingLoss#LARGEST_SCORE} as it is written. */
  public static final double HIGHEST_MARGIN = 1e15;

  private Parameter() {}

  /**
   * Checks what scores are divided by.
   *
   * @param name the parameter's name, for the message
   * @param value from {@value #LOWEST_TEMPERATURE} to {@value #HIGHEST_TEMPERATURE}
   * @return the value
   * @throws IllegalArgumentException if it is outside that range
   */
  public static double requireTemperature(String name, double value) {
    return requireBetween(
        name, requirePositive(name, value), LOWEST_TEMPERATURE, HIGHEST_TEMPERATURE);
  }

  /**
   * Checks what a part of a loss is multiplied by.
   *
   * @param name the parameter's name, for the message
   * @param value from {@value #LOWEST_WEIGHT} to {@value #HIGHEST_WEIGHT}
   * @return the value
   * @throws IllegalArgumentException if it is outside that range
   */
  public static double requireWeight(String name, double value) {
    return requireBetween(name, requirePositive(name, value), LOWEST_WEIGHT, HIGHEST_WEIGHT);
  }

  /**
   * Checks what scores are compared with.
   *
   * @param name the parameter's name, for the message
   * @param value at most {@value #HIGHEST_MARGIN} in magnitude
   * @return the value
   * @throws IllegalArgumentException if it is outside that range
   */
  public static double requireMargin(String name, double value) {
    if (!(Math.abs(value) <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " must be finite: " + value);
    }
    return requireBetween(name, value, -HIGHEST_MARGIN, HIGHEST_MARGIN);
  }

  /**
   * Checks a range that only one loss has.
   *
   * @param name the parameter's name, for the message
   * @param value from {@code low} to {@code high}
   * @return the value
   * @throws IllegalArgumentException if it is outside that range
   */
  public static double requireBetween(String name, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          name + " must be between " + low + " and " + high + ": " + value);
    }
    return value;
  }

  private static double requirePositive(String name, double value) {
    if (!(value > 0 && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " must be positive and finite: " + value);
    }
    return value;
  }
}
