package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.WorkPool;
import bsl.core.optim.RowGradients;

/** Sums of tables of the same stride, row by row. */
public final class RowSums {
  private static final int ROWS_PER_BLOCK = 128;

  private RowSums() {}

  /**
   * Adds gradients to the table's rows that they belong to.
   *
   * @throws IllegalArgumentException if the gradients have another stride than the table
   */
  public static void add(RowGradients gradients, EmbeddingTable table, WorkPool pool) {
    gradients.requireRowsOf(table);
    int count = gradients.count();
    int stride = table.stride();
    pool.run(
        count,
        ROWS_PER_BLOCK,
        (begin, end, worker) -> {
          float[] from = gradients.values();
          float[] to = table.values();
          for (int k = begin; k < end; k++) {
            add(from, gradients.offset(k), to, table.offset(gradients.row(k)), stride);
          }
        });
  }

  /**
   * Adds a table to another of the same shape.
   *
   * @throws IllegalArgumentException if the shapes differ
   */
  public static void add(EmbeddingTable from, EmbeddingTable to, WorkPool pool) {
    if (from.rows() != to.rows() || from.dimension() != to.dimension()) {
      throw new IllegalArgumentException("shapes differ: " + from + " and " + to);
    }
    pool.run(
        to.rows(),
        ROWS_PER_BLOCK,
        (begin, end, worker) ->
            add(
                from.values(),
                from.offset(begin),
                to.values(),
                to.offset(begin),
                (end - begin) * to.stride()));
  }

  /** Adds embeddings to others of the same shape. */
  public static void add(Embeddings from, Embeddings to, WorkPool pool) {
    add(from.users(), to.users(), pool);
    add(from.items(), to.items(), pool);
  }

  /** Adds consecutive floats to others. */
  static void add(float[] from, int source, float[] to, int target, int floats) {
    for (int d = 0; d < floats; d++) {
      to[target + d] += from[source + d];
    }
  }
}
