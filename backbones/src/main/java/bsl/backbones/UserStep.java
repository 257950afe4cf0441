package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.RowKernels;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.MiniBatch;
import bsl.core.sampling.UserBatch;
import bsl.core.sampling.UserBatches;
import bsl.losses.NegativeWeights;
import bsl.losses.PositiveSide;
import bsl.losses.RankingLoss;
import bsl.losses.ScoreTile;
import java.util.Arrays;

/**
 * Loss of a mini-batch of users and its gradient with respect to the final embeddings. Each user is
 * one row of scores that all of its pairs share.
 *
 * <p>A step has three phases, whose products are those of {@link ScoreMatrix}. Users and columns
 * are gathered. Tiles of rows are scored (U V'), handed to the loss row by row, which turns scores
 * into their gradient G in place, and sent back to the users (G V). Then blocks of columns get
 * their gradient (G' U). A positive that is among the negatives has its slope added to G. Other
 * positives, which there are only with sampled negatives, are scored and sent back one by one.
 *
 * <p><b>Determinism.</b> Every output is the work of one block: a row's scores and gradient, a
 * column's gradient, which adds up rows in ascending order. So neither the number of threads nor
 * the size of tiles and blocks changes a bit.
 *
 * <p>The L2 term is the backbone's; what is said here is how often each row occurs in it: a user
 * once per pair, an item once per pair that has it as positive. Negatives do not occur, as they
 * stand for an expectation.
 */
final class UserStep implements TrainingStep {
  private final UserBatches batches;
  private final RowKernels rowKernels;
  private final WorkPool pool;
  private final int stride;
  private final long seed;
  private final ScoreMatrix matrix;
  private final DropoutMasks masks;
  private final PositiveSide positives = new PositiveSide();
  private final Grouping userGroups = new Grouping();
  private final Grouping columnGroups = new Grouping();
  private final RowGradients userGradients;
  private final RowGradients itemGradients;
  private final ScoreTile[] tiles;
  private final RowWeights weights;

  private RankingLoss loss;
  private UserBatch batch;
  private double[] rowValues = {};
  private int[] keys = {};
  private boolean columnsKnown;

  /**
   * @param loss what to minimise
   * @param score how embeddings make a score
   * @param batches where users, pairs and columns come from
   * @param own pairs whose weight among the negatives is another one
   * @param ownWeight that weight, as {@link NegativeWeights} has them, other items having 1
   * @param dimension floats per embedding
   * @param dropout probability that an element of a user embedding is dropped, in [0, 1)
   * @param seed the run's seed, for dropout
   */
  UserStep(
      RankingLoss loss,
      ScoreFunction score,
      UserBatches batches,
      Interactions own,
      double ownWeight,
      int dimension,
      double dropout,
      long seed,
      Kernels kernels,
      WorkPool pool) {
    this.loss = loss;
    this.batches = batches;
    this.rowKernels = kernels.rows();
    this.pool = pool;
    this.stride = EmbeddingTable.paddedTo(EmbeddingTable.PADDING, dimension);
    this.seed = seed;
    this.matrix = new ScoreMatrix(score, stride, kernels);
    this.masks = new DropoutMasks(dimension, stride, dropout);
    this.userGradients = new RowGradients(stride);
    this.itemGradients = new RowGradients(stride);
    this.tiles = new ScoreTile[pool.threads()];
    Arrays.setAll(tiles, t -> new ScoreTile());
    this.weights = new RowWeights(batches, own, ownWeight, pool);
  }

  @Override
  public int steps() {
    return batches.steps();
  }

  @Override
  public void beginEpoch(int epoch) {
    batches.beginEpoch(epoch);
  }

  @Override
  public void minimise(RankingLoss loss) {
    this.loss = loss;
  }

