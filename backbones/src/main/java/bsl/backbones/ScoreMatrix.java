package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.ScoreFunction;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.ProductKernels;

/**
 * Scores of every row with every column, and the way back: embeddings of rows U and columns V are
 * gathered, U V' is computed, and once its elements are replaced by their gradient G, G V and G' U
 * are the gradients of rows and columns.
 *
 * <p>There may be columns that are gathered only; they come after those that are scored. Methods
 * work on ranges, so that threads share the work. Each output is one range's work and is summed in
 * ascending order, so that no bit depends on how rows and columns are cut.
 */
final class ScoreMatrix {
  /** Rows or columns that are gathered at a time: whole panels of {@link ProductKernels}. */
  static final int GATHERED_PER_BLOCK = Kernels.PANEL;

  /** Columns whose gradients are summed at a time. */
  static final int COLUMNS_PER_BLOCK = 192;

  private static final int MOST_TILE_ROWS = 48;

  /**
   * A multiple of the rows that the products take at a time, with vectors of any width. A wide tile
   * of so many rows leaves the second-level cache. Fewer rows would read the columns' embeddings
   * more often, which costs more.
   */
  private static final int LEAST_TILE_ROWS = 24;

  /** Scores of a tile that stay in the second-level cache, if it has enough rows then. */
  private static final int TILE_FLOATS = 1 << 16;

  /** Keeps rows of scores from falling into the same cache sets. */
  private static final int SKEW = 16;

  private final ProductKernels products;
  private final int stride;
  private final ScoreRows rows;
  private final ScoreRows columns;
  private int rowCount;
  private int scored;
  private int scoreStride;
  private float[] panels = {};
  private float[] scores = {};

  /**
   * @param score how embeddings make a score
   * @param stride floats per embedding
   */
  ScoreMatrix(ScoreFunction score, int stride, Kernels kernels) {
    this.products = kernels.products();
    this.stride = stride;
    this.rows = new ScoreRows(kernels, stride, score);
    this.columns = new ScoreRows(kernels, stride, score);
  }

  /**
   * Makes room for columns, to be gathered then.
   *
   * @param count number of columns that are gathered
   * @param itsScored how many of them are scored, the first ones
   */
  void resetColumns(int count, int itsScored) {
    scored = itsScored;
    int padded = EmbeddingTable.paddedTo(Kernels.PANEL, scored);
    scoreStride = padded + SKEW;
    columns.reset(count);
    int packed = Math.multiplyExact(padded, stride);
    if (panels.length < packed) {
      panels = new float[packed];
    }
  }

  /**
   * Makes room for rows, to be gathered then. Columns keep what they have, so that many rows can be
   * worked on chunk by chunk.
   *
   * @param count number of rows
   * @throws ArithmeticException if there are too many scores for an array
   */
  void resetRows(int count) {
    rowCount = count;
    rows.reset(rowCount);
    int needed = Math.multiplyExact(rowCount, scoreStride);
    if (scores.length < needed) {
      scores = new float[needed];
    }
  }

  /** Rows of a tile to be scored and sent back at a time, the last one perhaps with fewer. */
  int tileRows(int threads) {
    int fitting = TILE_FLOATS / scoreStride / LEAST_TILE_ROWS * LEAST_TILE_ROWS;
    int most = Math.max(LEAST_TILE_ROWS, Math.min(MOST_TILE_ROWS, fitting));
    return Math.min(most, (rowCount - 1) / threads + 1);
  }

  /** The rows' embeddings. */
  ScoreRows rows() {
    return rows;
  }

  /** The columns' embeddings; to be filled by {@link #gatherColumns}. */
  ScoreRows columns() {
    return columns;
  }

  /**
   * Gathers columns from {@code begin} to {@code end - 1} and packs those that are scored.
   *
   * @param table where embeddings come from
   * @param tableRows row of the table for each column
   * @param begin a multiple of {@link #GATHERED_PER_BLOCK}
   */
  void gatherColumns(EmbeddingTable table, int[] tableRows, int begin, int end) {
    for (int c = begin; c < end; c++) {
      columns.gather(table, tableRows[c], c);
    }
    int packed = Math.min(end, scored) - begin;
    if (packed > 0) {
      ProductKernels.packPanels(
          columns.values(), columns.offset(begin), stride, packed, stride, panels, begin * stride);
    }
  }

  /** Scores rows from {@code begin} to {@code end - 1}: U V'. */
  void score(int begin, int end) {
    products.product(
        rows.values(),
        rows.offset(begin),
        stride,
        end - begin,
        stride,
        panels,
        scoreStride - SKEW,
        scores,
        offset(begin),
        scoreStride);
  }

  /** The scores, to be replaced by their gradient G. */
  float[] scores() {
    return scores;
  }

  /** Index in {@link #scores()} of a row's first score. */
  int offset(int row) {
    return row * scoreStride;
  }

  /**
   * Adds the gradients of rows from {@code begin} to {@code end - 1}: G V. They are with respect to
   * {@link #rows()}.
   *
   * @param gradient added to
   * @param gradientOffset index of the first of these rows' gradients
   */
  void addRowGradients(int begin, int end, float[] gradient, int gradientOffset) {
    products.multiplyAdd(
        scores,
        offset(begin),
        scoreStride,
        end - begin,
        scored,
        columns.values(),
        0,
        stride,
        stride,
        gradient,
        gradientOffset,
        stride);
  }

  /**
   * Adds the gradients of scored columns from {@code begin} to {@code end - 1}: G' U. They are with
   * respect to {@link #columns()}.
   *
   * @param gradient added to
   * @param gradientOffset index of the first of these columns' gradients
   */
  void addColumnGradients(int begin, int end, float[] gradient, int gradientOffset) {
    products.transposedMultiplyAdd(
        scores,
        begin,
        scoreStride,
        rowCount,
        end - begin,
        rows.values(),
        0,
        stride,
        stride,
        gradient,
        gradientOffset,
        stride);
  }
}
