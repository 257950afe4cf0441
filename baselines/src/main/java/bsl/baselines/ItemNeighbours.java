package bsl.baselines;

import bsl.baselines.Candidates.Chosen;
import bsl.core.Interactions;
import bsl.core.WorkPool;

/**
 * The most similar items of every item, found by counting common users: for each of the item's
 * users, all of the user's items. Items without a common user are no neighbours. Of equally similar
 * items the lower come first.
 */
final class ItemNeighbours {
  private static final int ITEMS_PER_BLOCK = 16;
  private static final int BLOCKS_AT_A_TIME = 64;

  private final Interactions train;
  private final Interactions usersOfItems;
  private final double shrink;
  private final Chosen[] neighbours;

  /**
   * Finds them.
   *
   * @param most neighbours of an item at most
   * @param shrink what is added to the denominator of similarities
   */
  ItemNeighbours(Interactions train, int most, double shrink, FitContext context) {
    this.train = train;
    this.usersOfItems = train.transpose();
    this.shrink = shrink;
    int items = train.items();
    neighbours = new Chosen[items];
    WorkPool pool = context.pool();
    Candidates[] scratch = new Candidates[pool.threads()];
    Turns.run(
        pool,
        items,
        ITEMS_PER_BLOCK,
        ITEMS_PER_BLOCK * BLOCKS_AT_A_TIME,
        done -> context.progress((double) done / items),
        (begin, end, worker) -> {
          if (scratch[worker] == null) {
            scratch[worker] = new Candidates(items, most);
          }
          for (int item = begin; item < end; item++) {
            find(item, scratch[worker]);
          }
        });
  }

  private void find(int item, Candidates candidates) {
    for (int p = usersOfItems.begin(item); p < usersOfItems.end(item); p++) {
      int user = usersOfItems.itemAt(p);
      for (int q = train.begin(user); q < train.end(user); q++) {
        candidates.count(train.itemAt(q));
      }
    }
    neighbours[item] = candidates.choose(item, other -> denominator(item, other));
  }

  private double denominator(int item, int other) {
    double degrees = (double) usersOfItems.degree(item) * usersOfItems.degree(other);
    return Math.sqrt(degrees) + shrink;
  }

  /** Number of items. */
  int items() {
    return neighbours.length;
  }

  /** An item's neighbours. */
  Chosen of(int item) {
    return neighbours[item];
  }
}
