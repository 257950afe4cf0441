package bsl.losses;

import bsl.core.kernel.Kernels;

/**
 * Cosine contrastive loss (CCL): draws positives up to 1 and pushes only those negatives down that
 * lie above a margin. Each side is a hinge:
 *
 * <pre>  l(u, i) = max(0, 1 - s_ui) + w/N sum_{j = 1..N} max(0, s_uj - m)</pre>
 *
 * <p>Source: Mao et al., <i>SimpleX: A Simple and Strong Baseline for Collaborative Filtering</i>,
 * CIKM 2021. It is a baseline of Wu et al., <i>BSL</i>, ICDE 2024.
 *
 * <p>Parameters: the weight w of the negative side, from 1e-18 to 1e18 (tens to hundreds are
 * common), and the margin m below which a negative is left alone (0 to 1 for cosines). Scores are
 * meant to be cosines.
 *
 * <p>Gradient of a pair: -1 for a positive below 1, w/N for a negative above the margin, else 0. At
 * the kinks, where the loss has no derivative, it is 0.
 *
 * <p>Neighbours: {@link RenyiDivergenceLoss} has this loss and {@link SoftmaxLoss} as its two ends.
 * It also explains the negative side: m plus that side bounds the mean of the negatives under every
 * distribution whose density against the sampling distribution is at most w. The loss is convex in
 * the scores.
 */
public final class CosineContrastiveLoss extends PerUserLoss {
  private final double negativeWeight;
  private final double margin;
  private final Kernels kernels;

  /**
   * The loss with given parameters.
   *
   * @param negativeWeight w, weight of the mean over negatives, from 1e-18 to 1e18
   * @param margin m, score below which a negative does not count, at most 1e15 in size
   * @throws IllegalArgumentException if a parameter is out of its range
   */
  public CosineContrastiveLoss(double negativeWeight, double margin) {
    this(negativeWeight, margin, Kernels.best());
  }

  /**
   * The loss on given kernels.
   *
   * @param negativeWeight w, from 1e-18 to 1e18
   * @param margin m, at most 1e15 in size
   * @param kernels implementation of the inner loops
   */
  public CosineContrastiveLoss(double negativeWeight, double margin, Kernels kernels) {
    this.negativeWeight = Parameter.requireWeight("negative weight", negativeWeight);
    this.margin = Parameter.requireMargin("margin", margin);
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
    double weight = (end - begin) * negativeWeight;
    double value = 0;
    for (int pair = begin; pair < end; pair++) {
      double positive = positives.score(pair);
      positives.setGradient(pair, positive < 1 ? (float) (-1 / batch) : 0f);
      value += Math.max(0, 1 - positive);
    }
    double sum =
        kernels
            .scores()
            .hingeSum(scores, offset, n, negatives.weights(), (float) margin, negatives.lanes());
    kernels.rows().scale(scores, offset, n, (float) (weight / (total * batch)));
    return value + weight * (sum / total);
  }

  @Override
  public String toString() {
    return "CosineContrastiveLoss[w=" + negativeWeight + ", margin=" + margin + "]";
  }
}
