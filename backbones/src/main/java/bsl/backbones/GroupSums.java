package bsl.backbones;

import bsl.core.Grouping;
import bsl.core.WorkPool;
import bsl.core.optim.RowGradients;
import java.util.Arrays;

/** Sums what positions of a mini-batch contribute to the rows of a table, and how often they do. */
final class GroupSums {
  private static final int ROWS_PER_BLOCK = 64;

  private GroupSums() {}

  /** What a position of a grouping adds to its row's gradient. */
  @FunctionalInterface
  interface Contribution {
    /**
     * @return how many occurrences of the row the position stands for
     */
    long addTo(int position, float[] gradient, int offset);
  }

  /**
   * Sums by table row.
   *
   * @param groups positions by row
   * @param gradients receives sums and occurrences
   * @param stride floats per gradient
   * @param contribution what each position adds, in ascending order within a row
   */
  static void sum(
      Grouping groups,
      RowGradients gradients,
      int stride,
      WorkPool pool,
      Contribution contribution) {
    int count = groups.groups();
    gradients.reset(count);
    pool.run(
        count,
        ROWS_PER_BLOCK,
        (begin, end, worker) -> {
          float[] values = gradients.values();
          for (int g = begin; g < end; g++) {
            int offset = gradients.offset(g);
            Arrays.fill(values, offset, offset + stride, 0f);
            long times = 0;
            for (int k = groups.begin(g); k < groups.end(g); k++) {
              times += contribution.addTo(groups.position(k), values, offset);
            }
            gradients.setRow(g, groups.key(g));
            gradients.setOccurrences(g, times);
          }
        });
  }
}
