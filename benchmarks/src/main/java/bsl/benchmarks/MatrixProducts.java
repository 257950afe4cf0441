package bsl.benchmarks;

/**
 * The three products of a training step on some rows of users, whoever computes them. Users and
 * outputs are row-major with the items' dimension as their stride.
 */
interface MatrixProducts {
  /**
   * {@code scores = U V'}.
   *
   * @param users U, of which {@code rows} rows from row {@code firstRow} on are used
   * @param items V
   * @param scores output from index 0 on, rows {@code stride} floats apart
   * @param stride at least {@link ItemMatrix#paddedCount}
   */
  void score(float[] users, int firstRow, int rows, ItemMatrix items, float[] scores, int stride);

  /** {@code users += G V}, with G in {@code gradient}, rows {@code stride} floats apart. */
  void addToUsers(float[] gradient, int stride, int rows, ItemMatrix items, float[] users);

  /**
   * {@code out += G' U}, with G in {@code gradient}, rows {@code stride} floats apart.
   *
   * @param out one row per item
   */
  void addToItems(
      float[] gradient, int stride, int rows, ItemMatrix items, float[] users, float[] out);
}
