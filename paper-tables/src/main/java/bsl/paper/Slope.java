package bsl.paper;

import java.util.Arrays;

/** Least squares slope of a straight line over given points, as weights of the values there. */
final class Slope {
  private Slope() {}

  /**
   * The weights with which the values at some points add up to the slope of their line.
   *
   * @param x at least two points that are not all the same
   */
  static double[] weights(double... x) {
    double mean = Arrays.stream(x).average().orElseThrow();
    double squares = Arrays.stream(x).map(at -> (at - mean) * (at - mean)).sum();
    return Arrays.stream(x).map(at -> (at - mean) / squares).toArray();
  }

  /** The slope of the line through values; exactly 0 if they are all the same. */
  static double of(double[] x, double[] y) {
    double[] weights = weights(x);
    double slope = 0;
    for (int i = 0; i < y.length; i++) {
      // Rounded weights add up to almost 0 only. What is left of that would pass for an effect
      // that is the same for all seeds.
      slope += weights[i] * (y[i] - y[0]);
    }
    return slope;
  }
}
