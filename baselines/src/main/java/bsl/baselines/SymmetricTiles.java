package bsl.baselines;

import bsl.core.EmbeddingTable;
import bsl.core.kernel.Kernels;

/**
 * A large symmetric matrix of floats, cut into square tiles of which only those on and above the
 * diagonal are kept: half the memory, and no array that is too long for Java.
 *
 * <p>The last tiles may reach beyond the matrix. What is beyond is zero but for the diagonal, so
 * that the inverse of the whole has the inverse of the matrix in it. Of tiles on the diagonal, the
 * part above the diagonal counts.
 */
final class SymmetricTiles {
  /** Rows of a tile at most: three tiles are about what a core's own cache has. */
  private static final int MOST_ROWS = 256;

  private final int size;
  private final int count;
  private final int rows;
  private final float[][] tiles;

  /**
   * A diagonal matrix of equal numbers.
   *
   * @param size number of rows and columns
   * @param diagonal what is on the diagonal, beyond the matrix as well
   */
  SymmetricTiles(int size, float diagonal) {
    this.size = size;
    this.count = count(size);
    this.rows = rows(size);
    this.tiles = new float[Math.multiplyExact(count, count + 1) / 2][rows * rows];
    for (int t = 0; t < count; t++) {
      for (int r = 0; r < rows; r++) {
        tile(t, t)[r * rows + r] = diagonal;
      }
    }
  }

  /** Number of tiles in a row of tiles, for a matrix of a size. */
  static int count(int size) {
    return Math.max(1, (size - 1) / MOST_ROWS + 1);
  }

  /** Rows are whole panels of the kernels, with as little beyond the matrix as there can be. */
  private static int rows(int size) {
    int count = count(size);
    return EmbeddingTable.paddedTo(Kernels.PANEL, Math.max(1, (size + count - 1) / count));
  }

  /** Bytes that a matrix of a size takes. */
  static long bytes(int size) {
    long count = count(size);
    long rows = rows(size);
    return count * (count + 1) / 2 * rows * rows * Float.BYTES;
  }

  /** Bytes of a strip of tiles, as many as there are in a row of tiles. */
  static long stripBytes(int size) {
    return (long) count(size) * rows(size) * rows(size) * Float.BYTES;
  }

  /** Number of rows and columns. */
  int size() {
    return size;
  }

  /** Number of tiles in a row of tiles, those that are not kept included. */
  int count() {
    return count;
  }

  /** Rows and columns of a tile. */
  int rows() {
    return rows;
  }

  /** Number of tiles that are kept. */
  int kept() {
    return tiles.length;
  }

  /**
   * A tile that is kept, row by row. It may be written.
   *
   * @param i its row of tiles
   * @param j its column of tiles, at least {@code i}
   */
  float[] tile(int i, int j) {
    return tiles[index(i, j)];
  }

  /** Where tile {@code (i, j)} is among those that are kept: column by column. */
  private static int index(int i, int j) {
    return j * (j + 1) / 2 + i;
  }

  /** Column of tiles of the tile that is kept at an index. */
  static int column(int index) {
    int j = (int) ((Math.sqrt(8.0 * index + 1) - 1) / 2);
    // The square root may be off by a rounding.
    while (index(0, j) > index) {
      j--;
    }
    while (index(0, j + 1) <= index) {
      j++;
    }
    return j;
  }

  /** Row of tiles of the tile that is kept at an index, whose column of tiles is known. */
  static int row(int index, int column) {
    return index - index(0, column);
  }

  /** An element of the matrix. */
  float get(int row, int column) {
    int above = Math.min(row, column);
    int below = Math.max(row, column);
    int i = above / rows;
    int j = below / rows;
    return tile(i, j)[(above - i * rows) * rows + below - j * rows];
  }

  /**
   * Copies a row of the matrix.
   *
   * @param out receives {@link #size} floats
   */
  void copyRow(int row, float[] out) {
    int own = row / rows;
    int within = row - own * rows;
    for (int c = 0; c < row; c += rows) {
      float[] tile = tile(c / rows, own);
      int end = Math.min(rows, row - c);
      for (int r = 0; r < end; r++) {
        out[c + r] = tile[r * rows + within];
      }
    }
    System.arraycopy(
        tile(own, own), within * rows + within, out, row, Math.min(rows - within, size - row));
    for (int j = own + 1; j < count; j++) {
      int from = j * rows;
      System.arraycopy(tile(own, j), within * rows, out, from, Math.min(rows, size - from));
    }
  }

  /**
   * Adds the product of the matrix and a vector, in double.
   *
   * @param vector has {@link #size} numbers
   * @param sum what is added to
   */
  void multiplyAdd(double[] vector, double[] sum) {
    for (int j = 0; j < count; j++) {
      for (int i = 0; i <= j; i++) {
        multiplyAdd(tile(i, j), i * rows, j * rows, vector, sum);
      }
    }
  }

  /** The part of a tile and of its mirror image. */
  private void multiplyAdd(float[] tile, int first, int column, double[] vector, double[] sum) {
    int rowsWithin = Math.min(rows, size - first);
    int end = Math.min(rows, size - column);
    for (int r = 0; r < rowsWithin; r++) {
      int begin = 0;
      double own = 0;
      double ofRow = vector[first + r];
      if (first == column) {
        own = tile[r * rows + r] * ofRow;
        begin = r + 1;
      }
      for (int c = begin; c < end; c++) {
        double element = tile[r * rows + c];
        own += element * vector[column + c];
        sum[column + c] += element * ofRow;
      }
      sum[first + r] += own;
    }
  }
}
