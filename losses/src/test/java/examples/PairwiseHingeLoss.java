package examples;

import bsl.core.kernel.Kernels;
import bsl.losses.NegativeScores;
import bsl.losses.PairwiseLoss;
import bsl.losses.Parameter;
import bsl.losses.PositiveSide;

/**
 * A loss of one's own: the pairwise hinge, which asks each positive to lie a margin above each
 * negative.
 *
 * <pre>  l(u, i) = 1/N sum_{j = 1..N} max(0, s_uj - s_ui + m)</pre>
 */
public final class PairwiseHingeLoss extends PairwiseLoss {
  private final double margin;
  private final Kernels kernels;

  /**
   * The loss with given margin.
   *
   * @param margin m, at most 1e15 in size
   * @param kernels implementation of the inner loops
   */
  public PairwiseHingeLoss(double margin, Kernels kernels) {
    this.margin = Parameter.requireMargin("margin", margin);
    this.kernels = kernels;
  }

  @Override
  protected double evaluatePair(PositiveSide positives, int pair, NegativeScores negatives) {
    float[] scores = negatives.values();
    int offset = negatives.offset();
    int n = negatives.count();
    float[] lanes = negatives.lanes();
    float threshold = (float) (positives.score(pair) - margin);
    // Leaves its weight where a score is above the threshold, else 0: the derivative, but for a
    // factor.
    double sum =
        kernels.scores().hingeSum(scores, offset, n, negatives.weights(), threshold, lanes);
    double active = kernels.scores().sum(scores, offset, n, lanes);
    double factor = 1 / (negatives.total() * positives.size());
    kernels.rows().scale(scores, offset, n, (float) factor);
    positives.setGradient(pair, (float) (-factor * active));
    return sum / negatives.total();
  }

  @Override
  public String toString() {
    return "PairwiseHingeLoss[margin=" + margin + "]";
  }
}
