package bsl.backbones;

import bsl.core.EmbeddingTable;
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

  private final NormalizedGraph graph;
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
    this.graph = graph;
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

  /**
   * Multiplies embeddings by A-hat: {@code to = A-hat from}, all rows.
   *
   * @param from a row per node
   * @param to a row per node, overwritten; other tables than those of {@code from}
   * @throws IllegalArgumentException if there are not as many rows as nodes, the dimensions differ,
   *     or a table is both read and written
   */
  public void propagate(Embeddings from, Embeddings to) {
    requireTables(from, to);
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
    requireTables(from, to);
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
    graph.requireNodes(to);
    users.requireRowsOf(to.users());
    items.requireRowsOf(to.items());
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

  /** The kernels do not look: with other widths or rows they would read and write past a table. */
  private void requireTables(Embeddings from, Embeddings to) {
    graph.requireNodes(from);
    graph.requireNodes(to);
    if (from.users().dimension() != to.users().dimension()) {
      throw new IllegalArgumentException(
          "dimensions differ: " + from.users() + " and " + to.users());
    }
    // Rows are written while others are still read.
    if (isOneOf(from.users(), to) || isOneOf(from.items(), to) || to.users() == to.items()) {
      throw new IllegalArgumentException("a table cannot be read and written in one product");
    }
  }

  private static boolean isOneOf(EmbeddingTable table, Embeddings tables) {
    return table == tables.users() || table == tables.items();
  }
}
