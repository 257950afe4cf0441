package bsl.backbones;

import bsl.backbones.TilePlan.Tile;
import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.RowKernels;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.MiniBatch;
import bsl.core.sampling.NegativeSharing;
import bsl.losses.PositiveSide;
import bsl.losses.RankingLoss;
import java.util.Objects;

/**
 * Loss of a mini-batch of pairs and its gradient with respect to the final embeddings, without ever
 * holding the B x N matrix of scores.
 *
 * <p>The negatives are {@link NegativeColumns}. The rows of the batch are cut into tiles ({@link
 * TilePlan}). A tile is scored, handed to the loss, and sent back before the next one begins. Then
 * gradients are summed by table row ({@link GroupSums}).
 *
 * <p><b>Determinism.</b> Tiles are dealt to a number of partitions that depends on the batch alone;
 * each partition sums the gradients of the columns on its own, and the partitions' sums are added
 * in their order. So the number of threads changes nothing.
 *
 * <p>The L2 term is the backbone's; what is said here is how often each row occurs in it. As in the
 * reference implementation these are the occurrences as any pair's user, positive or one of N
 * negatives; in-batch negatives do not count, nor do those that stand for them ({@link
 * NegativeSharing#POPULAR}). Shared negatives count once per pair, as if each pair had brought
 * them.
 */
final class FusedStep {
  private static final int ROWS_PER_BLOCK = 64;

  private final ScoreFunction score;
  private final Kernels kernels;
  private final RowKernels rowKernels;
  private final WorkPool pool;
  private final int stride;
  private final long seed;

  private final ScoreRows userRows;
  private final ScoreRows positiveRows;
  private final DropoutMasks masks;
  private final PositiveSide positives = new PositiveSide();
  private final Grouping itemGroups = new Grouping();
  private final RowGradients userGradients;
  private final RowGradients itemGradients;

  private RankingLoss loss;
  private MiniBatch batch;
  private NegativeColumns columns;
  private NegativeSharing sharingOfColumns;
  private int[] itemKeys = {};
  private float[] userGradient = {};
  private float[] positiveGradient = {};
  private double[] partialSums = {};

  /**
   * @param loss what to minimise
   * @param score how embeddings make a score
   * @param dimension floats per embedding
   * @param dropout probability that an element of a user embedding is dropped, in [0, 1)
   * @param seed the run's seed, for dropout
   */
  FusedStep(
      RankingLoss loss,
      ScoreFunction score,
      int dimension,
      double dropout,
      long seed,
      Kernels kernels,
      WorkPool pool) {
    this.loss = loss;
    this.score = Objects.requireNonNull(score, "score");
    this.kernels = kernels;
    this.rowKernels = kernels.rows();
    this.pool = pool;
    this.stride = EmbeddingTable.paddedTo(EmbeddingTable.PADDING, dimension);
    this.seed = seed;
    this.userRows = new ScoreRows(kernels, stride, score);
    this.positiveRows = new ScoreRows(kernels, stride, score);
    this.masks = new DropoutMasks(dimension, stride, dropout);
    this.userGradients = new RowGradients(stride);
    this.itemGradients = new RowGradients(stride);
  }

  /**
   * Takes a mini-batch; {@link #users()} and {@link #items()} then say which rows will be read.
   *
   * @param batch the mini-batch, unchanged until the end of the step
   * @param items number of items in the catalogue
   */
  void begin(MiniBatch batch, int items) {
    this.batch = batch;
    int size = batch.size();
    if (sharingOfColumns != batch.sharing()) {
      sharingOfColumns = batch.sharing();
      columns = columnsOf(sharingOfColumns);
    }
    columns.begin(batch, items);
    positives.reset(batch.users(), size);
    groupItems(size);
    makeRoom(size);
  }

  private NegativeColumns columnsOf(NegativeSharing sharing) {
    return switch (sharing) {
      case SHARED, POPULAR -> new SharedColumns(userRows, stride, score, kernels, pool);
      case IN_BATCH -> new InBatchColumns(userRows, positiveRows, stride, kernels, pool);
      case INDEPENDENT -> new IndependentColumns(userRows, stride, score, kernels, pool);
    };
  }

  /** Positives come first, then the columns. */
  private void groupItems(int size) {
    int count = columns.count();
    if (itemKeys.length < size + count) {
      itemKeys = new int[size + count];
    }
    System.arraycopy(batch.positives(), 0, itemKeys, 0, size);
    for (int c = 0; c < count; c++) {
      itemKeys[size + c] = columns.item(c);
    }
    itemGroups.reset(itemKeys, size + count);
  }

