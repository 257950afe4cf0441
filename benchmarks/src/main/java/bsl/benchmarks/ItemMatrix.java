package bsl.benchmarks;

import bsl.core.EmbeddingTable;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.ProductKernels;

/**
 * The right-hand side of a scoring product, in the two layouts that are compared.
 *
 * @param count number of items
 * @param dimension floats per item, a multiple of {@link EmbeddingTable#PADDING}
 * @param rows row-major, {@code count x dimension}
 * @param panels as {@link ProductKernels#packPanels} writes them
 */
record ItemMatrix(int count, int dimension, float[] rows, float[] panels) {
  static ItemMatrix random(int count, int dimension, int stream) {
    float[] rows = RandomMatrix.uniform(count, dimension, stream);
    ItemMatrix items = new ItemMatrix(count, dimension, rows, new float[padded(count) * dimension]);
    items.pack();
    return items;
  }

  private static int padded(int count) {
    return EmbeddingTable.paddedTo(Kernels.PANEL, count);
  }

  /** Number of items, rounded up to whole panels. */
  int paddedCount() {
    return padded(count);
  }

  /** Writes the panels. */
  void pack() {
    ProductKernels.packPanels(rows, 0, dimension, count, dimension, panels, 0);
  }
}
