package bsl.core.optim;

/**
 * One parameter under dense Adam, Kingma and Ba's algorithm 1, in double precision, with what the
 * closed form in single precision may be off by.
 */
final class DenseAdamParameter {
  /**
   * Relative error of the root of second moments: 0.999 in single precision is off by 1.3e-8, and a
   * row with a gradient in every step remembers a thousand of them.
   */
  private static final double ROUNDING = 1e-5;

  private double p;
  private double m;
  private double v;

  /** First moments of a gradient's absolute value: rounding errors of m are relative to it. */
  private double size;

  private double largest;
  private double allowed;

  DenseAdamParameter(double p) {
    this.p = p;
  }

  /** Takes a step, counted from 0. */
  void step(int step, double g, double rate) {
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    largest = Math.max(largest, Math.abs(g));
    size = 0.9 * size + 0.1 * Math.abs(g);
    double root = Math.sqrt(v / (1 - Math.pow(0.999, step + 1)));
    double hat = 1 - Math.pow(0.9, step + 1);
    p -= rate * m / hat / (root + 1e-8);
    if (v > 0) {
      // Epsilon is taken to decay with the root. The parameter is rounded at each refresh.
      double movement = rate * size / hat / (root + 1e-8);
      allowed += movement * (ROUNDING + 1e-8 / root) + (g == 0 ? 0 : 0x1p-24 * Math.abs(p));
    }
  }

  double value() {
    return p;
  }

  double tolerance() {
    return allowed;
  }

  /** First moment after the last step. */
  double first() {
    return m;
  }

  /** Rounding, and that a gradient is forgotten after 200 steps: 0.1 of it times 0.9^200. */
  double firstTolerance() {
    return 1e-6 * size + 1e-10 * largest;
  }

  /** Second moment after the last step. */
  double second() {
    return v;
  }

  double secondTolerance() {
    return 2 * ROUNDING * v;
  }
}
