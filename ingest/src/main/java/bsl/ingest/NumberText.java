package bsl.ingest;

/** Reads decimal numbers from stretches of characters, without making strings where it can. */
final class NumberText {
  /** Digits that a double holds exactly, whatever they are. */
  private static final int EXACT_DIGITS = 15;

  private static final double[] POWERS_OF_TEN = new double[EXACT_DIGITS + 1];

  static {
    POWERS_OF_TEN[0] = 1;
    for (int p = 1; p <= EXACT_DIGITS; p++) {
      POWERS_OF_TEN[p] = POWERS_OF_TEN[p - 1] * 10;
    }
  }

  private NumberText() {}

  /** The number, or not a number ({@code NaN}) if it is none or not finite. */
  static double parse(char[] text, int start, int end) {
    int at = start;
    boolean negative = at < end && text[at] == '-';
    at += negative ? 1 : 0;
    long digits = 0;
    int count = 0;
    int point = -1;
    for (; at < end; at++) {
      char c = text[at];
      if (c >= '0' && c <= '9') {
        digits = 10 * digits + (c - '0');
        if (++count > EXACT_DIGITS) {
          return parseSlowly(text, start, end);
        }
      } else if (c == '.' && point < 0) {
        point = count;
      } else {
        return parseSlowly(text, start, end);
      }
    }
    if (count == 0) {
      return Double.NaN;
    }
    // Both are exact, so that the quotient is the nearest double.
    double value = point < 0 ? digits : digits / POWERS_OF_TEN[count - point];
    return negative ? -value : value;
  }

  /** What to say behind a text that is no number, where it may be meant for one. */
  static String hint(String text) {
    return text.matches("[+-]?\\d+,\\d+") ? "; decimals have a point" : "";
  }

  private static double parseSlowly(char[] text, int start, int end) {
    for (int at = start; at < end; at++) {
      char c = text[at];
      boolean ofANumber = c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0;
      if (!ofANumber) {
        return Double.NaN;
      }
    }
    try {
      double value = Double.parseDouble(new String(text, start, end - start));
      return Double.isFinite(value) ? value : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
