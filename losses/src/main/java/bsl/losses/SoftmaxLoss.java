package bsl.losses;

import bsl.core.kernel.Kernels;

/**
 * Softmax loss (SL), the sampled form without the positive in the denominator:
 *
 * <pre>  l(u, i) = -s_ui / tau + log sum_{j = 1..N} exp(s_uj / tau)</pre>
 *
 * <p>Source: Wu et al., <i>BSL</i>, ICDE 2024; there it is read as the KL-regularised
 * distributionally robust form of a point-wise loss, with tau the multiplier of the KL ball over
 * the negatives. It equals {@link BilateralSoftmaxLoss} in mode {@code reweight} with rho = 1.
 *
 * <p>Gradient of a pair: -1 / tau for the positive, softmax_j(s_uj / tau) / tau for the negatives.
 * Scores may be cosines (the paper's choice; tau about 0.05 to 0.3) or raw inner products.
 */
public final class SoftmaxLoss implements RankingLoss {
  private final double temperature;
  private final NegativeSide negativeSide;

  /**
   * @param temperature tau, positive and finite
   * @throws IllegalArgumentException if it is not
   */
  public SoftmaxLoss(double temperature) {
    this(temperature, Kernels.best());
  }

  /**
   * @param temperature tau, positive and finite
   * @param kernels implementation of the inner loops
   */
  public SoftmaxLoss(double temperature, Kernels kernels) {
    this.temperature = Temperature.require("tau", temperature);
    this.negativeSide = new NegativeSide(kernels);
  }

  @Override
  public double evaluate(ScoreTile tile, PositiveSide positives) {
    double pairs = positives.size();
    double slope = 1 / (temperature * pairs);
    double sum = 0;
    for (int r = 0; r < tile.rows(); r++) {
      int pair = tile.firstPair() + r;
      float positive = Finite.require(positives.score(pair), pair);
      sum -= positive / temperature;
      sum +=
          negativeSide.logSumExp(
              tile.values(), tile.rowOffset(r), tile.columns(), temperature, slope, pair);
      positives.setGradient(pair, (float) -slope);
    }
    return sum / pairs;
  }

  @Override
  public String toString() {
    return "SoftmaxLoss[tau=" + temperature + "]";
  }
}
