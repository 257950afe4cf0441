package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;

/**
 * Cuts the pairs of a mini-batch into tiles of rows small enough for the second-level cache, and
 * deals the tiles to partitions.
 *
 * <p>The number of partitions depends on the mini-batch alone. So sums that are taken within a
 * partition, and then over the partitions in their order, are the same on any number of threads.
 */
final class TilePlan {
  private static final int TILE_ROWS = 48;
  private static final int TILE_FLOATS = 1 << 18;

  /** Keeps rows of a tile from falling into the same cache sets. */
  private static final int SKEW = 16;

  private static final int TILES_PER_PARTITION = 6;
  private static final int MOST_PARTITIONS = 16;

  /**
   * Some rows, and who works on them.
   *
   * @param first the first row's pair
   * @param rows number of rows
   * @param partition partition that the tile is dealt to
   * @param worker number of the thread
   */
  record Tile(int first, int rows, int partition, int worker) {}

  private int size;
  private int stride;
  private int rows;
  private int tiles;
  private int partitions;

  /**
   * Makes the plan of a mini-batch.
   *
   * @param size number of pairs
   * @param columns number of columns of a tile of scores
   * @param scored whether tiles of scores are kept at all
   */
  void cut(int size, int columns, boolean scored) {
    this.size = size;
    stride = EmbeddingTable.paddedTo(Kernels.PANEL, columns) + SKEW;
    rows = TILE_ROWS;
    while (scored && rows > TILE_ROWS / 8 && (long) rows * stride > TILE_FLOATS) {
      rows /= 2;
    }
    tiles = WorkPool.blocks(size, rows);
    partitions = Math.min(MOST_PARTITIONS, WorkPool.blocks(tiles, TILES_PER_PARTITION));
  }

  /** Floats from row to row of a tile. */
  int stride() {
    return stride;
  }

  /** Rows of a tile; the last one may have fewer. */
  int rows() {
    return rows;
  }

  /** Number of partitions. */
  int partitions() {
    return partitions;
  }

  /** A partition's first tile. */
  int begin(int partition) {
    return WorkPool.partBegin(tiles, partitions, partition);
  }

  /** One past a partition's last tile. */
  int end(int partition) {
    return begin(partition + 1);
  }

  /** The tile of a number. */
  Tile tile(int number, int partition, int worker) {
    int first = number * rows;
    return new Tile(first, Math.min(rows, size - first), partition, worker);
  }
}
