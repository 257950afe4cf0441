package bsl.losses.theory;

import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/**
 * Turns a radius into a temperature: the worst mean of a variable over all distributions within a
 * radius of P, and the temperature of the entropic risk that has it.
 *
 * <pre>
 *   max over KL(Q || P) &lt;= eta of E_Q[f] = min over tau of tau log E_P[exp(f / tau)] + tau eta
 * </pre>
 *
 * <p>At the minimiser tau* the worst case lies on the boundary of the ball. For small radii tau* is
 * about sqrt(Var_P(f) / (2 eta)). The noisier the negatives, the larger the ball should be, and the
 * lower the temperature for a given variance (Wu et al., <i>BSL</i>, ICDE 2024).
 *
 * <p>A radius of log(1 / P(f is largest)) or more lets Q sit on the largest outcome alone. Then the
 * value is that outcome and tau* is 0. The same holds for a variable that is constant.
 *
 * <p>Immutable.
 */
public final class KullbackLeiblerBall {
  /** The smallest radius; below it a divergence is lost in the rounding of its terms. */
  public static final double SMALLEST_RADIUS = 1e-20;

  private static final double ACCURACY = 1e-14;
  private static final int MOST_EVALUATIONS = 1000;

  /** Of the search for a bracket: a factor of 2. */
  private static final double STEP = Math.log(2);

  private final EntropicRisk risk;
  private final double radius;
  private final double temperature;

  /**
   * A ball around the distribution of a variable.
   *
   * @param risk the variable
   * @param radius eta, finite and at least {@value #SMALLEST_RADIUS}
   * @throws IllegalArgumentException if the radius is not like that
   */
  public KullbackLeiblerBall(EntropicRisk risk, double radius) {
    this.risk = risk;
    this.radius = requireRadius(radius);
    this.temperature = solve();
  }

  private static double requireRadius(double radius) {
    if (!(radius > 0 && radius <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("radius must be positive and finite: " + radius);
    }
    if (radius < SMALLEST_RADIUS) {
      throw new IllegalArgumentException(
          "radius must be at least " + SMALLEST_RADIUS + ": " + radius);
    }
    return radius;
  }

  private double solve() {
    double most = -Math.log(risk.probabilityOfLargest());
    if (radius >= most) {
      return 0;
    }
    double approximation = approximateTemperature();
    if (approximation == 0) {
      // Outcomes so close together that the temperature is below the smallest double.
      return 0;
    }
    // In logarithms both tau and the divergence are nearly linear. The bracket is one of this very
    // function: that of tau itself would be another one to rounding.
    UnivariateFunction excess = x -> Math.log(risk.divergence(Math.exp(x)) / radius);
    double low = Math.log(approximation);
    double high = low;
    while (Math.exp(low) > 0 && excess.value(low) < 0) {
      low -= STEP;
    }
    if (Math.exp(low) == 0) {
      return 0;
    }
    while (excess.value(high) > 0) {
      high += STEP;
    }
    if (low == high) {
      return Math.exp(low);
    }
    double log = new BrentSolver(ACCURACY, ACCURACY).solve(MOST_EVALUATIONS, excess, low, high);
    return Math.exp(log);
  }

  /** The worst mean. */
  public double value() {
    return temperature == 0 ? risk.largest() : risk.value(temperature) + temperature * radius;
  }

  /**
   * tau*, the multiplier of the ball; 0 if it holds a distribution on the largest outcome alone.
   */
  public double temperature() {
    return temperature;
  }

  /** sqrt(Var_P(f) / (2 eta)), what tau* tends to for small radii. */
  public double approximateTemperature() {
    return approximateTemperature(risk, radius);
  }

  /**
   * The same of a ball that need not be solved for.
   *
   * @param risk the variable
   * @param radius eta, finite and at least {@value #SMALLEST_RADIUS}
   * @throws IllegalArgumentException if the radius is not like that
   */
  public static double approximateTemperature(EntropicRisk risk, double radius) {
    requireRadius(radius);
    return risk.standardDeviation() / Math.sqrt(2 * radius);
  }
}
