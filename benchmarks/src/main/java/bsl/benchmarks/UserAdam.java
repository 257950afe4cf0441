package bsl.benchmarks;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.UserBatch;
import bsl.core.sampling.UserBatches;
import java.util.Arrays;

/**
 * The optimiser's part of a step over users: the rows that a mini-batch reads are brought up to
 * date and get a gradient, users and items as they come in an epoch. Gradients are random and
 * always the same.
 */
final class UserAdam {
  private static final double RATE = 1e-3;

  /** Steps of an epoch whose rows are kept; then they come again. */
  private static final int MOST_STEPS = 64;

  private final Side users;
  private final Side items;
  private int step;

  /** A table with the rows of each step. */
  private static final class Side {
    final Adam adam;
    final Grouping[] rows;
    final RowGradients gradients;

    Side(EmbeddingTable table, Adam.Mode mode, Grouping[] rows, Kernels kernels, WorkPool pool) {
      this.adam = new Adam(table, mode, kernels, pool);
      this.rows = rows;
      this.gradients = new RowGradients(table.stride());
      int most = Arrays.stream(rows).mapToInt(Grouping::groups).max().orElseThrow();
      gradients.reset(most);
      float[] values = RandomMatrix.uniform(most, table.stride(), 0);
      System.arraycopy(values, 0, gradients.values(), gradients.offset(0), values.length);
    }

    void step(int step) {
      Grouping keys = rows[step % rows.length];
      adam.refresh(keys);
      gradients.reset(keys.groups());
      for (int k = 0; k < keys.groups(); k++) {
        gradients.setRow(k, keys.key(k));
      }
      adam.step(gradients, RATE);
    }
  }

  /**
   * @param parameters tables to move
   * @param batches where the rows of each step come from
   */
  UserAdam(
      Embeddings parameters, Adam.Mode mode, UserBatches batches, Kernels kernels, WorkPool pool) {
    batches.beginEpoch(1);
    int steps = Math.min(MOST_STEPS, batches.steps());
    Grouping[] userRows = new Grouping[steps];
    Grouping[] itemRows = new Grouping[steps];
    for (int s = 0; s < steps; s++) {
      UserBatch batch = batches.batch(s);
      int[] keys = new int[batch.rows()];
      Arrays.setAll(keys, batch::user);
      userRows[s] = grouping(keys, keys.length);
      itemRows[s] =
          batches.sampled() || s == 0
              ? grouping(batch.columns(), batch.columnCount())
              : itemRows[0];
    }
    this.users = new Side(parameters.users(), mode, userRows, kernels, pool);
    this.items = new Side(parameters.items(), mode, itemRows, kernels, pool);
  }

  private static Grouping grouping(int[] keys, int size) {
    Grouping grouping = new Grouping();
    grouping.reset(keys, size);
    return grouping;
  }

  /** One step of both tables. */
  void step() {
    users.step(step);
    items.step(step);
    step++;
  }
}
