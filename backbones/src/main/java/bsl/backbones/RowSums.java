package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.WorkPool;
import bsl.core.optim.RowGradients;

/** Sums of tables of the same stride, row by row. */
final class RowSums {
  private static final int ROWS_PER_BLOCK = 128;

  private RowSums() {}

  /** Adds gradients to the table's rows that they belong to. */
  static void add(RowGradients gradients, EmbeddingTable table, WorkPool pool) {
    int count = gradients.count();
    int stride = table.stride();
    pool.run(
        blocks(count),
        (block, worker) -> {
          float[] from = gradients.values();
          float[] to = table.values();
          int end = Math.min(count, (block + 1) * ROWS_PER_BLOCK);
          for (int k = block * ROWS_PER_BLOCK; k < end; k++) {
            add(from, gradients.offset(k), to, table.offset(gradients.row(k)), stride);
          }
        });
  }

  /** Adds a table to another of the same shape. */
  static void add(EmbeddingTable from, EmbeddingTable to, WorkPool pool) {
    int rows = to.rows();
    pool.run(
        blocks(rows),
        (block, worker) -> {
          int begin = block * ROWS_PER_BLOCK;
          int floats = (Math.min(rows, begin + ROWS_PER_BLOCK) - begin) * to.stride();
          add(from.values(), from.offset(begin), to.values(), to.offset(begin), floats);
        });
  }

  private static void add(float[] from, int source, float[] to, int target, int floats) {
    for (int d = 0; d < floats; d++) {
      to[target + d] += from[source + d];
    }
  }

  private static int blocks(int rows) {
    return (rows + ROWS_PER_BLOCK - 1) / ROWS_PER_BLOCK;
  }
}
