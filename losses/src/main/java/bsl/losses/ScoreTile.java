package bsl.losses;

import bsl.core.kernel.Kernels;

/**
 * Hands some rows of negative scores to a loss, without copying them: a view of rows of the B x N
 * matrix.
 *
 * <p>Row {@code r} of the tile belongs to pair {@code firstPair + r} of the batch and starts at
 * {@code offset + r * stride} in {@code values}. A tile is mutable, so that one per thread serves a
 * whole training.
 */
public final class ScoreTile {
  private final float[] lanes = new float[Kernels.VIRTUAL_LANES];
  private float[] values = {};
  private int offset;
  private int stride;
  private int firstPair;
  private int rows;
  private int columns;

  /**
   * Points the view somewhere else.
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
    return this;
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
