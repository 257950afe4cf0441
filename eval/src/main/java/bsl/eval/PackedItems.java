package bsl.eval;

import bsl.core.EmbeddingTable;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.util.stream.IntStream;

/**
 * All items' embeddings, normalised if scores are cosines, in the panels that {@link
 * Kernels#product} reads; made once per evaluation and read by all threads.
 */
final class PackedItems {
  /** Items of a block: its panels and a tile of scores share a core's second-level cache. */
  static final int BLOCK = 512;

  private final int items;
  private final float[][] panels;
  private final boolean safe;

  private PackedItems(int items, float[][] panels, boolean safe) {
    this.items = items;
    this.panels = panels;
    this.safe = safe;
  }

  static PackedItems of(EmbeddingTable table, ScoreFunction score, WorkPool pool) {
    int blocks = (table.rows() + BLOCK - 1) / BLOCK;
    float[][] panels = new float[blocks][];
    boolean[] safe = new boolean[blocks];
    float[][] rows = new float[pool.threads()][];
    int stride = table.stride();
    pool.run(
        blocks,
        (block, worker) -> {
          int first = block * BLOCK;
          int count = Math.min(BLOCK, table.rows() - first);
          if (rows[worker] == null) {
            rows[worker] = new float[BLOCK * stride];
          }
          boolean blockSafe = true;
          for (int i = 0; i < count; i++) {
            blockSafe &= ScoringRow.copy(table, first + i, score, rows[worker], i * stride);
          }
          panels[block] = new float[EmbeddingTable.paddedTo(Kernels.PANEL, count) * stride];
          Kernels.packPanels(rows[worker], 0, stride, count, stride, panels[block], 0);
          safe[block] = blockSafe;
        });
    return new PackedItems(
        table.rows(), panels, IntStream.range(0, blocks).allMatch(block -> safe[block]));
  }

  /** Number of blocks. */
  int blocks() {
    return panels.length;
  }

  /** First item of a block. */
  int first(int block) {
    return block * BLOCK;
  }

  /** Number of items in a block, padding not counted. */
  int count(int block) {
    return Math.min(BLOCK, items - first(block));
  }

  /** A block's panels; their number of columns is {@link #count} rounded up to whole panels. */
  float[] panels(int block) {
    return panels[block];
  }

  /** Whether no item can make a NaN with a user whose row is safe, see {@link ScoringRow#copy}. */
  boolean safe() {
    return safe;
  }
}
