package bsl.benchmarks;

import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.losses.PositiveSide;
import bsl.losses.RankingLoss;
import bsl.losses.ScoreTile;

/**
 * The part of a training step that no arrangement can leave out: the three products over the tiles
 * of a mini-batch, alone or with the loss between them. No gathering, no normalising, no optimiser.
 */
final class EpochFloor {
  private static final int TILE = 48;
  private static final int SKEW = 16;
  private static final int DIMENSION = 64;

  private final int batch;
  private final MatrixProducts products;
  private final WorkPool pool;
  private final PositiveSide positives;
  private final ItemMatrix items;
  private final float[] users;
  private final int stride;
  private final Scratch[] scratch;

  private static final class Scratch {
    final float[] users = new float[TILE * DIMENSION];
    final ScoreTile tile = new ScoreTile();
    final float[] scores;
    final float[] userSums = new float[TILE * DIMENSION];
    final float[] itemSums;

    Scratch(int negatives, int stride) {
      scores = new float[TILE * stride];
      itemSums = new float[negatives * DIMENSION];
    }
  }

  /**
   * @param pairUsers user of each pair of a mini-batch
   * @param negatives number of shared negatives
   */
  EpochFloor(int[] pairUsers, int negatives, Kernels kernels, WorkPool pool) {
    this.batch = pairUsers.length;
    this.products = new KernelProducts(kernels.products());
    this.pool = pool;
    this.items = ItemMatrix.random(negatives, DIMENSION, 0);
    this.users = RandomMatrix.uniform(batch, DIMENSION, 1);
    this.positives = new PositiveSide();
    this.stride = items.paddedCount() + SKEW;
    this.scratch = new Scratch[pool.threads()];
    for (int t = 0; t < scratch.length; t++) {
      scratch[t] = new Scratch(negatives, stride);
    }
    positives.reset(pairUsers, batch);
  }

  /** The products of one step. */
  void products() {
    pool.run(tiles(), (tile, worker) -> run(tile, scratch[worker], null));
  }

  /** The products of one step with the loss between them. */
  void productsAndLoss(RankingLoss loss) {
    loss.preparePositives(positives, 0, positives.groups().groups());
    pool.run(tiles(), (tile, worker) -> run(tile, scratch[worker], loss));
  }

  private int tiles() {
    return WorkPool.blocks(batch, TILE);
  }

  private void run(int tile, Scratch own, RankingLoss loss) {
    int first = tile * TILE;
    int rows = Math.min(TILE, batch - first);
    System.arraycopy(users, first * DIMENSION, own.users, 0, rows * DIMENSION);
    products.score(own.users, 0, rows, items, own.scores, stride);
    if (loss != null) {
      own.tile.view(own.scores, 0, stride, first, rows, items.count());
      loss.evaluate(own.tile, positives);
    }
    products.addToUsers(own.scores, stride, rows, items, own.userSums);
    products.addToItems(own.scores, stride, rows, items, own.users, own.itemSums);
  }
}
