package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.ProductKernels;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.MiniBatch;
import bsl.core.sampling.NegativeSharing;
import bsl.losses.PositiveSide;
import bsl.losses.RankingLoss;
import bsl.losses.ScoreTile;
import java.util.Arrays;

/**
 * Loss of a mini-batch and its gradient with respect to the final embeddings, without ever holding
 * the B x N matrix of scores.
 *
 * <p>The negatives are the <i>columns</i> of a matrix V: a shared set, the batch's own positives,
 * or, for independent negatives, all items, of which each pair then picks its own. The rows of the
 * batch are cut into tiles small enough for the second-level cache. A tile is scored (U V'), handed
 * to the loss, which turns scores into their gradient G in place, and sent back (G V to the users,
 * G' U to the columns) before the next one begins.
 *
 * <p><b>Determinism.</b> Tiles are dealt to a number of partitions that depends on the batch alone;
 * each partition sums its G' U on its own, and the partitions' sums are added in their order. So
 * the number of threads changes nothing.
 *
 * <p>The L2 term is the backbone's; what is said here is how often each row occurs in it. As in the
 * reference implementation these are the occurrences as any pair's user, positive or one of N
 * negatives; in-batch negatives do not count, nor do those that stand for them ({@link
 * NegativeSharing#POPULAR}). Shared negatives count once per pair, as if each pair had brought
 * them.
 */
final class FusedStep {
  private static final int TILE_ROWS = 48;
  private static final int TILE_FLOATS = 1 << 18;

  /** Keeps rows of a tile from falling into the same cache sets. */
  private static final int SKEW = 16;

  private static final int TILES_PER_PARTITION = 6;
  private static final int MOST_PARTITIONS = 16;
  private static final int ROWS_PER_BLOCK = 64;

  /**
   * Independent negatives are scored with one product over all items up to this many items per
   * negative, and one by one beyond: a product costs about a tenth of what gathering rows costs.
   */
  private static final int DENSE_LIMIT = 10;

  private final RankingLoss loss;
  private final ProductKernels products;
  private final WorkPool pool;
  private final int stride;
  private final long seed;

  private final ScoreRows userRows;
  private final ScoreRows positiveRows;
  private final ScoreRows negativeRows;
  private final DropoutMasks masks;
  private final PositiveSide positives = new PositiveSide();
  private final Grouping itemGroups = new Grouping();
  private final RowGradients userGradients;
  private final RowGradients itemGradients;
  private final ScoreTile[] tiles;
  private final float[][] tileScores;
  private final float[][] pickedScores;

