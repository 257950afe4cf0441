package bsl.benchmarks;

/**
 * The three products as loops that one writes first, left to the compiler to vectorise. They are a
 * yardstick, so they are not to be changed: results of years are compared with them.
 */
final class PlainProducts implements MatrixProducts {
  @Override
  public void score(
      float[] users, int firstRow, int rows, ItemMatrix items, float[] scores, int stride) {
    int dimension = items.dimension();
    float[] columns = items.rows();
    for (int r = 0; r < rows; r++) {
      int user = (firstRow + r) * dimension;
      for (int j = 0; j < items.count(); j++) {
        float sum = 0;
        for (int d = 0; d < dimension; d++) {
          sum += users[user + d] * columns[j * dimension + d];
        }
        scores[r * stride + j] = sum;
      }
    }
  }

  @Override
  public void addToUsers(float[] gradient, int stride, int rows, ItemMatrix items, float[] users) {
    int dimension = items.dimension();
    float[] columns = items.rows();
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < items.count(); j++) {
        addScaled(
            gradient[r * stride + j], columns, j * dimension, users, r * dimension, dimension);
      }
    }
  }

  @Override
  public void addToItems(
      float[] gradient, int stride, int rows, ItemMatrix items, float[] users, float[] out) {
    int dimension = items.dimension();
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < items.count(); j++) {
        addScaled(gradient[r * stride + j], users, r * dimension, out, j * dimension, dimension);
      }
    }
  }

  private static void addScaled(
      float factor, float[] from, int fromOffset, float[] to, int toOffset, int length) {
    for (int d = 0; d < length; d++) {
      to[toOffset + d] += factor * from[fromOffset + d];
    }
  }
}
