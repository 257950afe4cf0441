package bsl.losses;

import bsl.core.kernel.FloatAtan;
import bsl.core.kernel.FloatSigmoid;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.ScoreKernels;
import java.util.Arrays;
import java.util.Objects;

/**
 * Pairwise softmax loss (PSL): softmax loss that is less afraid of hard negatives, many of which
 * are false. An activation that grows more slowly takes the place of the exponential of a score
 * difference:
 *
 * <pre>
 *   l(u, i) = log sum_{j = 1..N} act(d_uij)^(1 / tau),    d_uij = (s_uj - s_ui) / spread
 * </pre>
 *
 * <p>Source: Yang et al., <i>PSL: Rethinking and Improving Softmax Loss from Pairwise Perspective
 * for Recommendation</i>, NeurIPS 2024. The activations are 1 + tanh d, max(0, 1 + atan d) and
 * max(0, 1 + d). All are 1 + d to first order, as exp(d) is, and on [-1, 1] they lie below exp(d)
 * and above the step function. The spread 2 brings differences of cosines into that range.
 *
 * <p>Parameters: tau and the spread, from 1e-18 to 1e30 each and tau times spread at least 1e-18.
 * The spread is at least 2 for cosines. To compare with {@link SoftmaxLoss}, take spread times tau
 * as its temperature, since act(d)^(1/tau) is about exp((s_uj - s_ui) / (spread tau)).
 *
 * <p>Raw scores are possible. Where an activation is not positive (relu below -1, atan below -tan
 * 1) a negative counts for nothing. A pair all of whose negatives lie there has gradient 0, and its
 * value is that of one negative at the activation 2^-126.
 *
 * <p>Gradient of a pair: with weights w_j that are proportional to act(d_uij)^(1/tau) and add up to
 * 1, it is w_j act'/act / (tau spread) for a negative, and minus their sum for the positive.
 * act'/act falls as d grows, so hard negatives weigh less than in softmax loss.
 *
 * <p>How exact it is: activations are computed to a few units of the last digit of single
 * precision, near the root of 1 + atan d, too. A score difference is known to 2^-24 of itself,
 * which the power 1/tau and the slope of log act enlarge.
 *
 * <p>Neighbours: with act = exp it would be {@link SoftmaxLoss} of temperature tau times spread.
 * {@link RenyiDivergenceLoss} has the same powers of a relu, but over scores. The loss is not
 * convex.
 */
public final class PairwiseSoftmaxLoss extends PairwiseLoss {
  /** Spread that brings differences of cosines into [-1, 1]. */
  public static final double COSINE_SPREAD = 2;

  private static final double LOWEST_PRODUCT = 1e-18;
  private static final double LOG_TWO = StrictMath.log(2);
  private static final double LOG_OF_NOTHING = StrictMath.log(Float.MIN_NORMAL);

  /** What replaces the exponential. */
  public enum Activation {
    /** 1 + tanh d. */
    TANH {
      /** The softplus of -2 d, whose distance from log 2 is log act. */
      @Override
      float largest(float difference, float scale) {
        return FloatSigmoid.softplus(difference * scale * -2f);
      }

      @Override
      boolean reaches(float largest) {
        return true;
      }

      @Override
      double logActivation(float largest) {
        return LOG_TWO - largest;
      }

      @Override
      double unit(float largest) {
        return 1;
      }

      @Override
      float powerSum(
          ScoreKernels kernels,
          NegativeScores negatives,
          float scale,
          float shift,
          float power,
          float largest) {
        return kernels.tanhPowerSum(
            negatives.values(),
            negatives.offset(),
            negatives.count(),
            negatives.weights(),
            scale,
            shift,
            power,
            largest,
            negatives.lanes());
      }
    },
    /** max(0, 1 + atan d). */
    ATAN {
      @Override
      float largest(float difference, float scale) {
        return FloatAtan.onePlusAtan(difference * scale);
      }

      @Override
      float powerSum(
          ScoreKernels kernels,
          NegativeScores negatives,
          float scale,
          float shift,
          float power,
          float largest) {
        return kernels.atanPowerSum(
            negatives.values(),
            negatives.offset(),
            negatives.count(),
            negatives.weights(),
            scale,
            shift,
            power,
            largest,
            negatives.lanes());
      }
    },
    /** max(0, 1 + d). */
    RELU {
      @Override
      float largest(float difference, float scale) {
        return Math.fma(difference, scale, 1f);
      }

      @Override
      float powerSum(
          ScoreKernels kernels,
          NegativeScores negatives,
          float scale,
          float shift,
          float power,
          float largest) {
        return kernels.reluPowerSum(
            negatives.values(),
            negatives.offset(),
            negatives.count(),
            negatives.weights(),
            scale,
            shift,
            1f,
            power,
            largest,
            negatives.lanes());
      }
    };

