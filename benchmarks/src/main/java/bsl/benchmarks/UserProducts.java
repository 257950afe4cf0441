package bsl.benchmarks;

import bsl.core.EmbeddingTable;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.ProductKernels;
import bsl.core.sampling.UserBatch;
import bsl.losses.PositiveSide;
import bsl.losses.RankingLoss;
import bsl.losses.ScoreTile;
import java.util.Arrays;

/**
 * The part of a step over users that no arrangement can leave out: the three products of a
 * mini-batch, alone or with the loss between them, cut as the trainer cuts them. No gathering, no
 * normalising, no optimiser.
 */
final class UserProducts {
  private static final int MOST_TILE_ROWS = 32;
  private static final int LEAST_TILE_ROWS = 8;
  private static final int TILE_FLOATS = 1 << 16;
  private static final int COLUMNS_PER_BLOCK = 192;
  private static final int SKEW = 16;

  private final ProductKernels products;
  private final MatrixProducts plain = new PlainProducts();
  private final WorkPool pool;
  private final int rows;
  private final int stride;
  private final ItemMatrix items;
  private final int scoreStride;
  private final int tileRows;
  private final float[] users;
  private final float[] scores;
  private final float[] userSums;
  private final float[] itemSums;
  private final int[] begins;
  private final int[] groups;
  private final PositiveSide positives = new PositiveSide();
  private final ScoreTile[] tiles;

  /**
   * @param batch a mini-batch, of whose shape the products are
   * @param dimension floats per embedding
   */
  UserProducts(UserBatch batch, int dimension, Kernels kernels, WorkPool pool) {
    this.products = kernels.products();
    this.pool = pool;
    this.rows = batch.rows();
    this.stride = EmbeddingTable.paddedTo(EmbeddingTable.PADDING, dimension);
    this.items = ItemMatrix.random(batch.negatives(), stride, 0);
    this.scoreStride = items.paddedCount() + SKEW;
    this.tileRows = tileRows(pool.threads());
    this.users = RandomMatrix.uniform(rows, stride, 1);
    this.scores = new float[Math.multiplyExact(rows, scoreStride)];
    this.userSums = new float[rows * stride];
    this.itemSums = new float[Math.multiplyExact(items.count(), stride)];
    int size = batch.pairs().size();
    this.groups = Arrays.copyOf(batch.groupOfPair(), size);
    this.begins = new int[rows + 1];
    for (int r = 0; r < rows; r++) {
      begins[r + 1] = batch.end(r);
    }
    positives.reset(groups, size);
    RandomStream random = RandomStream.of(1, Purpose.TEST, 14);
    for (int p = 0; p < size; p++) {
      positives.setScore(p, (float) random.nextDouble());
    }
    this.tiles = new ScoreTile[pool.threads()];
    Arrays.setAll(tiles, t -> new ScoreTile());
  }

  private int tileRows(int threads) {
    int fitting = TILE_FLOATS / scoreStride / LEAST_TILE_ROWS * LEAST_TILE_ROWS;
    int most = Math.max(LEAST_TILE_ROWS, Math.min(MOST_TILE_ROWS, fitting));
    return Math.min(most, (rows - 1) / threads + 1);
  }

  /** The products of one step. */
  void products() {
    run(null);
  }

  /** The products of one step with the loss between them. */
  void productsAndLoss(RankingLoss loss) {
    run(loss);
  }

  private void run(RankingLoss loss) {
    pool.run(
        rows,
        tileRows,
        (begin, end, worker) -> {
          score(begin, end);
          for (int r = begin; r < end && loss != null; r++) {
            evaluate(loss, r, tiles[worker]);
          }
          backToUsers(begin, end);
        });
    pool.run(items.count(), COLUMNS_PER_BLOCK, (begin, end, worker) -> backToItems(begin, end));
  }

  private void score(int begin, int end) {
    products.product(
        users,
        begin * stride,
        stride,
        end - begin,
        stride,
        items.panels(),
        items.paddedCount(),
        scores,
        begin * scoreStride,
        scoreStride);
  }

  private void evaluate(RankingLoss loss, int row, ScoreTile tile) {
    int begin = begins[row];
    int end = begins[row + 1];
    loss.preparePositives(positives, groups[begin], groups[end - 1] + 1);
    tile.viewUser(scores, row * scoreStride, items.count(), begin, end - begin, null);
    loss.evaluate(tile, positives);
  }

  private void backToUsers(int begin, int end) {
    products.multiplyAdd(
        scores,
        begin * scoreStride,
        scoreStride,
        end - begin,
        items.count(),
        items.rows(),
        0,
        stride,
        stride,
        userSums,
        begin * stride,
        stride);
  }

  private void backToItems(int begin, int end) {
    products.transposedMultiplyAdd(
        scores,
        begin,
        scoreStride,
        rows,
        end - begin,
        users,
        0,
        stride,
        stride,
        itemSums,
        begin * stride,
        stride);
  }

  /** The same products by plain loops on one thread: a yardstick. */
  void plainProducts() {
    plain.score(users, 0, rows, items, scores, scoreStride);
    plain.addToUsers(scores, scoreStride, rows, items, userSums);
    plain.addToItems(scores, scoreStride, rows, items, users, itemSums);
  }

  /** Gradients of the users so far, {@code stride} floats each. */
  float[] userSums() {
    return userSums;
  }

  /** Gradients of the items so far, likewise. */
  float[] itemSums() {
    return itemSums;
  }
}
