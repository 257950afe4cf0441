package bsl.losses;

import bsl.core.kernel.Kernels;

/**
 * Mean squared error (MSE): fits positives to the label 1 and negatives to the label 0. It is
 * summed over the negatives:
 *
 * <pre>  l(u, i) = (s_ui - 1)^2 / 2 + w sum_{j = 1..N} s_uj^2 / 2</pre>
 *
 * <p>Source: a baseline of Wu et al., <i>BSL</i>, ICDE 2024, with w = 1. It is the weighted
 * regression of Hu et al., <i>Collaborative Filtering for Implicit Feedback Datasets</i>, ICDM
 * 2008, on sampled negatives.
 *
 * <p>Parameter: the weight w of a negative, from 1e-18 to 1e18; w = 1/N makes the sum a mean.
 * Scores are usually raw inner products. Cosines are possible, as the labels lie within their
 * range.
 *
 * <p>Gradient of a pair: s_ui - 1 for the positive, w s_uj for a negative. Unlike in ranking
 * losses, a positive above 1 is pulled down and a negative below 0 is pulled up. A score whose
 * square exceeds single precision (above 1e19) is an error, and so is one at minus infinity. The
 * loss is convex in the scores.
 *
 * <p>Neighbours: {@link BinaryCrossEntropyLoss} is the other point-wise loss. The mean of squared
 * negatives is their variance plus their squared mean. So this loss penalises the variance, as
 * {@link SoftmaxLoss} does. The variance has the weight w N / 2, which is N/2 with w = 1 and 1/2
 * with w = 1/N. In softmax loss it is 1 / (2 tau^2) at large tau, as {@link MeanVarianceLoss} says.
 */
public final class MeanSquaredErrorLoss extends PerUserLoss {
  private final double negativeWeight;
  private final Kernels kernels;

  /** The loss with w = 1. */
  public MeanSquaredErrorLoss() {
    this(1);
  }

  /**
   * The loss with given weight.
   *
   * @param negativeWeight w, weight of a negative, from 1e-18 to 1e18
   * @throws IllegalArgumentException if it is not
   */
  public MeanSquaredErrorLoss(double negativeWeight) {
    this(negativeWeight, Kernels.best());
  }

  /**
   * The loss on given kernels.
   *
   * @param negativeWeight w, weight of a negative, from 1e-18 to 1e18
   * @param kernels implementation of the inner loops
   */
  public MeanSquaredErrorLoss(double negativeWeight, Kernels kernels) {
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
    double squares = 0;
    for (int pair = begin; pair < end; pair++) {
      double error = positives.score(pair) - 1.0;
      positives.setGradient(pair, (float) (error / batch));
      squares += error * error;
    }
    double ofNegatives = negatives.weigh(kernels);
    squares += weight * ofNegatives;
    kernels.rows().scale(scores, offset, n, (float) (weight / batch));
    negatives.requireFiniteDerivatives(begin, ofNegatives, weight / batch, 0);
    return squares / 2;
  }

  @Override
  public String toString() {
    return "MeanSquaredErrorLoss[w=" + negativeWeight + "]";
  }
}
