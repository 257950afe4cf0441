package bsl.losses;

import bsl.core.kernel.FloatLog;
import bsl.core.kernel.Kernels;

/**
 * Rényi-divergence loss: robust against every distribution of the negatives within a ball of the
 * Rényi divergence of order alpha, which spans {@link SoftmaxLoss} and {@link
 * CosineContrastiveLoss}:
 *
 * <pre>
 *   l(u, i) = -s_ui + m + w (1/N sum_{j = 1..N} max(0, s_uj - m)^g)^(1/g),    g = alpha / (alpha - 1)
 * </pre>
 *
 * <p>Derivation: for a distribution Q with density L against the sampling distribution P, E_Q[s] -
 * m is at most E_P[L max(0, s - m)], and by Hölder's inequality at most |L|_alpha times the g-norm
 * of max(0, s - m). The ball D_alpha(Q || P) at most eta is |L|_alpha at most w = exp(eta / g). So
 * the negative side bounds the worst case over the ball for every margin m, and is equal to it for
 * the best one. The idea of such a loss is that of Zhang et al., <i>Advancing Loss Functions in
 * Recommender Systems: A Comparative Study with a Rényi Divergence-Based Solution</i>, AAAI 2025;
 * the parametrisation here is the one derived above.
 *
 * <p>Parameters: the order alpha above 1; the margin m; the weight w, positive, at least 1 if it is
 * to be exp of a radius. Scores are meant to be cosines.
 *
 * <ul>
 *   <li>alpha to infinity, g = 1: the negative side of {@link CosineContrastiveLoss}, and for
 *       positives up to 1 the same loss up to the constant 1 - m.
 *   <li>alpha to 1 with m = -g tau and w = 1: tends to tau log E exp(s_uj / tau) - s_ui, which is
 *       {@link SoftmaxLoss} times tau up to tau log N; {@link #nearSoftmax} is this path.
 * </ul>
 *
 * <p>Gradient of a pair: -1 for the positive; the negatives above the margin share it in proportion
 * to (s_uj - m)^(g-1), so weights grow as a power where those of softmax loss grow exponentially.
 * Convex in the scores.
 */
public final class RenyiDivergenceLoss extends PerPairLoss {
  private final double order;
  private final double exponent;
  private final double margin;
  private final double negativeWeight;
  private final Kernels kernels;

  /**
   * The loss with given parameters.
   *
   * @param order alpha, above 1 and finite
   * @param margin m, score below which a negative does not count, finite
   * @param negativeWeight w, weight of the negative side, positive and finite
   * @throws IllegalArgumentException if a parameter is out of its range
   */
  public RenyiDivergenceLoss(double order, double margin, double negativeWeight) {
    this(order, margin, negativeWeight, Kernels.best());
  }

  /**
   * The loss on given kernels.
   *
   * @param order alpha, above 1 and finite
   * @param margin m, finite
   * @param negativeWeight w, positive and finite
   * @param kernels implementation of the inner loops
   */
  public RenyiDivergenceLoss(double order, double margin, double negativeWeight, Kernels kernels) {
    if (!(order > 1 && order <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("order must be above 1 and finite: " + order);
    }
    this.order = order;
    this.exponent = order / (order - 1);
    this.margin = Parameter.requireFinite("margin", margin);
    this.negativeWeight = Parameter.requirePositive("negative weight", negativeWeight);
    this.kernels = kernels;
  }

  /**
   * The loss of the path to softmax loss: margin -g tau and weight 1.
   *
   * @param order alpha, above 1; the closer to 1, the closer to softmax loss
   * @param temperature tau of the softmax loss, positive and finite
   */
  public static RenyiDivergenceLoss nearSoftmax(double order, double temperature) {
    Parameter.requirePositive("tau", temperature);
    return new RenyiDivergenceLoss(order, -temperature * order / (order - 1), 1);
  }

  @Override
  double evaluate(
      PositiveSide positives, int pair, float[] scores, int offset, int n, float[] lanes) {
    double pairs = positives.size();
    double bound = margin - positives.score(pair);
    float largest = (float) (kernels.rows().max(scores, offset, n) - margin);
    if (!(largest <= Float.MAX_VALUE)) {
      return largest;
    }
    double sum =
        kernels
            .scores()
            .reluPowerSum(
                scores,
                offset,
                n,
                1f,
                (float) (1 + margin),
                (float) exponent,
                FloatLog.log(largest),
                lanes);
    positives.setGradient(pair, (float) (-1 / pairs));
    if (sum == 0) {
      return bound;
    }
    double norm = largest * StrictMath.pow(sum / n, 1 / exponent);
    kernels.rows().scale(scores, offset, n, (float) (negativeWeight * norm / (sum * pairs)));
    return bound + negativeWeight * norm;
  }

  @Override
  public String toString() {
    return "RenyiDivergenceLoss[order="
        + order
        + ", margin="
        + margin
        + ", w="
        + negativeWeight
        + "]";
  }
}
