package bsl.eval;

import bsl.core.EmbeddingTable;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.ProductKernels;
import java.util.stream.IntStream;

/**
 * All items' embeddings, normalised if scores are cosines, in the panels that {@link
 * ProductKernels#product} reads; made once per evaluation and read by all threads.
 */
final class PackedItems {
  /** Items of a block: its panels and a tile of scores share a core's second-level cache. */
  static final int BLOCK = 512;

  private final int items;
  private final float[][] panels;
  private final boolean finite;

  private PackedItems(int items, float[][] panels, boolean finite) {
    this.items = items;
    this.panels = panels;
    this.finite = finite;
  }

  static PackedItems of(EmbeddingTable table, ScoreFunction score, WorkPool pool) {
    int blocks = WorkPool.blocks(table.rows(), BLOCK);
    float[][] panels = new float[blocks][];
    boolean[] finite = new boolean[blocks];
    float[][] rows = new float[pool.threads()][];
    int stride = table.stride();
    int rowsOfBlock = Math.multiplyExact(Math.min(BLOCK, table.rows()), stride);
    pool.run(
        blocks,
        (block, worker) -> {
          int first = block * BLOCK;
          int count = Math.min(BLOCK, table.rows() - first);
          if (rows[worker] == null) {
            rows[worker] = new float[rowsOfBlock];
          }
          boolean blockFinite = true;
          for (int i = 0; i < count; i++) {
            blockFinite &= ScoringRow.copy(table, first + i, score, rows[worker], i * stride);
          }
          panels[block] =
              new float[Math.multiplyExact(EmbeddingTable.paddedTo(Kernels.PANEL, count), stride)];
          ProductKernels.packPanels(rows[worker], 0, stride, count, stride, panels[block], 0);
          finite[block] = blockFinite;
        });
    return new PackedItems(
        table.rows(), panels, IntStream.range(0, blocks).allMatch(block -> finite[block]));
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

  /** Whether all items' embeddings are finite. */
  boolean finite() {
    return finite;
  }
}
