package bsl.baselines;

import bsl.core.WorkPool;
import java.util.function.IntConsumer;

/** Work on many positions in turns, between which somebody can look at it and end it. */
final class Turns {
  private Turns() {}

  /**
   * Works on all positions.
   *
   * @param size number of positions
   * @param perBlock positions of a block
   * @param perTurn positions of a turn; a multiple of {@code perBlock} if blocks have to begin at
   *     multiples of it
   * @param before is told before each turn how many positions are done; what it throws ends the
   *     work
   */
  static void run(
      WorkPool pool, int size, int perBlock, int perTurn, IntConsumer before, WorkPool.Range work) {
    for (int first = 0; first < size; first += perTurn) {
      before.accept(first);
      int done = first;
      pool.run(
          Math.min(perTurn, size - first),
          perBlock,
          (begin, end, worker) -> work.run(done + begin, done + end, worker));
    }
  }
}
