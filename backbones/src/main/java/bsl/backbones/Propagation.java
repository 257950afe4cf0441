package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.SparseKernels;
import bsl.core.optim.RowGradients;
import java.util.Arrays;

/**
 * Products of a graph's A-hat with embeddings. Every output row is summed by one thread in the
 * order of its entries, so that the number of threads changes nothing.
 *
 * <p>Not to be used by two threads at once: it has scratch memory.
 */
public final class Propagation {
  private static final int ROWS_PER_BLOCK = 32;

  private final SparseMatrix toUsers;
  private final SparseMatrix toItems;
  private final SparseKernels kernels;
  private final WorkPool pool;
  private final RowPositions userPositions;
  private final RowPositions itemPositions;
  private final SparseMatrix.Scratch[] scratch;

  /**
   * @param graph whose A-hat
   * @param kernels implementation of the inner loops
   * @param pool threads to use
   */
  public Propagation(NormalizedGraph graph, Kernels kernels, WorkPool pool) {
    this.toUsers = graph.toUsers();
    this.toItems = graph.toItems();
    this.kernels = kernels.sparse();
    this.pool = pool;
    this.userPositions = new RowPositions(graph.users());
    this.itemPositions = new RowPositions(graph.items());
    int rows = Math.max(toUsers.mostRows(), toItems.mostRows());
    int entries = Math.max(toUsers.mostEntries(), toItems.mostEntries());
    this.scratch = new SparseMatrix.Scratch[pool.threads()];
    Arrays.setAll(scratch, t -> new SparseMatrix.Scratch(rows, entries));
  }

  /** {@code to = A-hat from}, all rows; two different pairs of tables. */
  public void propagate(Embeddings from, Embeddings to) {
    int userBlocks = toUsers.blocks();
    pool.run(
        userBlocks + toItems.blocks(),
        (block, worker) -> {
          if (block < userBlocks) {
            toUsers.multiplyBlock(block, from.items(), to.users(), kernels);
          } else {
            toItems.multiplyBlock(block - userBlocks, from.users(), to.items(), kernels);
          }
        });
  }

  /** {@code to = A-hat from}, but only the rows that are keys; the others are left as they were. */
  void propagate(Embeddings from, Embeddings to, Grouping users, Grouping items) {
    BothSides.run(
        pool,
        users.groups(),
        items.groups(),
        ROWS_PER_BLOCK,
        (ofUsers, begin, end, worker) -> {
          for (int g = begin; g < end; g++) {
            if (ofUsers) {
              toUsers.multiplyRow(users.key(g), from.items(), to.users(), kernels);
            } else {
              toItems.multiplyRow(items.key(g), from.users(), to.items(), kernels);
            }
          }
        });
  }

  /** {@code to = A-hat from}, all rows, where {@code from} is zero but for the rows given. */
  void propagate(RowGradients users, RowGradients items, Embeddings to) {
    userPositions.enter(users);
    itemPositions.enter(items);
    int userBlocks = toUsers.blocks();
    pool.run(
        userBlocks + toItems.blocks(),
        (block, worker) -> {
          if (block < userBlocks) {
            toUsers.multiplyBlock(
                block, items, itemPositions, to.users(), scratch[worker], kernels);
          } else {
            toItems.multiplyBlock(
                block - userBlocks, users, userPositions, to.items(), scratch[worker], kernels);
          }
        });
    userPositions.leave(users);
    itemPositions.leave(items);
  }
}
