package bsl.losses;

import bsl.core.kernel.Kernels;
import bsl.core.kernel.ScoreKernels;

/**
 * Bayesian personalised ranking (BPR): ranks a positive above each negative, by logistic regression
 * on the difference of their scores. It is averaged over the negatives:
 *
 * <pre>  l(u, i) = 1/N sum_{j = 1..N} log(1 + exp(s_uj - s_ui))</pre>
 *
 * <p>Source: Rendle et al., <i>BPR: Bayesian Personalized Ranking from Implicit Feedback</i>, UAI
 * 2009, with one negative per pair. It is a baseline of Wu et al., <i>BSL</i>, ICDE 2024.
 *
 * <p>There are no parameters. Scores are usually raw inner products: over the range [-2, 2] of a
 * difference of cosines the logistic function is nearly linear, and the loss hardly tells hard
 * negatives from easy ones.
 *
 * <p>Gradient of a pair: with p_j = sigmoid(s_uj - s_ui), p_j / N for a negative and minus their
 * sum for the positive.
 *
 * <p>Neighbours: with one negative, {@link SoftmaxLoss#withPositive} with tau = 1 is this loss.
 * With several, softmax loss weighs negatives against each other, BPR weighs each against the
 * positive alone. The loss is convex in the scores.
 */
public final class BprLoss extends PairwiseLoss {
  private final Kernels kernels;

  /** The loss on the best kernels. */
  public BprLoss() {
    this(Kernels.best());
  }

  /**
   * The loss on given kernels.
   *
   * @param kernels implementation of the inner loops
   */
  public BprLoss(Kernels kernels) {
    this.kernels = kernels;
  }

  @Override
  protected double evaluatePair(PositiveSide positives, int pair, NegativeScores negatives) {
    float[] scores = negatives.values();
    int offset = negatives.offset();
    int n = negatives.count();
    float[] lanes = negatives.lanes();
    double total = negatives.total();
    ScoreKernels rows = kernels.scores();
    double weight = 1.0 / (total * positives.size());
    double sum =
        rows.softplusSum(scores, offset, n, negatives.weights(), positives.score(pair), lanes);
    positives.setGradient(pair, (float) (-weight * rows.sum(scores, offset, n, lanes)));
    kernels.rows().scale(scores, offset, n, (float) weight);
    return sum / total;
  }

  @Override
  public String toString() {
    return "BprLoss";
  }
}
