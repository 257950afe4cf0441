package bsl.benchmarks;

import dev.ludovic.netlib.blas.BLAS;

/**
 * The same products through {@code sgemm}. BLAS is column-major, where a row-major matrix reads as
 * its transpose; so each call computes the transpose of the product wanted.
 */
record BlasProducts(BLAS blas) implements MatrixProducts {
  @Override
  public void score(
      float[] users, int firstRow, int rows, ItemMatrix items, float[] scores, int stride) {
    int dimension = items.dimension();
    blas.sgemm(
        "T",
        "N",
        items.count(),
        rows,
        dimension,
        1f,
        items.rows(),
        0,
        dimension,
        users,
        firstRow * dimension,
        dimension,
        0f,
        scores,
        0,
        stride);
  }

  @Override
  public void addToUsers(float[] gradient, int stride, int rows, ItemMatrix items, float[] users) {
    int dimension = items.dimension();
    blas.sgemm(
        "N",
        "N",
        dimension,
        rows,
        items.count(),
        1f,
        items.rows(),
        0,
        dimension,
        gradient,
        0,
        stride,
        1f,
        users,
        0,
        dimension);
  }

  @Override
  public void addToItems(
      float[] gradient, int stride, int rows, ItemMatrix items, float[] users, float[] out) {
    int dimension = items.dimension();
    blas.sgemm(
        "N",
        "T",
        dimension,
        items.count(),
        rows,
        1f,
        users,
        0,
        dimension,
        gradient,
        0,
        stride,
        1f,
        out,
        0,
        dimension);
  }
}
