package bsl.losses;

import bsl.core.kernel.Kernels;

/**
 * Penalises the mean and the variance of the negatives. That is what {@link SoftmaxLoss} comes to
 * at large temperature, so this loss shows what the variance alone contributes:
 *
 * <pre>  l(u, i) = (mean_j s_uj - s_ui) / tau + w Var_j(s_uj) / (2 tau^2),   j = 1..N</pre>
 *
 * <p>Source: the expansion behind the fairness of softmax loss in Wu et al., <i>BSL</i>, ICDE 2024.
 * With w = 0 and w = 1 it is the loss without and with the explicit variance penalty of that
 * paper's ablation. Var is the mean squared deviation from the mean (over N, not N - 1).
 *
 * <p>Parameters: the temperature tau, from 1e-18 to 1e30, and the weight w of the variance, at
 * least 0, with w / tau^2 at most 1e18. Scores are meant to be cosines: with w = 0 and unbounded
 * scores there is no minimum. A score at minus infinity is an error, as the variance is infinite.
 *
 * <p>Gradient of a pair: -1/tau for the positive, (1/tau + w (s_uj - mean) / tau^2) / N for a
 * negative.
 *
 * <p>Neighbours: {@link SoftmaxLoss}, less log N, has all higher cumulants of the negatives
 * besides. At w = 1 the difference is of order 1/tau^3. The loss is convex in the scores, but not
 * monotone: raising a negative that is more than tau / w below the mean lowers the loss.
 */
public final class MeanVarianceLoss extends PerUserLoss {
  private final double tau;
  private final double varianceWeight;
  private final Kernels kernels;

  /**
   * The loss with given parameters.
   *
   * @param tau temperature, from 1e-18 to 1e30
   * @param varianceWeight w, at least 0, with w / tau^2 at most 1e18
   * @throws IllegalArgumentException if a parameter is out of its range
   */
  public MeanVarianceLoss(double tau, double varianceWeight) {
    this(tau, varianceWeight, Kernels.best());
  }

  /**
   * The loss on given kernels.
   *
   * @param tau temperature, from 1e-18 to 1e30
   * @param varianceWeight w, at least 0, with w / tau^2 at most 1e18
   * @param kernels implementation of the inner loops
   */
  public MeanVarianceLoss(double tau, double varianceWeight, Kernels kernels) {
    this.tau = Parameter.requireTemperature("tau", tau);
    if (!(Math.abs(varianceWeight) <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("variance weight must be finite: " + varianceWeight);
    }
    if (varianceWeight < 0) {
      throw new IllegalArgumentException("variance weight must be at least 0: " + varianceWeight);
    }
    this.varianceWeight = varianceWeight;
    Parameter.requireBetween(
        "variance weight / tau^2", varianceWeight / (tau * tau), 0, Parameter.HIGHEST_WEIGHT);
    this.kernels = kernels;
  }

  @Override
  protected double evaluateRow(
      PositiveSide positives, int begin, int end, NegativeScores negatives) {
    float[] scores = negatives.values();
    int offset = negatives.offset();
    int n = negatives.count();
    double batch = positives.size();
    double total = negatives.total();
    int pairs = end - begin;
    double mean = sum(negatives) / total;
    float centre = (float) mean;
    for (int j = offset; j < offset + n; j++) {
      scores[j] -= centre;
    }
    double squares = negatives.weigh(kernels);
    double variance = squares / total;
    float base = (float) (pairs / (tau * total * batch));
    float slope = (float) (pairs * varianceWeight / (tau * tau * total * batch));
    addBase(negatives, slope, base);
    negatives.requireFiniteDerivatives(begin, squares, slope, base);
    double penalty = varianceWeight * variance / (2 * tau * tau);
    double value = 0;
    for (int pair = begin; pair < end; pair++) {
      positives.setGradient(pair, (float) (-1 / (tau * batch)));
      value += (mean - positives.score(pair)) / tau + penalty;
    }
    return value;
  }

  private double sum(NegativeScores negatives) {
    float[] terms = negatives.values();
    int offset = negatives.offset();
    int n = negatives.count();
    float[] weights = negatives.weights();
    if (weights != null) {
      float[] scores = terms;
      terms = negatives.scratch();
      for (int j = 0; j < n; j++) {
        terms[j] = scores[offset + j] * weights[j];
      }
      offset = 0;
    }
    return kernels.scores().sum(terms, offset, n, negatives.lanes());
  }

  /** From weighted deviations to derivatives. */
  private static void addBase(NegativeScores negatives, float slope, float base) {
    float[] scores = negatives.values();
    float[] weights = negatives.weights();
    int offset = negatives.offset();
    int n = negatives.count();
    if (weights == null) {
      for (int j = offset; j < offset + n; j++) {
        scores[j] = Math.fma(slope, scores[j], base);
      }
      return;
    }
    for (int j = 0; j < n; j++) {
      scores[offset + j] = Math.fma(slope, scores[offset + j], base * weights[j]);
    }
  }

  @Override
  public String toString() {
    return "MeanVarianceLoss[tau=" + tau + ", w=" + varianceWeight + "]";
  }
}