  private void makeRoom(int size) {
    userRows.reset(size);
    positiveRows.reset(size);
    if (masks.active()) {
      masks.reset(size);
    }
    if (userGradient.length < size * stride) {
      userGradient = new float[size * stride];
      positiveGradient = new float[size * stride];
    }
    int partitions = columns.plan().partitions();
    if (partialSums.length < partitions) {
      partialSums = new double[partitions];
    }
  }

  /** Users that the step reads, as keys. */
  Grouping users() {
    return positives.groups();
  }

  /** Items that the step reads, as keys. */
  Grouping items() {
    return itemGroups;
  }

  /** Takes another loss; not within a step. */
  void minimise(RankingLoss other) {
    loss = other;
  }

  /** After {@link #run}: gradient of the loss with respect to user rows, and their occurrences. */
  RowGradients userGradients() {
    return userGradients;
  }

  /** After {@link #run}: gradient of the loss with respect to item rows, and their occurrences. */
  RowGradients itemGradients() {
    return itemGradients;
  }

  /**
   * Computes loss and gradients.
   *
   * @param embeddings final embeddings, up to date for the step's rows
   * @param epoch names the dropout stream
   * @param step names the dropout stream
   * @return the mean loss of the pairs
   */
  double run(Embeddings embeddings, int epoch, int step) {
    gatherPairs(embeddings, epoch, step);
    columns.gather(embeddings.items());
    loss.preparePositives(positives, 0, positives.groups().groups());
    double value = runTiles();
    columns.reduce();
    sumUsers();
    sumItems();
    return value;
  }

  private void gatherPairs(Embeddings embeddings, int epoch, int step) {
    pool.run(
        batch.size(),
        ROWS_PER_BLOCK,
        (begin, end, worker) -> {
          int block = begin / ROWS_PER_BLOCK;
          RandomStream random = RandomStream.of(seed, Purpose.DROPOUT, epoch, step, block);
          for (int b = begin; b < end; b++) {
            if (masks.active()) {
              masks.draw(b, random);
              userRows.gather(embeddings.users(), batch.users()[b], b, masks);
            } else {
              userRows.gather(embeddings.users(), batch.users()[b], b);
            }
            positiveRows.gather(embeddings.items(), batch.positives()[b], b);
            positives.setScore(b, userRows.dot(b, positiveRows, b));
          }
        });
  }

  private double runTiles() {
    TilePlan plan = columns.plan();
    int partitions = plan.partitions();
    pool.run(
        partitions,
        (partition, worker) -> {
          columns.clear(partition);
          double sum = 0;
          for (int t = plan.begin(partition); t < plan.end(partition); t++) {
            Tile tile = plan.tile(t, partition, worker);
            sum += columns.evaluate(tile, loss, positives);
            beginPairs(tile);
            columns.sendBack(tile, userGradient);
            finishPairs(tile);
          }
          partialSums[partition] = sum;
        });
    double value = 0;
    for (int p = 0; p < partitions; p++) {
      value += partialSums[p];
    }
    return value;
  }

  /** Gradients that come from the positive scores alone. */
  private void beginPairs(Tile tile) {
    float[] users = userRows.values();
    float[] items = positiveRows.values();
    for (int b = tile.first(); b < tile.first() + tile.rows(); b++) {
      float slope = positives.gradient(b);
      int at = b * stride;
      for (int d = at; d < at + stride; d++) {
        userGradient[d] = slope * items[d];
        positiveGradient[d] = slope * users[d];
      }
    }
  }

  private void finishPairs(Tile tile) {
    for (int b = tile.first(); b < tile.first() + tile.rows(); b++) {
      userRows.sendBack(b, userGradient, b * stride);
      positiveRows.sendBack(b, positiveGradient, b * stride);
      if (masks.active()) {
        masks.apply(b, userGradient, b * stride);
      }
    }
  }

  private void sumUsers() {
    GroupSums.sum(
        positives.groups(),
        userGradients,
        stride,
        pool,
        (position, gradient, offset) -> {
          rowKernels.addScaled(1f, userGradient, position * stride, gradient, offset, stride);
          return 1;
        });
  }

  private void sumItems() {
    int size = batch.size();
    GroupSums.sum(
        itemGroups,
        itemGradients,
        stride,
        pool,
        (position, gradient, offset) -> {
          if (position < size) {
            rowKernels.addScaled(1f, positiveGradient, position * stride, gradient, offset, stride);
            return 1;
          }
          int column = position - size;
          rowKernels.addScaled(1f, columns.gradients(), column * stride, gradient, offset, stride);
          return columns.occurrences(column);
        });
  }
}
