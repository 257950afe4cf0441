package bsl.backbones;

import java.util.Arrays;

/**
 * Turns the columns of a tall, narrow matrix into an orthonormal basis of their span: Gram and
 * Schmidt, each column taken twice, which is enough for orthogonality to the last digits (Giraud,
 * Langou and Rozložník, 2005). The Q of a library's QR decomposition would be a square matrix of as
 * many columns as rows.
 */
final class OrthonormalColumns {
  /** What is left of a column that depends on those before it, relative to its length. */
  private static final double DEPENDENT = 1e-12;

  private OrthonormalColumns() {}

  /**
   * Overwrites the columns. A column that depends on those before it becomes zero.
   *
   * @param matrix row-major
   * @param rows number of rows
   * @param columns number of columns
   */
  static void of(double[] matrix, int rows, int columns) {
    double[] along = new double[columns];
    for (int c = 0; c < columns; c++) {
      double length = length(matrix, rows, columns, c);
      for (int time = 0; time < 2; time++) {
        subtractProjection(matrix, rows, columns, c, along);
      }
      double left = length(matrix, rows, columns, c);
      double factor = left > DEPENDENT * length ? 1 / left : 0;
      for (int r = 0; r < rows; r++) {
        matrix[r * columns + c] *= factor;
      }
    }
  }

  private static double length(double[] matrix, int rows, int columns, int column) {
    double square = 0;
    for (int r = 0; r < rows; r++) {
      double value = matrix[r * columns + column];
      square += value * value;
    }
    return Math.sqrt(square);
  }

  /** Takes out of a column what lies along those before it. */
  private static void subtractProjection(
      double[] matrix, int rows, int columns, int column, double[] along) {
    Arrays.fill(along, 0, column, 0);
    for (int r = 0; r < rows; r++) {
      int row = r * columns;
      double value = matrix[row + column];
      for (int c = 0; c < column; c++) {
        along[c] += matrix[row + c] * value;
      }
    }
    for (int r = 0; r < rows; r++) {
      int row = r * columns;
      double projection = 0;
      for (int c = 0; c < column; c++) {
        projection += matrix[row + c] * along[c];
      }
      matrix[row + column] -= projection;
    }
  }
}