    /** What the pass wants to know of the largest score; the same arithmetic as in the pass. */
    abstract float largest(float difference, float scale);

    /** Whether the largest score has any weight. */
    boolean reaches(float largest) {
      return largest >= Float.MIN_NORMAL;
    }

    /** log act of the largest score. */
    double logActivation(float largest) {
      return StrictMath.log(largest);
    }

    /** What the pass leaves of scores, times this, is weight times act' / act. */
    double unit(float largest) {
      return 1.0 / largest;
    }

    abstract float powerSum(
        ScoreKernels kernels,
        NegativeScores negatives,
        float scale,
        float shift,
        float power,
        float largest);
  }

  private final Activation activation;
  private final double temperature;
  private final double spread;
  private final Kernels kernels;

  /**
   * The loss for cosines, with spread 2.
   *
   * @param activation what replaces the exponential
   * @param temperature tau, from 1e-18 to 1e30
   * @throws IllegalArgumentException if it is not
   */
  public PairwiseSoftmaxLoss(Activation activation, double temperature) {
    this(activation, temperature, COSINE_SPREAD, Kernels.best());
  }

  /**
   * The loss on given kernels.
   *
   * @param activation what replaces the exponential
   * @param temperature tau, from 1e-18 to 1e30
   * @param spread what score differences are divided by, from 1e-18 to 1e30; times tau at least
   *     1e-18
   * @param kernels implementation of the inner loops
   * @throws IllegalArgumentException if a parameter is out of its range
   */
  public PairwiseSoftmaxLoss(
      Activation activation, double temperature, double spread, Kernels kernels) {
    this.activation = Objects.requireNonNull(activation, "activation");
    this.temperature = Parameter.requireTemperature("tau", temperature);
    this.spread = Parameter.requireTemperature("spread", spread);
    Parameter.requireBetween(
        "tau times spread", temperature * spread, LOWEST_PRODUCT, Double.MAX_VALUE);
    this.kernels = kernels;
  }

  @Override
  protected double evaluatePair(PositiveSide positives, int pair, NegativeScores negatives) {
    float[] scores = negatives.values();
    int offset = negatives.offset();
    int n = negatives.count();
    float scale = (float) (1 / spread);
    float positive = positives.score(pair);
    float max = negatives.max(kernels);
    float largest = activation.largest(max - positive, scale);
    if (!(max <= Float.MAX_VALUE)) {
      return max;
    }
    if (!activation.reaches(largest)) {
      Arrays.fill(scores, offset, offset + n, 0f);
      positives.setGradient(pair, 0f);
      return LOG_OF_NOTHING / temperature;
    }
    float power = (float) (1 / temperature);
    double sum = activation.powerSum(kernels.scores(), negatives, scale, positive, power, largest);
    double slope = activation.unit(largest) / (temperature * spread * positives.size() * sum);
    positives.setGradient(
        pair, (float) (-slope * kernels.scores().sum(scores, offset, n, negatives.lanes())));
    if (slope <= Float.MAX_VALUE) {
      kernels.rows().scale(scores, offset, n, (float) slope);
    } else {
      scaleInDouble(scores, offset, n, slope);
    }
    return activation.logActivation(largest) / temperature + StrictMath.log(sum);
  }

  /**
   * Where tau is so small that a rounding error of the largest activation takes all powers to the
   * smallest ones there are. A derivative is finite all the same.
   */
  private static void scaleInDouble(float[] scores, int offset, int n, double slope) {
    for (int j = offset; j < offset + n; j++) {
      scores[j] = (float) (scores[j] * slope);
    }
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
