package bsl.report;

import java.util.Locale;

/**
 * A column of a {@link Table}.
 *
 * @param key name in CSV files
 * @param title name for people
 * @param pattern how a number is shown, see {@link java.util.Formatter}; empty for text
 * @param scale what a number is multiplied by before it is shown; CSV files have it as it is
 * @param statement whether it holds statements, in which {@code tau} is a symbol
 */
public record Column(String key, String title, String pattern, double scale, boolean statement) {
  /** A column of names and other words. */
  public static Column text(String key, String title) {
    return new Column(key, title, "", 1, false);
  }

  /** A column of statements and formulas. */
  public static Column statement(String key, String title) {
    return new Column(key, title, "", 1, true);
  }

  /** A column of numbers, shown by a pattern such as {@code "%.5f"}. */
  public static Column number(String key, String title, String pattern) {
    return new Column(key, title, pattern, 1, false);
  }

  /** A column of shares of 1, shown as signed percentages with one decimal. */
  public static Column deviation(String key, String title) {
    return new Column(key, title, "%+.1f%%", 100, false);
  }

  /** A column of shares of 1, shown as percentages with one decimal. */
  public static Column percentage(String key, String title) {
    return new Column(key, title, "%.1f%%", 100, false);
  }

  /** Whether it holds numbers. */
  public boolean numeric() {
    return !pattern.isEmpty();
  }

  /** A value for people; empty for {@code null} and NaN. */
  String shown(Object value) {
    if (value == null) {
      return "";
    }
    if (!numeric()) {
      return value.toString();
    }
    if (value instanceof Estimate estimate) {
      String mean = shown(estimate.mean(), pattern);
      return mean.isEmpty() || !estimate.hasInterval()
          ? mean
          : mean + " ± " + shown(estimate.halfWidth(), pattern.replace("+", ""));
    }
    return shown(((Number) value).doubleValue(), pattern);
  }

  private String shown(double value, String itsPattern) {
    double number = value * scale;
    if (Double.isNaN(number)) {
      return "";
    }
    return itsPattern.contains("d")
        ? String.format(Locale.ROOT, itsPattern, Math.round(number))
        : String.format(Locale.ROOT, itsPattern, number);
  }

  /** A value for programs, of an estimate the mean; empty for {@code null} and NaN. */
  static String raw(Object value) {
    if (value instanceof Estimate estimate) {
      return raw(estimate.mean());
    }
    return value == null || (value instanceof Double number && number.isNaN())
        ? ""
        : value.toString();
  }
}
