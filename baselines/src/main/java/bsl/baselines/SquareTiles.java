package bsl.baselines;

/**
 * All tiles of a {@link SymmetricTiles}, so that rows can be read without jumps. Tiles above the
 * diagonal are those of the other.
 */
final class SquareTiles {
  private final int size;
  private final int rows;
  private final float[][][] tiles;

  /**
   * @param upper its tiles on the diagonal are completed; it must not be written afterwards
   */
  SquareTiles(SymmetricTiles upper) {
    int count = upper.count();
    size = upper.size();
    rows = upper.rows();
    tiles = new float[count][count][];
    for (int j = 0; j < count; j++) {
      for (int i = 0; i <= j; i++) {
        tiles[i][j] = upper.tile(i, j);
        if (i < j) {
          tiles[j][i] = new float[rows * rows];
        }
        complete(tiles[i][j], tiles[j][i]);
      }
    }
  }

  private void complete(float[] above, float[] below) {
    for (int r = 0; r < rows; r++) {
      for (int c = above == below ? r : 0; c < rows; c++) {
        below[c * rows + r] = above[r * rows + c];
      }
    }
  }

  /** Bytes that a matrix of a size takes, beside the {@link SymmetricTiles}. */
  static long moreBytes(int size) {
    return SymmetricTiles.bytes(size) - SymmetricTiles.stripBytes(size);
  }

  /** Work on a stretch of a row. */
  @FunctionalInterface
  interface Stretch {
    /**
     * @param tile has the stretch
     * @param from index of its first element in {@code tile}
     * @param column column of the matrix of its first element
     * @param length number of its elements
     */
    void run(float[] tile, int from, int column, int length);
  }

  /** Goes through a row of the matrix. */
  void row(int row, Stretch work) {
    float[][] own = tiles[row / rows];
    int from = row % rows * rows;
    for (int j = 0; j < own.length; j++) {
      int column = j * rows;
      work.run(own[j], from, column, Math.min(rows, size - column));
    }
  }

  /** An element. */
  float get(int row, int column) {
    return tiles[row / rows][column / rows][row % rows * rows + column % rows];
  }

  /** Replaces an element. */
  void set(int row, int column, float value) {
    tiles[row / rows][column / rows][row % rows * rows + column % rows] = value;
  }
}
