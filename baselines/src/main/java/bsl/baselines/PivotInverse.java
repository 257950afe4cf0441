package bsl.baselines;

/**
 * Inverts one tile of a symmetric positive definite matrix in double precision, by Gauss-Jordan
 * elimination, which needs no search for pivots there.
 */
final class PivotInverse {
  /** What is left of the least eigenvalue where rounding errors are still small beside it. */
  private static final double TOLERATED = 0.5;

  private final int rows;
  private final double least;
  private final double[][] work;

  /**
   * @param rows rows and columns of tiles
   * @param least what the eigenvalues of the whole matrix are at least, if they are exact; then no
   *     pivot is less
   */
  PivotInverse(int rows, double least) {
    this.rows = rows;
    this.least = least;
    this.work = new double[rows][rows];
  }

  /**
   * Inverts a tile.
   *
   * @param tile symmetric; what is below the diagonal is not read
   * @param inverse receives the inverse, both triangles
   * @throws ArithmeticException if a pivot is 0 or less, or so small that the tile must be wrong
   */
  void invert(float[] tile, float[] inverse) {
    for (int r = 0; r < rows; r++) {
      for (int c = r; c < rows; c++) {
        work[r][c] = tile[r * rows + c];
        work[c][r] = work[r][c];
      }
    }
    for (int p = 0; p < rows; p++) {
      eliminate(p);
    }
    for (int r = 0; r < rows; r++) {
      for (int c = r; c < rows; c++) {
        inverse[r * rows + c] = (float) work[r][c];
        inverse[c * rows + r] = inverse[r * rows + c];
      }
    }
  }

  private void eliminate(int p) {
    double[] row = work[p];
    double pivot = row[p];
    if (!(pivot > 0 && pivot >= TOLERATED * least)) {
      throw new ArithmeticException("pivot " + pivot + " where " + least + " is the least");
    }
    double reciprocal = 1 / pivot;
    row[p] = 1;
    for (int c = 0; c < rows; c++) {
      row[c] *= reciprocal;
    }
    for (int r = 0; r < rows; r++) {
      if (r != p) {
        double[] other = work[r];
        double factor = other[p];
        other[p] = 0;
        for (int c = 0; c < rows; c++) {
          other[c] -= factor * row[c];
        }
      }
    }
  }
}
