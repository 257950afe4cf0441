package bsl.losses;

/** Checks the parameters that losses are given. */
final class Parameter {
  private Parameter() {}

  static double requirePositive(String name, double value) {
    if (!(value > 0 && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " must be positive and finite: " + value);
    }
    return value;
  }

  static double requireFinite(String name, double value) {
    if (!(Math.abs(value) <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " must be finite: " + value);
    }
    return value;
  }
}
