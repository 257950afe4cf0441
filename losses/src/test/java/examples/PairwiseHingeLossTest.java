package examples;

import bsl.core.kernel.Kernels;
import bsl.losses.Batch;
import bsl.losses.RankingLoss;
import bsl.losses.RankingLossContract;

/** The contract of all losses is the test of a loss of one's own, too. */
class PairwiseHingeLossTest extends RankingLossContract {
  private static final double MARGIN = 0.3;

  @Override
  protected RankingLoss loss(Kernels kernels) {
    return new PairwiseHingeLoss(MARGIN, kernels);
  }

  @Override
  protected double reference(Batch batch) {
    return batch.mean(
        (positive, negatives) ->
            negatives.sum(s -> Math.max(0, s - positive + MARGIN)) / negatives.total());
  }
}
