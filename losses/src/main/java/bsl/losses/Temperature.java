package bsl.losses;

/** Checks the temperatures and powers that losses are given. */
final class Temperature {
  private Temperature() {}

  static double require(String name, double value) {
    if (!(value > 0 && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " must be positive and finite: " + value);
    }
    return value;
  }
}
