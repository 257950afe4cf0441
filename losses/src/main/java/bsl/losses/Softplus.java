package bsl.losses;

/** The softplus and its slope in double precision, for the one positive of a pair. */
final class Softplus {
  private Softplus() {}

  /** log(1 + exp(x)) without overflow. */
  static double of(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  /** 1 / (1 + exp(-x)). */
  static double slope(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  }
}
