package bsl.backbones;

import bsl.backbones.TilePlan.Tile;
import bsl.core.EmbeddingTable;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.sampling.MiniBatch;
import bsl.core.sampling.NegativeSharing;
import bsl.losses.PositiveSide;
import bsl.losses.RankingLoss;

/** One set of negatives that all pairs of the mini-batch see. */
final class SharedColumns extends NegativeColumns {
  private final ScoreRows rows;

  SharedColumns(
      ScoreRows userRows, int stride, ScoreFunction score, Kernels kernels, WorkPool pool) {
    super(userRows, stride, kernels, pool);
    rows = new ScoreRows(kernels, stride, score);
  }

  @Override
  void begin(MiniBatch batch, int items) {
    begin(batch, batch.negativesPerPair(), true);
    rows.reset(count());
  }

  @Override
  int item(int column) {
    return batch().negatives()[column];
  }

  @Override
  ScoreRows rows() {
    return rows;
  }

  @Override
  void gather(EmbeddingTable items) {
    gatherItems(items, true);
  }

  @Override
  double evaluate(Tile tile, RankingLoss loss, PositiveSide positives) {
    score(tile);
    return evaluate(tile, scores(tile.worker()), plan().stride(), loss, positives);
  }

  @Override
  void sendBack(Tile tile, float[] userGradient) {
    sendBackProducts(tile, userGradient);
  }

  /** As if each pair had brought them; those that stand for in-batch negatives do not count. */
  @Override
  long occurrences(int column) {
    return batch().sharing() == NegativeSharing.SHARED ? batch().size() : 0;
  }
}
