package bsl.losses;

import bsl.core.kernel.Kernels;

/**
 * Softmax loss (SL) over sampled negatives: it raises a pair's positive against its negatives, and
 * the hardest negatives count most. The positive may be left out of the denominator or put into it:
 *
 * <pre>
 *   l(u, i) = -s_ui / tau + log sum_{j = 1..N} exp(s_uj / tau)
 *   l(u, i) = -s_ui / tau + log(exp(s_ui / tau) + sum_{j = 1..N} exp(s_uj / tau))     withPositive
 * </pre>
 *
 * <p>Source: Wu et al., <i>BSL</i>, ICDE 2024. They read the first form as distributionally robust:
 * tau is the multiplier of a KL ball around the distribution of the negatives ({@link
 * bsl.losses.theory} has that as an API). The second form is the one of multinomial logistic
 * regression, known as sampled softmax or InfoNCE.
 *
 * <p>Parameter: the temperature tau, from 1e-18 to 1e30; about 0.05 to 0.3 for cosines, which are
 * the paper's choice of score. The first form has no lower bound: longer embeddings always lower it
 * when scores are raw inner products. Those need the second form or an L2 term.
 *
 * <p>Gradient of a pair: -1 / tau for the positive and softmax_j(s_uj / tau) / tau for the
 * negatives. With the positive in the denominator both are multiplied by 1 - p, where p is the
 * positive's own share: a pair that is ranked well already counts for less.
 *
 * <p>Limits: tau times the first form, less tau log N, tends to mean_j s_uj - s_ui as tau grows,
 * and to max_j s_uj - s_ui as tau falls.
 *
 * <p>Neighbours: {@link BilateralSoftmaxLoss} in mode {@code reweight} with rho = 1 is the first
 * form. {@link BprLoss} is the second with one negative and tau = 1. Both are convex in the scores.
 */
public final class SoftmaxLoss extends PerUserLoss {
  private final double temperature;
  private final boolean withPositive;
  private final Kernels kernels;
  private final NegativeSide negativeSide;

  /**
   * The form without the positive in the denominator.
   *
   * @param temperature tau, from 1e-18 to 1e30
   * @throws IllegalArgumentException if it is not
   */
  public SoftmaxLoss(double temperature) {
    this(temperature, Kernels.best());
  }

  /**
   * The form without the positive in the denominator, on given kernels.
   *
   * @param temperature tau, from 1e-18 to 1e30
   * @param kernels implementation of the inner loops
   */
  public SoftmaxLoss(double temperature, Kernels kernels) {
    this(temperature, false, kernels);
  }

  private SoftmaxLoss(double temperature, boolean withPositive, Kernels kernels) {
    this.temperature = Parameter.requireTemperature("tau", temperature);
    this.withPositive = withPositive;
    this.kernels = kernels;
    this.negativeSide = new NegativeSide(kernels);
  }

  /**
   * The form with the positive in the denominator.
   *
   * @param temperature tau, from 1e-18 to 1e30
   * @throws IllegalArgumentException if it is not
   */
  public static SoftmaxLoss withPositive(double temperature) {
    return withPositive(temperature, Kernels.best());
  }

  /**
   * The form with the positive in the denominator, on given kernels.
   *
   * @param temperature tau, from 1e-18 to 1e30
   * @param kernels implementation of the inner loops
   */
  public static SoftmaxLoss withPositive(double temperature, Kernels kernels) {
    return new SoftmaxLoss(temperature, true, kernels);
  }

  @Override
  protected double evaluateRow(
      PositiveSide positives, int begin, int end, NegativeScores negatives) {
    double slope = 1 / (temperature * positives.size());
    double weight = withPositive ? slope : slope * (end - begin);
    double negative = negativeSide.logSumExp(negatives, temperature, weight, begin);
    double sum = 0;
    double shares = 0;
    for (int pair = begin; pair < end; pair++) {
      double odds = negative - positives.score(pair) / temperature;
      if (withPositive) {
        double share = Softplus.slope(odds);
        positives.setGradient(pair, (float) (-slope * share));
        shares += share;
        sum += Softplus.of(odds);
      } else {
        positives.setGradient(pair, (float) -slope);
        sum += odds;
      }
    }
    if (withPositive) {
      kernels
          .rows()
          .scale(negatives.values(), negatives.offset(), negatives.count(), (float) shares);
    }
    return sum;
  }

  @Override
  public String toString() {
    return "SoftmaxLoss[tau=" + temperature + (withPositive ? ", with positive" : "") + "]";
  }
}
