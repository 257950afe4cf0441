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
    double sum = 0;
    for (double[] row : batch.scores()) {
      for (int j = 1; j < row.length; j++) {
        sum += Math.max(0, row[j] - row[0] + MARGIN) / batch.negatives();
      }
    }
    return sum / batch.pairs();
  }
}
