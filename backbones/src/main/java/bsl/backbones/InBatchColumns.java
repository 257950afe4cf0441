package bsl.backbones;

import bsl.backbones.TilePlan.Tile;
import bsl.core.EmbeddingTable;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.sampling.MiniBatch;
import bsl.losses.PositiveSide;
import bsl.losses.RankingLoss;

/** The mini-batch's own positives; each pair sees all columns but its own. */
final class InBatchColumns extends NegativeColumns {
  private final ScoreRows positiveRows;

  /**
   * @param positiveRows the mini-batch's positives, a row for each pair
   */
  InBatchColumns(
      ScoreRows userRows, ScoreRows positiveRows, int stride, Kernels kernels, WorkPool pool) {
    super(userRows, stride, kernels, pool);
    this.positiveRows = positiveRows;
  }

  @Override
  void begin(MiniBatch batch, int items) {
    begin(batch, batch.size(), true);
  }

  @Override
  int item(int column) {
    return batch().positives()[column];
  }

  @Override
  ScoreRows rows() {
    return positiveRows;
  }

  /** The positives are gathered with the pairs. */
  @Override
  void gather(EmbeddingTable items) {
    pool().run(count(), Kernels.PANEL, (begin, end, worker) -> pack(begin, end));
  }

  @Override
  double evaluate(Tile tile, RankingLoss loss, PositiveSide positives) {
    float[] scores = scores(tile.worker());
    score(tile);
    withoutOwnColumn(tile, scores, true);
    double value = evaluate(tile, scores, plan().stride(), loss, positives);
    withoutOwnColumn(tile, scores, false);
    return value;
  }

  /**
   * Takes each pair's own column out of its row by moving the last column into its place, or puts
   * both back, the own column then with gradient zero.
   */
  private void withoutOwnColumn(Tile tile, float[] scores, boolean out) {
    int last = count() - 1;
    for (int r = 0; r < tile.rows(); r++) {
      int row = r * plan().stride();
      int own = row + tile.first() + r;
      if (out) {
        scores[own] = scores[row + last];
      } else {
        scores[row + last] = tile.first() + r == last ? 0f : scores[own];
        scores[own] = 0f;
      }
    }
  }

  @Override
  void sendBack(Tile tile, float[] userGradient) {
    sendBackProducts(tile, userGradient);
  }

  /** They count as positives only. */
  @Override
  long occurrences(int column) {
    return 0;
  }
}
