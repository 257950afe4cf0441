package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.RowKernels;
import bsl.core.optim.RowGradients;

/**
 * Squared norms of the embeddings of a mini-batch, each time one occurs, as a penalty: {@code
 * weight * sum_k occurrences(k) |e_k|^2}. The weight of the reference implementation is l2 / (2 B).
 */
public final class L2Term {
  private static final int ROWS_PER_BLOCK = 64;

  private final RowKernels kernels;
  private final WorkPool pool;
  private double[] partialSums = {};

  /**
   * @param kernels implementation of the inner loops
   * @param pool threads to use
   */
  public L2Term(Kernels kernels, WorkPool pool) {
    this.kernels = kernels.rows();
    this.pool = pool;
  }

  /**
   * Adds the term's gradient.
   *
   * @param weight of one squared norm, at least 0; with 0 no row is read
   * @param table whose rows are penalised
   * @param gradients which rows occur how often; their values are added to
   * @return the term's value
   * @throws IllegalArgumentException if the gradients have another stride than the table
   */
  public double add(double weight, EmbeddingTable table, RowGradients gradients) {
    gradients.requireRowsOf(table);
    if (weight == 0) {
      return 0;
    }
    int count = gradients.count();
    int blocks = WorkPool.blocks(count, ROWS_PER_BLOCK);
    if (partialSums.length < blocks) {
      partialSums = new double[blocks];
    }
    pool.run(
        count,
        ROWS_PER_BLOCK,
        (begin, end, worker) -> {
          double sum = 0;
          for (int k = begin; k < end; k++) {
            // Most rows of a mini-batch of users are negatives, which do not occur.
            long occurrences = gradients.occurrences(k);
            if (occurrences > 0) {
              sum += addRow(weight * occurrences, table, gradients, k);
            }
          }
          partialSums[begin / ROWS_PER_BLOCK] = sum;
        });
    double sum = 0;
    for (int b = 0; b < blocks; b++) {
      sum += partialSums[b];
    }
    return sum;
  }

  private double addRow(double weight, EmbeddingTable table, RowGradients gradients, int k) {
    float[] rows = table.values();
    int at = table.offset(gradients.row(k));
    float[] values = gradients.values();
    int offset = gradients.offset(k);
    int stride = table.stride();
    float slope = (float) (2 * weight);
    for (int d = 0; d < stride; d++) {
      values[offset + d] = Math.fma(slope, rows[at + d], values[offset + d]);
    }
    return weight * kernels.dot(rows, at, rows, at, stride);
  }
}
