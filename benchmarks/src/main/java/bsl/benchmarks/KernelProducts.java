package bsl.benchmarks;

import bsl.core.kernel.ProductKernels;

/** The suite's own products. */
record KernelProducts(ProductKernels products) implements MatrixProducts {
  @Override
  public void score(
      float[] users, int firstRow, int rows, ItemMatrix items, float[] scores, int stride) {
    int dimension = items.dimension();
    products.product(
        users,
        firstRow * dimension,
        dimension,
        rows,
        dimension,
        items.panels(),
        items.paddedCount(),
        scores,
        0,
        stride);
  }

  @Override
  public void addToUsers(float[] gradient, int stride, int rows, ItemMatrix items, float[] users) {
    int dimension = items.dimension();
    products.multiplyAdd(
        gradient,
        0,
        stride,
        rows,
        items.count(),
        items.rows(),
        0,
        dimension,
        dimension,
        users,
        0,
        dimension);
  }

  @Override
  public void addToItems(
      float[] gradient, int stride, int rows, ItemMatrix items, float[] users, float[] out) {
    int dimension = items.dimension();
    products.transposedMultiplyAdd(
        gradient,
        0,
        stride,
        rows,
        items.count(),
        users,
        0,
        dimension,
        dimension,
        out,
        0,
        dimension);
  }
}
