package bsl.losses;

import bsl.core.kernel.Kernels;

/**
 * Binary cross-entropy (BCE): tells positives from negatives one by one, by logistic regression. It
 * is summed over the negatives:
 *
 * <pre>  l(u, i) = log(1 + exp(-s_ui)) + w sum_{j = 1..N} log(1 + exp(s_uj))</pre>
 *
 * <p>Source: a baseline of Wu et al., <i>BSL</i>, ICDE 2024, with w = 1. For recommendation it was
 * used by He et al., <i>Neural Collaborative Filtering</i>, WWW 2017.
 *
 * <p>Parameter: the weight w of a negative, from 1e-18 to 1e18; w = 1/N makes the sum a mean.
 * Scores are usually raw inner products, because the loss asks for scores far beyond the range of a
 * cosine.
 *
 * <p>Gradient of a pair: -sigmoid(-s_ui) for the positive, w sigmoid(s_uj) for a negative.
 *
 * <p>Neighbours: {@link MeanSquaredErrorLoss} is the other point-wise loss. {@link BprLoss} has the
 * same logistic function on differences. The loss is convex in the scores.
 */
public final class BinaryCrossEntropyLoss extends PerUserLoss {
  private final double negativeWeight;
  private final Kernels kernels;

  /** The loss with w = 1. */
  public BinaryCrossEntropyLoss() {
    this(1);
  }

  /**
   * The loss with given weight.
   *
   * @param negativeWeight w, weight of a negative, from 1e-18 to 1e18
   * @throws IllegalArgumentException if it is not
   */
  public BinaryCrossEntropyLoss(double negativeWeight) {
    this(negativeWeight, Kernels.best());
  }

  /**
   * The loss on given kernels.
   *
   * @param negativeWeight w, weight of a negative, from 1e-18 to 1e18
   * @param kernels implementation of the inner loops
   */
  public BinaryCrossEntropyLoss(double negativeWeight, Kernels kernels) {
    this.negativeWeight = Parameter.requireWeight("negative weight", negativeWeight);
    this.kernels = kernels;
  }

  @Override
  protected double evaluateRow(
      PositiveSide positives, int begin, int end, NegativeScores negatives) {
    float[] scores = negatives.values();
    int offset = negatives.offset();
    int n = negatives.count();
    double batch = positives.size();
    double weight = (end - begin) * negativeWeight;
    double value = 0;
    for (int pair = begin; pair < end; pair++) {
      double positive = positives.score(pair);
      positives.setGradient(pair, (float) (-Softplus.slope(-positive) / batch));
      value += Softplus.of(-positive);
    }
    double sum =
        kernels.scores().softplusSum(scores, offset, n, negatives.weights(), 0f, negatives.lanes());
    kernels.rows().scale(scores, offset, n, (float) (weight / batch));
    return value + weight * sum;
  }

  @Override
  public String toString() {
    return "BinaryCrossEntropyLoss[w=" + negativeWeight + "]";
  }
}
