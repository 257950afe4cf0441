package bsl.core;

import java.util.Arrays;
import java.util.Objects;

/**
 * A table of {@code rows} embeddings of {@code dimension} floats in one row-major array.
 *
 * <p>Rows are {@link #stride()} floats apart: the dimension rounded up to a multiple of {@link
 * #PADDING}, so that no kernel needs a tail. The padding holds zeros and must go on doing so.
 *
 * <p>The first row begins at {@link #FIRST}, so that rows can begin where cache lines do.
 */
public final class EmbeddingTable {
  /** Rows are a multiple of this many floats apart. */
  public static final int PADDING = 32;

  /**
   * Index of the first row's first float. A JVM mostly puts 16 bytes in front of an array's floats.
   * With these 12 before the first row, rows begin at cache lines of 64 bytes where arrays do
   * ({@code -XX:ObjectAlignmentInBytes=64}): a row of 64 floats then lies in four lines, not five.
   */
  public static final int FIRST = 12;

  private final int rows;
  private final int dimension;
  private final int stride;
  private final float[] values;

  /**
   * A table of zeros.
   *
   * @param rows number of embeddings, at least 0
   * @param dimension floats per embedding, at least 1
   * @throws IllegalArgumentException if a size is out of range or the table exceeds 2^31 floats
   */
  public EmbeddingTable(int rows, int dimension) {
    if (rows < 0 || dimension < 1) {
      throw new IllegalArgumentException("no table of " + rows + " x " + dimension);
    }
    this.rows = rows;
    this.dimension = dimension;
    // In long: a dimension near 2^31 has a stride beyond it.
    long padded = ((long) dimension + PADDING - 1) / PADDING * PADDING;
    long size = FIRST + rows * padded;
    if (Math.max(size, padded) > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "table of " + rows + " x " + padded + " floats exceeds one array");
    }
    this.stride = (int) padded;
    this.values = new float[(int) size];
  }

  /** The smallest multiple of {@code unit} that is at least {@code size}. */
  public static int paddedTo(int unit, int size) {
    return (size + unit - 1) / unit * unit;
  }

  /** Number of embeddings. */
  public int rows() {
    return rows;
  }

  /** Floats per embedding, padding not counted. */
  public int dimension() {
    return dimension;
  }

  /** Floats from one row's start to the next. */
  public int stride() {
    return stride;
  }

  /** Index of a row's first float in {@link #values()}. */
  public int offset(int row) {
    return FIRST + row * stride;
  }

  /**
   * The floats themselves, not a copy: rows of {@link #stride()} floats from {@link #FIRST} on,
   * padding and what is before the first row zero.
   */
  public float[] values() {
    return values;
  }

  /**
   * A copy of one embedding, without padding.
   *
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public float[] row(int row) {
    Objects.checkIndex(row, rows);
    return Arrays.copyOfRange(values, offset(row), offset(row) + dimension);
  }

  /** Sum of the squares of one embedding's floats, in double precision and ascending order. */
  public double squaredNorm(int row) {
    Objects.checkIndex(row, rows);
    int offset = offset(row);
    double sum = 0;
    for (int d = offset; d < offset + dimension; d++) {
      sum += (double) values[d] * values[d];
    }
    return sum;
  }

  /** Overwrites one embedding. */
  public void setRow(int row, float[] embedding) {
    if (embedding.length != dimension) {
      throw new IllegalArgumentException(
          "embedding of " + embedding.length + " floats for a table of " + dimension);
    }
    Objects.checkIndex(row, rows);
    System.arraycopy(embedding, 0, values, offset(row), dimension);
  }

  /** A deep copy. */
  public EmbeddingTable copy() {
    EmbeddingTable copy = new EmbeddingTable(rows, dimension);
    copy.copyFrom(this);
    return copy;
  }

  /** Overwrites all embeddings with another table's of the same shape. */
  public void copyFrom(EmbeddingTable other) {
    if (other.rows != rows || other.dimension != dimension) {
      throw new IllegalArgumentException("shapes differ: " + this + " and " + other);
    }
    System.arraycopy(other.values, 0, values, 0, values.length);
  }

  /**
   * Fills the table with Xavier-uniform values: uniform in [-b, b) with b = sqrt(6 / (rows +
   * dimension)), each row from its own stream.
   *
   * @param seed the run's seed
   * @param table which of the model's tables this is
   */
  public void initialiseXavierUniform(long seed, int table) {
    double bound = Math.sqrt(6.0 / (rows + dimension));
    for (int r = 0; r < rows; r++) {
      RandomStream random = RandomStream.of(seed, RandomStream.Purpose.INITIALISATION, table, r);
      for (int d = 0; d < dimension; d++) {
        values[offset(r) + d] = (float) ((2 * random.nextDouble() - 1) * bound);
      }
    }
  }

  @Override
  public String toString() {
    return "EmbeddingTable[" + rows + " x " + dimension + "]";
  }
}
