package bsl.losses.theory;

import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.analysis.MultivariateVectorFunction;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.PointValuePair;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.apache.commons.math3.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;
import org.apache.commons.math3.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer.Formula;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * Checks the theory by search: finds the worst distribution without knowing a closed form of it.
 * What it finds is evidence for {@link EntropicRisk} and {@link KullbackLeiblerBall}.
 *
 * <p>It is meant for up to ten outcomes or so, with values and temperatures of ordinary size (1e-3
 * to 1e3). Immutable.
 */
public final class NumericalDuality {
  private static final double CONVERGED = 1e-15;
  private static final double LINE_TOLERANCE = 1e-12;
  private static final int MOST_EVALUATIONS = 200_000;
  private static final int MOST_RESTARTS = 30;
  private static final double[] SIMPLEX_SIZES = {0.5, -0.3, 2};

  /** Beyond this many units of tilt a distribution sits on its largest outcome. */
  private static final double STEEPEST = 1e4;

  /**
   * What a search found.
   *
   * @param value the objective's value
   * @param distribution the distribution that has it
   * @param evaluations how often the objective was evaluated
   */
  public record Solution(double value, double[] distribution, int evaluations) {}

  private final double[] values;
  private final double[] probabilities;

  /**
   * A variable to find worst distributions of.
   *
   * @param values f of each outcome, at least one, finite
   * @param probabilities P of each outcome, positive, adding up to 1
   * @throws IllegalArgumentException if the arguments are not like that
   */
  public NumericalDuality(double[] values, double[] probabilities) {
    // Checks the arguments.
    EntropicRisk.of(values, probabilities);
    this.values = values.clone();
    this.probabilities = probabilities.clone();
  }

  /**
   * Maximises E_Q[f] - tau KL(Q || P) by conjugate gradients over the logits of Q, from Q = P,
   * restarted until they no longer improve.
   *
   * @param tau temperature, positive and finite
   * @throws IllegalArgumentException if it is not
   */
  public Solution penalised(double tau) {
    requirePositive("tau", tau);
    double[] point = new double[values.length];
    double best = Double.NEGATIVE_INFINITY;
    int evaluations = 0;
    for (int restart = 0; restart < MOST_RESTARTS; restart++) {
      var optimiser =
          new NonLinearConjugateGradientOptimizer(
              Formula.POLAK_RIBIERE,
              new SimpleValueChecker(CONVERGED, CONVERGED),
              LINE_TOLERANCE,
              LINE_TOLERANCE,
              1);
      PointValuePair found =
          optimiser.optimize(
              GoalType.MAXIMIZE,
              new ObjectiveFunction(logits -> penalised(softmax(logits), tau)),
              new ObjectiveFunctionGradient(slope(tau)),
              new InitialGuess(point),
              new MaxEval(MOST_EVALUATIONS));
      evaluations += optimiser.getEvaluations();
      boolean improved = found.getValue() > best + CONVERGED;
      best = Math.max(best, found.getValue());
      point = found.getPoint();
      if (!improved) {
        break;
      }
    }
    return new Solution(best, softmax(point), evaluations);
  }

