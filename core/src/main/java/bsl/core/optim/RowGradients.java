package bsl.core.optim;

import bsl.core.EmbeddingTable;

/**
 * Gradients of some rows of an {@link EmbeddingTable}; every other row's gradient is zero. Mutable
 * and reusable from step to step.
 */
public final class RowGradients {
  private final int stride;
  private int[] rows = {};
  private long[] occurrences = {};
  private float[] values = new float[EmbeddingTable.FIRST];
  private int count;

  /**
   * @param stride the table's stride in floats
   */
  public RowGradients(int stride) {
    this.stride = stride;
  }

  /**
   * Makes room for {@code count} rows: indices, occurrences and values are then to be set.
   *
   * @throws ArithmeticException if they exceed one array; everything is then as it was
   */
  public void reset(int count) {
    if (rows.length < count) {
      // All or nothing: what does not fit leaves things as they were.
      float[] moreValues =
          new float[Math.addExact(EmbeddingTable.FIRST, Math.multiplyExact(count, stride))];
      long[] moreOccurrences = new long[count];
      rows = new int[count];
      occurrences = moreOccurrences;
      values = moreValues;
    }
    this.count = count;
  }

  /**
   * Checks that gradients are as far apart as the rows of a table.
   *
   * @throws IllegalArgumentException if they are not
   */
  public void requireRowsOf(EmbeddingTable table) {
    if (stride != table.stride()) {
      throw new IllegalArgumentException(
          "gradients are " + stride + " floats apart, rows of " + table + " " + table.stride());
    }
  }

  /** Number of rows with a gradient. */
  public int count() {
    return count;
  }

  /** Row of the table that the k-th gradient belongs to; all distinct. */
  public int row(int k) {
    return rows[k];
  }

  /**
   * Sets the row of the table that the k-th gradient belongs to. Each row may come once: what a row
   * has of several pairs is to be added up. A row that came twice would take two steps, which is
   * not checked.
   */
  public void setRow(int k, int row) {
    rows[k] = row;
  }

  /** How often the k-th row occurs in the mini-batch, as an L2 term over occurrences counts it. */
  public long occurrences(int k) {
    return occurrences[k];
  }

  /** Sets how often the k-th row occurs in the mini-batch. */
  public void setOccurrences(int k, long times) {
    occurrences[k] = times;
  }

  /** Overwrites everything with a copy of another one's rows, of the same stride. */
  public void copyFrom(RowGradients other) {
    if (other.stride != stride) {
      throw new IllegalArgumentException("strides differ: " + stride + " and " + other.stride);
    }
    reset(other.count);
    System.arraycopy(other.rows, 0, rows, 0, count);
    System.arraycopy(other.occurrences, 0, occurrences, 0, count);
    System.arraycopy(other.values, offset(0), values, offset(0), count * stride);
  }

  /** Index in {@link #values()} of the k-th gradient. */
  public int offset(int k) {
    return EmbeddingTable.FIRST + k * stride;
  }

  /** Floats from one gradient to the next. */
  public int stride() {
    return stride;
  }

  /** The gradients, {@link #stride} floats apart, padding zero; the first at {@code offset(0)}. */
  public float[] values() {
    return values;
  }
}
