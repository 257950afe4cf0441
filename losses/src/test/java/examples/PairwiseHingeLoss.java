package examples;

import bsl.core.kernel.Kernels;
import bsl.losses.Parameter;
import bsl.losses.PerPairLoss;
import bsl.losses.PositiveSide;

/**
 * A loss of one's own: the pairwise hinge, which asks each positive to lie a margin above each
 * negative.
 *
 * <pre>  l(u, i) = 1/N sum_{j = 1..N} max(0, s_uj - s_ui + m)</pre>
 */
public final class PairwiseHingeLoss extends PerPairLoss {
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
  protected double evaluatePair(
      PositiveSide positives, int pair, float[] scores, int offset, int n, float[] lanes) {
    float threshold = (float) (positives.score(pair) - margin);
    // Leaves 1 where a score is above the threshold, else 0: the derivative, but for its factor.
    double sum = kernels.scores().hingeSum(scores, offset, n, threshold, lanes);
    double active = kernels.scores().sum(scores, offset, n, lanes);
    double weight = 1.0 / ((double) n * positives.size());
    kernels.rows().scale(scores, offset, n, (float) weight);
    positives.setGradient(pair, (float) (-weight * active));
    return sum / n;
  }

  @Override
  public String toString() {
    return "PairwiseHingeLoss[margin=" + margin + "]";
  }
}