  @Override
  public MiniBatch begin(int step) {
    batch = batches.batch(step);
    int rows = batch.rows();
    int count = batch.columnCount();
    int size = batch.pairs().size();
    positives.reset(batch.groupOfPair(), size);
    if (keys.length < rows) {
      keys = new int[rows];
    }
    for (int r = 0; r < rows; r++) {
      keys[r] = batch.user(r);
    }
    userGroups.resetDistinct(keys, rows);
    if (batches.sampled() || !columnsKnown) {
      columnGroups.resetDistinct(batch.columns(), count);
      columnsKnown = true;
    }
    makeRoom(rows, count);
    weights.begin(batch);
    return batch.pairs();
  }

  private void makeRoom(int rows, int count) {
    matrix.resetColumns(count, batch.negatives());
    matrix.resetRows(rows);
    if (masks.active()) {
      masks.reset(rows);
    }
    if (rowValues.length < rows) {
      rowValues = new double[rows];
    }
    userGradients.reset(rows);
    itemGradients.reset(count);
  }

  @Override
  public Grouping users() {
    return userGroups;
  }

  @Override
  public Grouping items() {
    return columnGroups;
  }

  @Override
  public RowGradients userGradients() {
    return userGradients;
  }

  @Override
  public RowGradients itemGradients() {
    return itemGradients;
  }

  @Override
  public double run(Embeddings embeddings, int epoch, int step) {
    gather(embeddings, epoch, step);
    int rows = batch.rows();
    pool.run(
        rows,
        matrix.tileRows(pool.threads()),
        (begin, end, worker) -> {
          matrix.score(begin, end);
          for (int r = begin; r < end; r++) {
            rowValues[r] = evaluate(r, worker);
          }
          sendBackUsers(begin, end);
        });
    sendBackColumns(step + 1);
    countOccurrences();
    weights.end();
    double value = 0;
    for (int r = 0; r < rows; r++) {
      value += rowValues[r];
    }
    return value;
  }

  private void gather(Embeddings embeddings, int epoch, int step) {
    BothSides.run(
        pool,
        batch.rows(),
        batch.columnCount(),
        ScoreMatrix.GATHERED_PER_BLOCK,
        (ofUsers, begin, end, worker) -> {
          if (ofUsers) {
            gatherUsers(embeddings.users(), begin, end, epoch, step);
          } else {
            matrix.gatherColumns(embeddings.items(), batch.columns(), begin, end);
          }
        });
  }

  private void gatherUsers(EmbeddingTable users, int begin, int end, int epoch, int step) {
    ScoreRows userRows = matrix.rows();
    for (int r = begin; r < end; r++) {
      if (masks.active()) {
        masks.draw(r, RandomStream.of(seed, Purpose.DROPOUT, epoch, step, r));
        userRows.gather(users, batch.user(r), r, masks);
      } else {
        userRows.gather(users, batch.user(r), r);
      }
    }
  }

  private double evaluate(int row, int worker) {
    float[] scores = matrix.scores();
    int offset = matrix.offset(row);
    int begin = batch.begin(row);
    int end = batch.end(row);
    int[] columnOfPair = batch.columnOfPair();
    int negatives = batch.negatives();
    for (int p = begin; p < end; p++) {
      int column = columnOfPair[p];
      positives.setScore(
          p,
          column < negatives
              ? scores[offset + column]
              : matrix.rows().dot(row, matrix.columns(), column));
    }
    int[] groups = batch.groupOfPair();
    loss.preparePositives(positives, groups[begin], groups[end - 1] + 1);
    NegativeWeights ofRow = weights.of(batch.user(row), worker);
    if (ofRow != null && !(ofRow.total() > 0)) {
      weights.giveBack(worker);
      return leaveOut(row);
    }
    tiles[worker].viewUser(scores, offset, negatives, begin, end - begin, ofRow);
    double value = loss.evaluate(tiles[worker], positives);
    weights.giveBack(worker);
    for (int p = begin; p < end; p++) {
      if (columnOfPair[p] < negatives) {
        scores[offset + columnOfPair[p]] += positives.gradient(p);
      }
    }
    return value;
  }

