package bsl.backbones;

import bsl.core.WorkPool;
import java.util.Arrays;

/** Gradients of columns, summed by each partition of a {@link TilePlan} on its own at first. */
final class PartitionSums {
  private static final int COLUMNS_PER_BLOCK = 64;

  private final int stride;
  private float[][] sums = {};
  private int partitions;
  private int columns;

  /**
   * @param stride floats per gradient
   */
  PartitionSums(int stride) {
    this.stride = stride;
  }

  /** Makes room; contents are undefined until {@link #clear}. */
  void reset(int itsPartitions, int itsColumns) {
    partitions = itsPartitions;
    columns = itsColumns;
    if (sums.length < partitions || sums[0].length < columns * stride) {
      sums = new float[partitions][columns * stride];
    }
  }

  /** Sets a partition's gradients to zero. */
  void clear(int partition) {
    Arrays.fill(sums[partition], 0, columns * stride, 0f);
  }

  /** A partition's gradients, one after the other. */
  float[] of(int partition) {
    return sums[partition];
  }

  /**
   * Adds the partitions up in their order, and sends the sums back through the rows of the columns.
   *
   * @return the sums; the first partition's array
   */
  float[] reduce(ScoreRows rows, WorkPool pool) {
    float[] sum = sums[0];
    pool.run(
        columns,
        COLUMNS_PER_BLOCK,
        (begin, end, worker) -> {
          for (int p = 1; p < partitions; p++) {
            float[] part = sums[p];
            for (int d = begin * stride; d < end * stride; d++) {
              sum[d] += part[d];
            }
          }
          for (int c = begin; c < end; c++) {
            rows.sendBack(c, sum, c * stride);
          }
        });
    return sum;
  }
}
