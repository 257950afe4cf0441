package bsl.backbones;

import bsl.core.WorkPool;

/** Work on rows of users and rows of items in one phase of a {@link WorkPool}. */
final class BothSides {
  private BothSides() {}

  /** Work on consecutive positions of one side. */
  @FunctionalInterface
  interface Range {
    /**
     * @param ofUsers whether the positions are those of users
     * @param begin the first position
     * @param end one past the last position
     * @param worker number of the thread that runs it
     */
    void run(boolean ofUsers, int begin, int end, int worker);
  }

  /**
   * Runs all blocks of users and all blocks of items.
   *
   * @param users number of positions of users
   * @param items number of positions of items
   * @param perBlock positions of a block
   */
  static void run(WorkPool pool, int users, int items, int perBlock, Range work) {
    int userBlocks = WorkPool.blocks(users, perBlock);
    pool.run(
        userBlocks + WorkPool.blocks(items, perBlock),
        (block, worker) -> {
          boolean ofUsers = block < userBlocks;
          int begin = (ofUsers ? block : block - userBlocks) * perBlock;
          int end = begin + Math.min(perBlock, (ofUsers ? users : items) - begin);
          work.run(ofUsers, begin, end, worker);
        });
  }
}