  /** Q in proportion to P and the exponentials of the logits, so that zero logits are P. */
  private double[] softmax(double[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    double[] q = new double[logits.length];
    double sum = 0;
    for (int j = 0; j < q.length; j++) {
      q[j] = probabilities[j] * Math.exp(logits[j] - max);
      sum += q[j];
    }
    for (int j = 0; j < q.length; j++) {
      q[j] /= sum;
    }
    return q;
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " must be positive and finite: " + value);
    }
  }

  private double mean(double[] q) {
    double sum = 0;
    for (int j = 0; j < q.length; j++) {
      sum += q[j] * values[j];
    }
    return sum;
  }

  private double divergence(double[] q) {
    double sum = 0;
    for (int j = 0; j < q.length; j++) {
      sum += q[j] > 0 ? q[j] * Math.log(q[j] / probabilities[j]) : 0;
    }
    return sum;
  }

  private double penalised(double[] q, double tau) {
    return mean(q) - tau * divergence(q);
  }

  private MultivariateVectorFunction slope(double tau) {
    return logits -> {
      double[] q = softmax(logits);
      double[] slope = new double[q.length];
      double average = 0;
      for (int j = 0; j < q.length; j++) {
        slope[j] = values[j] - tau * (q[j] > 0 ? Math.log(q[j] / probabilities[j]) : 0);
        average += q[j] * slope[j];
      }
      for (int j = 0; j < q.length; j++) {
        slope[j] = q[j] * (slope[j] - average);
      }
      return slope;
    };
  }

  /**
   * Maximises E_Q[f] over KL(Q || P) &lt;= eta. A linear objective has its maximum on the boundary.
   * The boundary's points are P tilted by exp(t x) in some direction x, as far as the ball allows.
   * Nelder-Mead searches over directions find the best. They begin at the directions towards each
   * outcome and away from it, and are restarted until they no longer improve.
   *
   * @param radius eta, positive and finite
   * @throws IllegalArgumentException if it is not
   */
  public Solution constrained(double radius) {
    requirePositive("radius", radius);
    MultivariateFunction objective = direction -> mean(boundary(direction, radius));
    double best = Double.NEGATIVE_INFINITY;
    double[] point = {};
    int evaluations = 0;
    for (int start = 0; start < 2 * values.length; start++) {
      double[] direction = new double[values.length];
      direction[start / 2] = start % 2 == 0 ? 1 : -1;
      // A search may end below its start: with two outcomes its simplex has no size.
      PointValuePair found = new PointValuePair(direction, objective.value(direction));
      evaluations++;
      for (int restart = 0; restart < MOST_RESTARTS; restart++) {
        SimplexOptimizer optimiser = new SimplexOptimizer(CONVERGED, CONVERGED);
        PointValuePair next =
            optimiser.optimize(
                GoalType.MAXIMIZE,
                new ObjectiveFunction(objective),
                new NelderMeadSimplex(values.length, SIMPLEX_SIZES[restart % SIMPLEX_SIZES.length]),
                new InitialGuess(normalised(found.getPoint())),
                new MaxEval(MOST_EVALUATIONS));
        evaluations += optimiser.getEvaluations();
        boolean improved = next.getValue() > found.getValue() + CONVERGED;
        found = next.getValue() > found.getValue() ? next : found;
        // Where vertices are equal a simplex stands still; one of another size need not.
        if (!improved && restart >= SIMPLEX_SIZES.length) {
          break;
        }
      }
      if (found.getValue() > best) {
        best = found.getValue();
        point = found.getPoint();
      }
    }
    return new Solution(best, boundary(point, radius), evaluations);
  }

  private static double[] normalised(double[] direction) {
    double mean = 0;
    for (double x : direction) {
      mean += x / direction.length;
    }
    double size = 0;
    for (double x : direction) {
      size = Math.max(size, Math.abs(x - mean));
    }
    double[] result = new double[direction.length];
    for (int j = 0; j < result.length; j++) {
      result[j] = size == 0 ? 0 : (direction[j] - mean) / size;
    }
    return result;
  }

  private double[] boundary(double[] direction, double radius) {
    double[] unit = normalised(direction);
    if (divergence(tilted(unit, STEEPEST)) <= radius) {
      return tilted(unit, STEEPEST);
    }
    double t =
        new BrentSolver(CONVERGED, CONVERGED)
            .solve(MOST_EVALUATIONS, x -> divergence(tilted(unit, x)) - radius, 0, STEEPEST);
    return tilted(unit, t);
  }

  private double[] tilted(double[] direction, double t) {
    double[] logits = new double[direction.length];
    for (int j = 0; j < logits.length; j++) {
      logits[j] = t * direction[j];
    }
    return softmax(logits);
  }
}
