package bsl.losses;

import bsl.core.kernel.FloatAtan;
import bsl.core.kernel.FloatLog;
import bsl.core.kernel.FloatSigmoid;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.ScoreKernels;

/**
 * Pairwise softmax loss (PSL): softmax loss with the exponential of a score difference replaced by
 * an activation that grows more slowly:
 *
 * <pre>
 *   l(u, i) = log sum_{j = 1..N} act(d_uij)^(1 / tau),    d_uij = (s_uj - s_ui) / spread
 * </pre>
 *
 * <p>Source: Yang et al., <i>PSL: Rethinking and Improving Softmax Loss from Pairwise Perspective
 * for Recommendation</i>, NeurIPS 2024. The activations are 1 + tanh d, 1 + atan d and max(0, 1 +
 * d), all of which are 1 + d to first order, as exp(d) is, and lie below exp(d) and above the step
 * function on [-1, 1]; {@code spread} = 2 brings differences of cosines into that range.
 *
 * <p>Parameters: tau, positive, which compares with spread times as much of {@link SoftmaxLoss},
 * since act(d)^(1/tau) is about exp((s_uj - s_ui) / (spread tau)); spread, positive, at least 2 for
 * cosines. With raw scores d may leave [-1, 1]; where an activation is not positive (relu below -1,
 * atan below -tan 1) a negative counts for nothing. A pair all of whose negatives lie there has
 * gradient 0, and its value is that of one negative at the smallest normal activation, 2^-126.
 *
 * <p>Gradient of a pair: with weights w_j proportional to act(d_uij)^(1/tau), w_j act'/act / (tau
 * spread) for a negative and minus their sum for the positive. act'/act falls as d grows: hard (and
 * false) negatives weigh less than in softmax loss.
 *
 * <p>Neighbours: with act = exp it would be {@link SoftmaxLoss} of temperature tau spread. {@link
 * RenyiDivergenceLoss} has the same powers of a relu, but over scores. Not convex.
 */
public final class PairwiseSoftmaxLoss extends PerPairLoss {
  /** Spread that brings differences of cosines into [-1, 1]. */
  public static final double COSINE_SPREAD = 2;

  /** What replaces the exponential. */
  public enum Activation {
    /** 1 + tanh d. */
    TANH(d -> 2f * FloatSigmoid.sigmoid(2f * d), ScoreKernels::tanhPowerSum),
    /** max(0, 1 + atan d). */
    ATAN(d -> 1f + FloatAtan.atan(d), ScoreKernels::atanPowerSum),
    /** max(0, 1 + d). */
    RELU(d -> 1f + d, ScoreKernels::reluPowerSum);

    private final Value value;
    private final PowerSum powerSum;

    Activation(Value value, PowerSum powerSum) {
      this.value = value;
      this.powerSum = powerSum;
    }
  }

  private interface Value {
    float at(float d);
  }

  private interface PowerSum {
    float over(
        ScoreKernels kernels,
        float[] scores,
        int offset,
        int n,
        float scale,
        float shift,
        float power,
        float logLargest,
        float[] lanes);
  }

  private final Activation activation;
  private final double temperature;
  private final double spread;
  private final Kernels kernels;

  /**
   * The loss for cosines, with spread 2.
   *
   * @param activation what replaces the exponential
   * @param temperature tau, positive and finite
   * @throws IllegalArgumentException if it is not
   */
  public PairwiseSoftmaxLoss(Activation activation, double temperature) {
    this(activation, temperature, COSINE_SPREAD, Kernels.best());
  }

  /**
   * The loss on given kernels.
   *
   * @param activation what replaces the exponential
   * @param temperature tau, positive and finite
   * @param spread what score differences are divided by, positive and finite
   * @param kernels implementation of the inner loops
   * @throws IllegalArgumentException if a parameter is out of its range
   */
  public PairwiseSoftmaxLoss(
      Activation activation, double temperature, double spread, Kernels kernels) {
    this.activation = activation;
    this.temperature = Parameter.requirePositive("tau", temperature);
    this.spread = Parameter.requirePositive("spread", spread);
    this.kernels = kernels;
  }

  @Override
  double evaluate(
      PositiveSide positives, int pair, float[] scores, int offset, int n, float[] lanes) {
    float scale = (float) (1 / spread);
    float shift = positives.score(pair) * scale;
    float max = kernels.rows().max(scores, offset, n);
    float logLargest = FloatLog.log(activation.value.at(Math.fma(max, scale, -shift)));
    if (!(max <= Float.MAX_VALUE)) {
      return max;
    }
    float power = (float) (1 / temperature);
    double sum =
        activation.powerSum.over(
            kernels.scores(), scores, offset, n, scale, shift, power, logLargest, lanes);
    if (sum == 0) {
      positives.setGradient(pair, 0f);
      return logLargest / temperature;
    }
    double slope = 1 / (temperature * spread * positives.size() * sum);
    positives.setGradient(pair, (float) (-slope * kernels.scores().sum(scores, offset, n, lanes)));
    kernels.rows().scale(scores, offset, n, (float) slope);
    return logLargest / temperature + StrictMath.log(sum);
  }

  @Override
  public String toString() {
    return "PairwiseSoftmaxLoss["
        + activation
        + ", tau="
        + temperature
        + ", spread="
        + spread
        + "]";
  }
}