  /** A user whose own positives are all the negatives there are has nothing to compare with. */
  private double leaveOut(int row) {
    int offset = matrix.offset(row);
    Arrays.fill(matrix.scores(), offset, offset + batch.negatives(), 0f);
    for (int p = batch.begin(row); p < batch.end(row); p++) {
      positives.setGradient(p, 0f);
    }
    return 0;
  }

  private void sendBackUsers(int begin, int end) {
    ScoreRows columns = matrix.columns();
    float[] gradient = userGradients.values();
    Arrays.fill(gradient, userGradients.offset(begin), userGradients.offset(end), 0f);
    matrix.addRowGradients(begin, end, gradient, userGradients.offset(begin));
    for (int r = begin; r < end; r++) {
      for (int p = batch.begin(r); p < batch.end(r); p++) {
        int column = batch.columnOfPair()[p];
        if (column >= batch.negatives()) {
          rowKernels.addScaled(
              positives.gradient(p),
              columns.values(),
              columns.offset(column),
              gradient,
              userGradients.offset(r),
              stride);
        }
      }
      matrix.rows().sendBack(r, gradient, userGradients.offset(r));
      if (masks.active()) {
        masks.apply(r, gradient, userGradients.offset(r));
      }
      userGradients.setRow(r, batch.user(r));
      userGradients.setOccurrences(r, (long) batch.end(r) - batch.begin(r));
    }
  }

  /** Meanwhile one thread makes the next mini-batch, which the others would have to wait for. */
  private void sendBackColumns(int nextStep) {
    int negatives = batch.negatives();
    int next = nextStep < batches.steps() ? 1 : 0;
    int positivesOnly = batch.columnCount() > negatives ? 1 : 0;
    int others = next + positivesOnly;
    pool.run(
        others + WorkPool.blocks(negatives, ScoreMatrix.COLUMNS_PER_BLOCK),
        (block, worker) -> {
          if (block < next) {
            batches.prepare(nextStep);
          } else if (block < others) {
            sendBackPositives(negatives, batch.columnCount());
          } else {
            int begin = (block - others) * ScoreMatrix.COLUMNS_PER_BLOCK;
            sendBackNegatives(begin, Math.min(begin + ScoreMatrix.COLUMNS_PER_BLOCK, negatives));
          }
        });
  }

  private void sendBackNegatives(int begin, int end) {
    float[] gradient = itemGradients.values();
    Arrays.fill(gradient, itemGradients.offset(begin), itemGradients.offset(end), 0f);
    matrix.addColumnGradients(begin, end, gradient, itemGradients.offset(begin));
    finishColumns(begin, end);
  }

  /** Columns that are nothing but positives. */
  private void sendBackPositives(int begin, int end) {
    ScoreRows userRows = matrix.rows();
    float[] gradient = itemGradients.values();
    Arrays.fill(gradient, itemGradients.offset(begin), itemGradients.offset(end), 0f);
    for (int r = 0; r < batch.rows(); r++) {
      for (int p = batch.begin(r); p < batch.end(r); p++) {
        int column = batch.columnOfPair()[p];
        if (column >= begin) {
          rowKernels.addScaled(
              positives.gradient(p),
              userRows.values(),
              userRows.offset(r),
              gradient,
              itemGradients.offset(column),
              stride);
        }
      }
    }
    finishColumns(begin, end);
  }

  private void finishColumns(int begin, int end) {
    for (int c = begin; c < end; c++) {
      matrix.columns().sendBack(c, itemGradients.values(), itemGradients.offset(c));
      itemGradients.setRow(c, batch.columns()[c]);
      itemGradients.setOccurrences(c, 0);
    }
  }

  private void countOccurrences() {
    for (int p = 0; p < batch.pairs().size(); p++) {
      int column = batch.columnOfPair()[p];
      itemGradients.setOccurrences(column, itemGradients.occurrences(column) + 1);
    }
  }
}
