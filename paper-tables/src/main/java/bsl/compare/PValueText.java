package bsl.compare;

import java.util.Locale;

/** Shows p-values to people. */
final class PValueText {
  private static final double SMALLEST = 1e-4;

  private PValueText() {}

  /** With two digits; empty for NaN. */
  static String of(double pValue) {
    if (Double.isNaN(pValue)) {
      return "";
    }
    if (pValue < SMALLEST) {
      return "< 0.0001";
    }
    return String.format(
        Locale.ROOT, pValue < 0.001 ? "%.5f" : pValue < 0.1 ? "%.4f" : "%.2f", pValue);
  }
}