  private MiniBatch batch;
  private int[] itemKeys = {};
  private int columns;
  private boolean product;
  private int tileStride;
  private int tileRows;
  private int tileCount;
  private int partitions;
  private ScoreRows columnRows;
  private float[] panels = {};
  private float[] userGradient = {};
  private float[] positiveGradient = {};
  private float[][] columnGradients = {};
  private int[][] columnCounts = {};
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
    this.products = kernels.products();
    this.pool = pool;
    this.stride = EmbeddingTable.paddedTo(EmbeddingTable.PADDING, dimension);
    this.seed = seed;
    this.userRows = new ScoreRows(kernels, stride, score);
    this.positiveRows = new ScoreRows(kernels, stride, score);
    this.negativeRows = new ScoreRows(kernels, stride, score);
    this.masks = new DropoutMasks(dimension, stride, dropout);
    this.userGradients = new RowGradients(stride);
    this.itemGradients = new RowGradients(stride);
    this.tiles = new ScoreTile[pool.threads()];
    Arrays.setAll(tiles, t -> new ScoreTile());
    this.tileScores = new float[pool.threads()][0];
    this.pickedScores = new float[pool.threads()][0];
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
    columns =
        switch (batch.sharing()) {
          case SHARED, POPULAR -> batch.negativesPerPair();
          case IN_BATCH -> size;
          case INDEPENDENT -> items;
        };
    product =
        batch.sharing() != NegativeSharing.INDEPENDENT
            || items <= (long) DENSE_LIMIT * batch.negativesPerPair();
    columnRows = batch.sharing() == NegativeSharing.IN_BATCH ? positiveRows : negativeRows;
    positives.reset(batch.users(), size);
    if (itemKeys.length < size + columns) {
      itemKeys = new int[size + columns];
    }
    System.arraycopy(batch.positives(), 0, itemKeys, 0, size);
    for (int c = 0; c < columns; c++) {
      itemKeys[size + c] = columnItem(c);
    }
    itemGroups.reset(itemKeys, size + columns);
    cutTiles(size);
    makeRoom(size);
  }

  private int columnItem(int column) {
    return switch (batch.sharing()) {
      case SHARED, POPULAR -> batch.negatives()[column];
      case IN_BATCH -> batch.positives()[column];
      case INDEPENDENT -> column;
    };
  }

  private void cutTiles(int size) {
    int padded = EmbeddingTable.paddedTo(Kernels.PANEL, columns);
    tileStride = padded + SKEW;
    tileRows = TILE_ROWS;
    while (product && tileRows > TILE_ROWS / 8 && (long) tileRows * tileStride > TILE_FLOATS) {
      tileRows /= 2;
    }
    tileCount = WorkPool.blocks(size, tileRows);
    partitions = Math.min(MOST_PARTITIONS, WorkPool.blocks(tileCount, TILES_PER_PARTITION));
  }

  private void makeRoom(int size) {
    userRows.reset(size);
    positiveRows.reset(size);
    negativeRows.reset(batch.sharing() == NegativeSharing.IN_BATCH ? 0 : columns);
    if (masks.active()) {
      masks.reset(size);
    }
    if (userGradient.length < size * stride) {
      userGradient = new float[size * stride];
      positiveGradient = new float[size * stride];
    }
    if (columnGradients.length < partitions || columnGradients[0].length < columns * stride) {
      columnGradients = new float[partitions][columns * stride];
    }
    if (batch.sharing() == NegativeSharing.INDEPENDENT
        && (columnCounts.length < partitions || columnCounts[0].length < columns)) {
      columnCounts = new int[partitions][columns];
    }
    int packed = EmbeddingTable.paddedTo(Kernels.PANEL, columns) * stride;
    if (product && panels.length < packed) {
      panels = new float[packed];
    }
    for (int t = 0; t < tiles.length; t++) {
      if (product && tileScores[t].length < tileRows * tileStride) {
        tileScores[t] = new float[tileRows * tileStride];
      }
      int picked = tileRows * batch.negativesPerPair();
      if (batch.sharing() == NegativeSharing.INDEPENDENT && pickedScores[t].length < picked) {
        pickedScores[t] = new float[picked];
      }
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
    gatherColumns(embeddings.items());
    loss.preparePositives(positives, 0, positives.groups().groups());
    double value = runTiles();
    reduceColumns();
    sumUsers();
    sumItems();
    return value;
  }

  private void gatherPairs(Embeddings embeddings, int epoch, int step) {
    int size = batch.size();
    pool.run(
        size,
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

  private void gatherColumns(EmbeddingTable items) {
    pool.run(
        columns,
        Kernels.PANEL,
        (begin, end, worker) -> {
          if (columnRows == negativeRows) {
            for (int c = begin; c < end; c++) {
              negativeRows.gather(items, columnItem(c), c);
            }
          }
          if (product) {
            ProductKernels.packPanels(
                columnRows.values(),
                columnRows.offset(begin),
                stride,
                end - begin,
                stride,
                panels,
                begin * stride);
          }
        });
  }

  private double runTiles() {
    if (partialSums.length < partitions) {
      partialSums = new double[partitions];
    }
    pool.run(
        partitions,
        (partition, worker) -> {
          Arrays.fill(columnGradients[partition], 0, columns * stride, 0f);
          if (batch.sharing() == NegativeSharing.INDEPENDENT) {
            Arrays.fill(columnCounts[partition], 0, columns, 0);
          }
          double sum = 0;
          int end = WorkPool.partBegin(tileCount, partitions, partition + 1);
          for (int t = WorkPool.partBegin(tileCount, partitions, partition); t < end; t++) {
            int first = t * tileRows;
            int rows = Math.min(tileRows, batch.size() - first);
            sum += runTile(first, rows, partition, worker);
            finishPairs(first, rows);
          }
          partialSums[partition] = sum;
        });
    double value = 0;
    for (int p = 0; p < partitions; p++) {
      value += partialSums[p];
    }
    return value;
  }

  private double runTile(int first, int rows, int partition, int worker) {
    return switch (batch.sharing()) {
      case SHARED, POPULAR -> {
        score(first, rows, worker);
        double value = evaluate(tileScores[worker], tileStride, first, rows, worker);
        beginPairs(first, rows);
        sendBack(first, rows, partition, worker);
        yield value;
      }
      case IN_BATCH -> {
        score(first, rows, worker);
        withoutOwnColumn(first, rows, tileScores[worker], true);
        double value = evaluate(tileScores[worker], tileStride, first, rows, worker);
        withoutOwnColumn(first, rows, tileScores[worker], false);
        beginPairs(first, rows);
        sendBack(first, rows, partition, worker);
        yield value;
      }
      case INDEPENDENT -> {
        if (product) {
          score(first, rows, worker);
        }
        pick(first, rows, worker);
        double value =
            evaluate(pickedScores[worker], batch.negativesPerPair(), first, rows, worker);
        beginPairs(first, rows);
        if (product) {
          putBack(first, rows, partition, worker);
          sendBack(first, rows, partition, worker);
        } else {
          sendBackOneByOne(first, rows, partition, worker);
        }
        yield value;
      }
    };
  }

  private void score(int first, int rows, int worker) {
    products.product(
        userRows.values(),
        userRows.offset(first),
        stride,
        rows,
        stride,
        panels,
        EmbeddingTable.paddedTo(Kernels.PANEL, columns),
        tileScores[worker],
        0,
        tileStride);
  }

  private double evaluate(float[] scores, int scoreStride, int first, int rows, int worker) {
    tiles[worker].view(scores, 0, scoreStride, first, rows, batch.negativesPerPair());
    return loss.evaluate(tiles[worker], positives);
  }

  /**
   * Takes each pair's own column out of its row by moving the last column into its place, or puts
   * both back, the own column then with gradient zero.
   */
  private void withoutOwnColumn(int first, int rows, float[] scores, boolean out) {
    int last = columns - 1;
    for (int r = 0; r < rows; r++) {
      int row = r * tileStride;
      int own = row + first + r;
      if (out) {
        scores[own] = scores[row + last];
      } else {
        scores[row + last] = first + r == last ? 0f : scores[own];
        scores[own] = 0f;
      }
    }
  }

  /** Copies the scores of each pair's own negatives side by side. */
  private void pick(int first, int rows, int worker) {
    int n = batch.negativesPerPair();
    float[] picked = pickedScores[worker];
    float[] all = tileScores[worker];
    int[] negatives = batch.negatives();
    for (int r = 0; r < rows; r++) {
      int own = (first + r) * n;
      for (int j = 0; j < n; j++) {
        int item = negatives[own + j];
        picked[r * n + j] =
            product ? all[r * tileStride + item] : userRows.dot(first + r, negativeRows, item);
      }
    }
  }

  /** Adds the gradients of each pair's own negatives up by item; all other items have none. */
  private void putBack(int first, int rows, int partition, int worker) {
    int n = batch.negativesPerPair();
    float[] picked = pickedScores[worker];
    float[] all = tileScores[worker];
    int[] counts = columnCounts[partition];
    int[] negatives = batch.negatives();
    for (int r = 0; r < rows; r++) {
      int row = r * tileStride;
      Arrays.fill(all, row, row + columns, 0f);
      int own = (first + r) * n;
      for (int j = 0; j < n; j++) {
        int item = negatives[own + j];
        all[row + item] += picked[r * n + j];
        counts[item]++;
      }
    }
  }

  /** Gradients that come from the positive scores alone. */
  private void beginPairs(int first, int rows) {
    float[] users = userRows.values();
    float[] items = positiveRows.values();
    for (int b = first; b < first + rows; b++) {
      float slope = positives.gradient(b);
      int at = b * stride;
      for (int d = at; d < at + stride; d++) {
        userGradient[d] = slope * items[d];
        positiveGradient[d] = slope * users[d];
      }
    }
  }

  private void sendBack(int first, int rows, int partition, int worker) {
    float[] gradient = tileScores[worker];
    products.multiplyAdd(
        gradient,
        0,
        tileStride,
        rows,
        columns,
        columnRows.values(),
        0,
        stride,
        stride,
        userGradient,
        first * stride,
        stride);
    products.transposedMultiplyAdd(
        gradient,
        0,
        tileStride,
        rows,
        columns,
        userRows.values(),
        userRows.offset(first),
        stride,
        stride,
        columnGradients[partition],
        0,
        stride);
  }

  private void sendBackOneByOne(int first, int rows, int partition, int worker) {
    int n = batch.negativesPerPair();
    float[] picked = pickedScores[worker];
    float[] gradients = columnGradients[partition];
    int[] counts = columnCounts[partition];
    int[] negatives = batch.negatives();
    for (int r = 0; r < rows; r++) {
      int own = (first + r) * n;
      for (int j = 0; j < n; j++) {
        int item = negatives[own + j];
        float slope = picked[r * n + j];
        addScaled(slope, negativeRows.values(), item * stride, userGradient, (first + r) * stride);
        addScaled(slope, userRows.values(), (first + r) * stride, gradients, item * stride);
        counts[item]++;
      }
    }
  }

  private void addScaled(float factor, float[] a, int aOffset, float[] out, int outOffset) {
    for (int d = 0; d < stride; d++) {
      out[outOffset + d] = Math.fma(factor, a[aOffset + d], out[outOffset + d]);
    }
  }

  private void finishPairs(int first, int rows) {
    for (int b = first; b < first + rows; b++) {
      userRows.sendBack(b, userGradient, b * stride);
      positiveRows.sendBack(b, positiveGradient, b * stride);
      if (masks.active()) {
        masks.apply(b, userGradient, b * stride);
      }
    }
  }

  private void reduceColumns() {
    float[] sum = columnGradients[0];
    pool.run(
        columns,
        ROWS_PER_BLOCK,
        (begin, end, worker) -> {
          for (int p = 1; p < partitions; p++) {
            float[] part = columnGradients[p];
            for (int d = begin * stride; d < end * stride; d++) {
              sum[d] += part[d];
            }
          }
          for (int c = begin; c < end; c++) {
            columnRows.sendBack(c, sum, c * stride);
          }
        });
  }

  private void sumUsers() {
    sumRows(
        positives.groups(),
        userGradients,
        (position, gradient, offset) -> {
          addScaled(1f, userGradient, position * stride, gradient, offset);
          return 1;
        });
  }

  private void sumItems() {
    int size = batch.size();
    sumRows(
        itemGroups,
        itemGradients,
        (position, gradient, offset) -> {
          if (position < size) {
            addScaled(1f, positiveGradient, position * stride, gradient, offset);
            return 1;
          }
          int column = position - size;
          addScaled(1f, columnGradients[0], column * stride, gradient, offset);
          return timesNegative(column);
        });
  }

  /** How many pairs have the column's item among their negatives; see the class comment. */
  private long timesNegative(int column) {
    return switch (batch.sharing()) {
      case SHARED -> batch.size();
      case IN_BATCH, POPULAR -> 0;
      case INDEPENDENT -> {
        long count = 0;
        for (int p = 0; p < partitions; p++) {
          count += columnCounts[p][column];
        }
        yield count;
      }
    };
  }

  /** What a position of a grouping adds to its row's gradient. */
  private interface Contribution {
    /**
     * @return how many occurrences of the row the position stands for
     */
    long addTo(int position, float[] gradient, int offset);
  }

  /** Sums contributions and occurrences by table row. */
  private void sumRows(Grouping groups, RowGradients gradients, Contribution contribution) {
    int count = groups.groups();
    gradients.reset(count);
    pool.run(
        count,
        ROWS_PER_BLOCK,
        (begin, end, worker) -> {
          float[] values = gradients.values();
          for (int g = begin; g < end; g++) {
            int offset = gradients.offset(g);
            Arrays.fill(values, offset, offset + stride, 0f);
            long times = 0;
            for (int k = groups.begin(g); k < groups.end(g); k++) {
              times += contribution.addTo(groups.position(k), values, offset);
            }
            gradients.setRow(g, groups.key(g));
            gradients.setOccurrences(g, times);
          }
        });
  }
}
