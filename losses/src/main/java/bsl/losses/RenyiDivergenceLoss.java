package bsl.losses;

import bsl.core.kernel.Kernels;
import java.util.Arrays;

/**
 * Rényi-divergence loss: robust against every distribution of the negatives within a ball of the
 * Rényi divergence of order alpha. The order leads from {@link SoftmaxLoss} to {@link
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
 * the best one. Such a loss was proposed by Zhang et al., <i>Advancing Loss Functions in
 * Recommender Systems: A Comparative Study with a Rényi Divergence-Based Solution</i>, AAAI 2025.
 * The parametrisation here is the one derived above.
 *
 * <p>Parameters: the order alpha, from 1.0001 to 1e30; the margin m, at most 1e15 in size; the
 * weight w, from 1e-18 to 1e18, and at least 1 if it is to be exp of a radius. Scores are meant to
 * be cosines. Near order 1 the exponent g is large and enlarges the rounding of scores, to about g
 * times 2^-23 of a derivative.
 *
 * <ul>
 *   <li>As alpha goes to infinity, g goes to 1. That is the negative side of {@link
 *       CosineContrastiveLoss}, and for positives up to 1 the same loss, up to the constant 1 - m.
 *   <li>As alpha goes to 1, with m = -g tau and w = 1, it tends to tau log E exp(s_uj / tau) -
 *       s_ui. That is {@link SoftmaxLoss} times tau, up to tau log N. {@link #nearSoftmax} is this
 *       path.
 * </ul>
 *
 * <p>Gradient of a pair: it is -1 for the positive. For a negative above the margin it is
 * proportional to (s_uj - m)^(g-1): weights grow as a power, where those of softmax loss grow
 * exponentially. The loss is convex in the scores.
 */
public final class RenyiDivergenceLoss extends PerUserLoss {
  static final double LOWEST_ORDER = 1.0001;
  static final double HIGHEST_ORDER = 1e30;

  private final double order;
  private final double exponent;
  private final double margin;
  private final double negativeWeight;
  private final Kernels kernels;

  /**
   * The loss with given parameters.
   *
   * @param order alpha, from 1.0001 to 1e30
   * @param margin m, score below which a negative does not count, at most 1e15 in size
   * @param negativeWeight w, weight of the negative side, from 1e-18 to 1e18
   * @throws IllegalArgumentException if a parameter is out of its range
   */
  public RenyiDivergenceLoss(double order, double margin, double negativeWeight) {
    this(order, margin, negativeWeight, Kernels.best());
  }

  /**
   * The loss on given kernels.
   *
   * @param order alpha, from 1.0001 to 1e30
   * @param margin m, at most 1e15 in size
   * @param negativeWeight w, from 1e-18 to 1e18
   * @param kernels implementation of the inner loops
   */
  public RenyiDivergenceLoss(double order, double margin, double negativeWeight, Kernels kernels) {
    if (!(order > 1 && order <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("order must be above 1 and finite: " + order);
    }
    this.order = Parameter.requireBetween("order", order, LOWEST_ORDER, HIGHEST_ORDER);
    this.exponent = order / (order - 1);
    this.margin = Parameter.requireMargin("margin", margin);
    this.negativeWeight = Parameter.requireWeight("negative weight", negativeWeight);
    this.kernels = kernels;
  }

  /**
   * The loss of the path to softmax loss: margin -g tau and weight 1.
   *
   * @param order alpha, from 1.0001 on; the closer to 1, the closer to softmax loss
   * @param temperature tau of the softmax loss, with a margin that is in its range
   */
  public static RenyiDivergenceLoss nearSoftmax(double order, double temperature) {
    Parameter.requireTemperature("tau", temperature);
    return new RenyiDivergenceLoss(order, -temperature * order / (order - 1), 1);
  }

  @Override
  protected double evaluateRow(
      PositiveSide positives, int begin, int end, NegativeScores negatives) {
    float[] scores = negatives.values();
    int offset = negatives.offset();
    int n = negatives.count();
    double batch = positives.size();
    double bounds = 0;
    for (int pair = begin; pair < end; pair++) {
      positives.setGradient(pair, (float) (-1 / batch));
      bounds += margin - positives.score(pair);
    }
    float shift = (float) margin;
    float largest = negatives.max(kernels) - shift;
    if (!(largest <= Float.MAX_VALUE)) {
      return largest;
    }
    if (largest < Float.MIN_NORMAL) {
      Arrays.fill(scores, offset, offset + n, 0f);
      return bounds;
    }
    double weight = (end - begin) * negativeWeight;
    float power = (float) exponent;
    double sum =
        kernels
            .scores()
            .reluPowerSum(
                scores,
                offset,
                n,
                negatives.weights(),
                1f,
                shift,
                0f,
                power,
                largest,
                negatives.lanes());
    // The norm over the largest activation; what is left in the row is its derivative by scores,
    // times sum / norm.
    double norm = StrictMath.pow(sum / negatives.total(), 1 / exponent);
    kernels.rows().scale(scores, offset, n, (float) (weight * norm / (sum * batch)));
    return bounds + weight * norm * largest;
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
