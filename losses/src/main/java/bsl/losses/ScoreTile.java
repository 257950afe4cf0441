package bsl.losses;

import bsl.core.kernel.Kernels;

/**
 * Hands some rows of negative scores to a loss, without copying them, and says which positives each
 * row belongs to.
 *
 * <p>There are two layouts. Either each row belongs to one pair, {@code firstPair + r}: pairs have
 * negatives of their own ({@link #view}). Or the tile is a single row that several positives of one
 * user share ({@link #viewUser}). A row starts at {@code offset + r * stride} in {@code values}. A
 * tile is mutable, so that one per thread serves a whole training.
 */
public final class ScoreTile {
  private final float[] lanes = new float[Kernels.VIRTUAL_LANES];
  private float[] values = {};
  private int offset;
  private int stride;
  private int firstPair;
  private int rows;
  private int columns;
  private int pairsPerRow = 1;
  private NegativeWeights weights;
  private final NegativeScores row = new NegativeScores(lanes);

  /**
   * Points the view at rows of one pair each, in which every negative counts once.
   *
   * @param values the array that holds the scores
   * @param offset index of the first row's first score
   * @param stride floats from row to row, at least {@code columns}
   * @param firstPair index within the batch of the first row's pair, at least 0
   * @param rows number of rows
   * @param columns number of negatives per row, at least 1
   * @return this
   * @throws IllegalArgumentException if the view does not fit into the array
   */
  public ScoreTile view(
      float[] values, int offset, int stride, int firstPair, int rows, int columns) {
    if (columns < 1 || rows < 0 || stride < columns || offset < 0 || firstPair < 0) {
      throw new IllegalArgumentException(
          "no tile of "
              + rows
              + " rows x "
              + columns
              + " negatives at stride "
              + stride
              + ", offset "
              + offset
              + ", pair "
              + firstPair);
    }
    if (rows > 0 && offset + (rows - 1L) * stride + columns > values.length) {
      throw new IllegalArgumentException(
          rows + " rows at stride " + stride + " exceed " + values.length + " scores");
    }
    this.values = values;
    this.offset = offset;
    this.stride = stride;
    this.firstPair = firstPair;
    this.rows = rows;
    this.columns = columns;
    this.pairsPerRow = 1;
    this.weights = null;
    return this;
  }

  /**
   * Points the view at the one row of negatives that some pairs of a user share.
   *
   * @param values the array that holds the scores
   * @param offset index of the first score
   * @param columns number of negatives, at least 1
   * @param firstPair index within the batch of the user's first pair, at least 0; the others follow
   * @param pairs number of the user's pairs, at least 1
   * @param weights how often each negative counts, not 0 for all; null if each counts once. They
   *     are read when the row is evaluated and must stay until then
   * @return this
   * @throws IllegalArgumentException if the row does not fit into the array, there is no pair,
   *     there are more or fewer weights than negatives, or all weights are 0
   */
  public ScoreTile viewUser(
      float[] values, int offset, int columns, int firstPair, int pairs, NegativeWeights weights) {
    if (pairs < 1) {
      throw new IllegalArgumentException("no row of " + pairs + " pairs");
    }
    if (weights != null && weights.columns() != columns) {
      throw new IllegalArgumentException(
          columns + " negatives with " + weights.columns() + " weights");
    }
    if (weights != null && !(weights.total() > 0)) {
      throw new IllegalArgumentException(
          "pair " + firstPair + " of the batch has no negative with a weight above 0");
    }
    view(values, offset, columns, firstPair, 1, columns);
    this.pairsPerRow = pairs;
    this.weights = weights;
    return this;
  }

  /** Index within the batch of a row's first pair. */
  public int positivesBegin(int row) {
    return firstPair + row * pairsPerRow;
  }

  /** One past the index within the batch of a row's last pair. */
  public int positivesEnd(int row) {
    return positivesBegin(row) + pairsPerRow;
  }

  /** The negatives of a row; the same object each time. */
  public NegativeScores row(int row) {
    this.row.point(values, rowOffset(row), columns, weights);
    return this.row;
  }

  /** The array behind the view. */
  public float[] values() {
    return values;
  }

  /** Index in {@link #values()} of a row's first score. */
  public int rowOffset(int row) {
    return offset + row * stride;
  }

  /** Index within the batch of the first row's pair. */
  public int firstPair() {
    return firstPair;
  }

  /**
   * Scratch for the passes of {@link bsl.core.kernel.ScoreKernels}, of {@value
   * Kernels#VIRTUAL_LANES} floats. Each thread has a tile of its own, so each has scratch of its
   * own.
   */
  public float[] lanes() {
    return lanes;
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Number of negatives N per row. */
  public int columns() {
    return columns;
  }
}
