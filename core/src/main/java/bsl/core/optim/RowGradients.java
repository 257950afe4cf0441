package bsl.core.optim;

/**
 * Gradients of some rows of an {@link bsl.core.EmbeddingTable}; every other row's gradient is zero.
 * Mutable and reusable from step to step.
 */
public final class RowGradients {
  private final int stride;
  private int[] rows = {};
  private float[] values = {};
  private int count;

  /**
   * @param stride the table's stride in floats
   */
  public RowGradients(int stride) {
    this.stride = stride;
  }

  /** Makes room for {@code count} rows, whose indices and values are then to be set. */
  public void reset(int count) {
    if (rows.length < count) {
      rows = new int[count];
      values = new float[Math.multiplyExact(count, stride)];
    }
    this.count = count;
  }

  /** Number of rows with a gradient. */
  public int count() {
    return count;
  }

  /** Row of the table that the k-th gradient belongs to; all distinct. */
  public int row(int k) {
    return rows[k];
  }

  /** Sets the row of the table that the k-th gradient belongs to. */
  public void setRow(int k, int row) {
    rows[k] = row;
  }

  /** Index in {@link #values()} of the k-th gradient. */
  public int offset(int k) {
    return k * stride;
  }

  /** The gradients, {@code stride} floats apart, padding zero. */
  public float[] values() {
    return values;
  }
}
