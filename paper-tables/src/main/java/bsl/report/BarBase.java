package bsl.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * Where the bars of a chart start. Bars that are all nearly as long as each other start above zero,
 * so that their differences can be seen; the axis says so.
 */
final class BarBase {
  /** Bars start at zero if the shortest is less than this share of the longest. */
  private static final double ALIKE = 0.6;

  /** How much of the shortest bar is left, as a share of the difference to the longest. */
  private static final double LEFT = 0.5;

  /** Bars start at a multiple of about this share of what is drawn. */
  private static final double STEP = 0.2;

  private BarBase() {}

  /**
   * Where bars of these lengths start: zero, or a round number below the shortest.
   *
   * @param values the lengths, in any order
   */
  static double of(double... values) {
    double shortest = Arrays.stream(values).min().orElse(0);
    double longest = Arrays.stream(values).max().orElse(0);
    if (shortest <= 0 || shortest == longest || shortest < ALIKE * longest) {
      return 0;
    }
    double base = shortest - LEFT * (longest - shortest);
    double step = Math.pow(10, Math.floor(Math.log10(STEP * (longest - base))));
    return new BigDecimal(base)
        .divide(BigDecimal.valueOf(step), 0, RoundingMode.FLOOR)
        .multiply(BigDecimal.valueOf(step))
        .doubleValue();
  }

  /** The label of an axis from which bars start, with the place where they do unless it is zero. */
  static String labelled(String label, double base) {
    return base == 0
        ? label
        : label
            + " (bars start at "
            + BigDecimal.valueOf(base).stripTrailingZeros().toPlainString()
            + ")";
  }
}
