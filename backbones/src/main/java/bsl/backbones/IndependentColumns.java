package bsl.backbones;

import bsl.backbones.TilePlan.Tile;
import bsl.core.EmbeddingTable;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.RowKernels;
import bsl.core.sampling.MiniBatch;
import bsl.losses.PositiveSide;
import bsl.losses.RankingLoss;
import java.util.Arrays;

/** All items, of which each pair picks negatives of its own. */
final class IndependentColumns extends NegativeColumns {
  /**
   * Negatives are scored with one product over all items up to this many items per negative, and
   * one by one beyond: a product costs about a tenth of what gathering rows costs.
   */
  private static final int DENSE_LIMIT = 10;

  private final RowKernels rowKernels;
  private final ScoreRows rows;
  private final float[][] picked;
  private int[][] counts = {};
  private boolean product;

  IndependentColumns(
      ScoreRows userRows, int stride, ScoreFunction score, Kernels kernels, WorkPool pool) {
    super(userRows, stride, kernels, pool);
    rowKernels = kernels.rows();
    rows = new ScoreRows(kernels, stride, score);
    picked = new float[pool.threads()][0];
  }

  @Override
  void begin(MiniBatch batch, int items) {
    product = items <= (long) DENSE_LIMIT * batch.negativesPerPair();
    begin(batch, items, product);
    rows.reset(items);
    int partitions = plan().partitions();
    if (counts.length < partitions || counts[0].length < items) {
      counts = new int[partitions][items];
    }
    int needed = plan().rows() * batch.negativesPerPair();
    for (int t = 0; t < picked.length; t++) {
      if (picked[t].length < needed) {
        picked[t] = new float[needed];
      }
    }
  }

  @Override
  int item(int column) {
    return column;
  }

  @Override
  ScoreRows rows() {
    return rows;
  }

  @Override
  void gather(EmbeddingTable items) {
    gatherItems(items, product);
  }

  @Override
  void clear(int partition) {
    super.clear(partition);
    Arrays.fill(counts[partition], 0, count(), 0);
  }

  @Override
  double evaluate(Tile tile, RankingLoss loss, PositiveSide positives) {
    if (product) {
      score(tile);
    }
    pick(tile);
    return evaluate(tile, picked[tile.worker()], batch().negativesPerPair(), loss, positives);
  }

  /** Copies the scores of each pair's own negatives side by side. */
  private void pick(Tile tile) {
    int n = batch().negativesPerPair();
    float[] own = picked[tile.worker()];
    float[] all = scores(tile.worker());
    int[] negatives = batch().negatives();
    for (int r = 0; r < tile.rows(); r++) {
      int pair = tile.first() + r;
      for (int j = 0; j < n; j++) {
        int item = negatives[pair * n + j];
        own[r * n + j] =
            product ? all[r * plan().stride() + item] : userRows().dot(pair, rows, item);
      }
    }
  }

  @Override
  void sendBack(Tile tile, float[] userGradient) {
    if (product) {
      putBack(tile);
      sendBackProducts(tile, userGradient);
    } else {
      sendBackOneByOne(tile, userGradient);
    }
  }

  /** Adds the gradients of each pair's own negatives up by item; all other items have none. */
  private void putBack(Tile tile) {
    int n = batch().negativesPerPair();
    float[] own = picked[tile.worker()];
    float[] all = scores(tile.worker());
    int[] times = counts[tile.partition()];
    int[] negatives = batch().negatives();
    for (int r = 0; r < tile.rows(); r++) {
      int row = r * plan().stride();
      Arrays.fill(all, row, row + count(), 0f);
      int first = (tile.first() + r) * n;
      for (int j = 0; j < n; j++) {
        int item = negatives[first + j];
        all[row + item] += own[r * n + j];
        times[item]++;
      }
    }
  }

  private void sendBackOneByOne(Tile tile, float[] userGradient) {
    int n = batch().negativesPerPair();
    int stride = stride();
    float[] own = picked[tile.worker()];
    float[] gradients = gradients(tile.partition());
    float[] users = userRows().values();
    int[] times = counts[tile.partition()];
    int[] negatives = batch().negatives();
    for (int r = 0; r < tile.rows(); r++) {
      int pair = tile.first() + r;
      for (int j = 0; j < n; j++) {
        int item = negatives[pair * n + j];
        float slope = own[r * n + j];
        rowKernels.addScaled(
            slope, rows.values(), item * stride, userGradient, pair * stride, stride);
        rowKernels.addScaled(slope, users, pair * stride, gradients, item * stride, stride);
        times[item]++;
      }
    }
  }

  @Override
  long occurrences(int column) {
    long times = 0;
    for (int p = 0; p < plan().partitions(); p++) {
      times += counts[p][column];
    }
    return times;
  }
}
