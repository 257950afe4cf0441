package bsl.backbones;

import bsl.backbones.TilePlan.Tile;
import bsl.core.EmbeddingTable;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.ProductKernels;
import bsl.core.sampling.MiniBatch;
import bsl.losses.PositiveSide;
import bsl.losses.RankingLoss;
import bsl.losses.ScoreTile;

/**
 * The negatives of a mini-batch of pairs as the columns of a matrix V: what they are, their scores,
 * and the gradients with respect to them.
 *
 * <p>A tile of rows U is scored (U V'), handed to the loss, which turns scores into their gradient
 * G in place ({@link #evaluate}), and sent back: G V to the users, G' U to the columns ({@link
 * #sendBack}). Subclasses say which columns there are and which of them a pair sees.
 */
abstract class NegativeColumns {
  private final ProductKernels products;
  private final WorkPool pool;
  private final int stride;
  private final ScoreRows userRows;
  private final TilePlan plan = new TilePlan();
  private final PartitionSums gradients;
  private final float[][] scores;
  private final ScoreTile[] tiles;
  private MiniBatch batch;
  private int count;
  private float[] panels = {};
  private float[] sums = {};

  /**
   * @param userRows the mini-batch's users, a row for each pair
   * @param stride floats per embedding
   */
  NegativeColumns(ScoreRows userRows, int stride, Kernels kernels, WorkPool pool) {
    this.userRows = userRows;
    this.stride = stride;
    this.products = kernels.products();
    this.pool = pool;
    this.gradients = new PartitionSums(stride);
    this.scores = new float[pool.threads()][0];
    this.tiles = new ScoreTile[pool.threads()];
    for (int t = 0; t < tiles.length; t++) {
      tiles[t] = new ScoreTile();
    }
  }

  /**
   * Takes a mini-batch.
   *
   * @param itsBatch the mini-batch, unchanged until the end of the step
   * @param columns number of columns
   * @param scored whether whole tiles are scored
   */
  final void begin(MiniBatch itsBatch, int columns, boolean scored) {
    batch = itsBatch;
    count = columns;
    plan.cut(batch.size(), columns, scored);
    gradients.reset(plan.partitions(), columns);
    int packed = EmbeddingTable.paddedTo(Kernels.PANEL, columns) * stride;
    if (scored && panels.length < packed) {
      panels = new float[packed];
    }
    for (int t = 0; scored && t < scores.length; t++) {
      if (scores[t].length < plan.rows() * plan.stride()) {
        scores[t] = new float[plan.rows() * plan.stride()];
      }
    }
  }

  /**
   * Takes a mini-batch.
   *
   * @param batch the mini-batch, unchanged until the end of the step
   * @param items number of items in the catalogue
   */
  abstract void begin(MiniBatch batch, int items);

  /** Item of a column. */
  abstract int item(int column);

  /** The columns' embeddings, once {@link #gather} is done. */
  abstract ScoreRows rows();

  /** Gathers the embeddings of the columns, and prepares them for products where there are any. */
  abstract void gather(EmbeddingTable items);

  /**
   * Scores a tile and lets the loss turn scores into gradients, those of the positives included.
   *
   * @return the tile's share of the mean loss
   */
  abstract double evaluate(Tile tile, RankingLoss loss, PositiveSide positives);

  /** Adds a tile's gradients to those of its users, and to those of the columns. */
  abstract void sendBack(Tile tile, float[] userGradient);

  /** How many pairs have the column among their negatives as far as the L2 term goes. */
  abstract long occurrences(int column);

  /** A partition begins: its gradients are zero. */
  void clear(int partition) {
    gradients.clear(partition);
  }

  /** After all tiles: adds up what partitions have, and goes back through the norms. */
  final void reduce() {
    sums = gradients.reduce(rows(), pool);
  }

  /** After {@link #reduce}: gradients by column, one after the other. */
  final float[] gradients() {
    return sums;
  }

  final TilePlan plan() {
    return plan;
  }

  final int count() {
    return count;
  }

  final MiniBatch batch() {
    return batch;
  }

  final WorkPool pool() {
    return pool;
  }

  final ScoreRows userRows() {
    return userRows;
  }

  final int stride() {
    return stride;
  }

  /** A thread's tile of scores. */
  final float[] scores(int worker) {
    return scores[worker];
  }

  /** A partition's gradients by column. */
  final float[] gradients(int partition) {
    return gradients.of(partition);
  }

  /** Gathers columns of items, and packs them for products. */
  final void gatherItems(EmbeddingTable items, boolean packed) {
    ScoreRows rows = rows();
    pool.run(
        count,
        Kernels.PANEL,
        (begin, end, worker) -> {
          for (int c = begin; c < end; c++) {
            rows.gather(items, item(c), c);
          }
          if (packed) {
            pack(begin, end);
          }
        });
  }

  /** Packs some columns, from a multiple of {@link Kernels#PANEL} on, for products. */
  final void pack(int begin, int end) {
    ProductKernels.packPanels(
        rows().values(), rows().offset(begin), stride, end - begin, stride, panels, begin * stride);
  }

  /** Scores all columns for a tile. */
  final void score(Tile tile) {
    products.product(
        userRows.values(),
        userRows.offset(tile.first()),
        stride,
        tile.rows(),
        stride,
        panels,
        EmbeddingTable.paddedTo(Kernels.PANEL, count),
        scores[tile.worker()],
        0,
        plan.stride());
  }

  /** Evaluates the loss of a tile whose negatives are side by side. */
  final double evaluate(
      Tile tile, float[] values, int valueStride, RankingLoss loss, PositiveSide positives) {
    ScoreTile view = tiles[tile.worker()];
    view.view(values, 0, valueStride, tile.first(), tile.rows(), batch.negativesPerPair());
    return loss.evaluate(view, positives);
  }

  /** Sends the gradients of all columns back. */
  final void sendBackProducts(Tile tile, float[] userGradient) {
    float[] gradient = scores[tile.worker()];
    products.multiplyAdd(
        gradient,
        0,
        plan.stride(),
        tile.rows(),
        count,
        rows().values(),
        0,
        stride,
        stride,
        userGradient,
        tile.first() * stride,
        stride);
    products.transposedMultiplyAdd(
        gradient,
        0,
        plan.stride(),
        tile.rows(),
        count,
        userRows.values(),
        userRows.offset(tile.first()),
        stride,
        stride,
        gradients.of(tile.partition()),
        0,
        stride);
  }
}
