package bsl.baselines;

import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.eval.UserScorer;
import java.util.Objects;

/**
 * Scores of EASE from the inverse of users, inv(K) with K = X X' + lambda I. With r the user's row
 * of inv(K), item j has the score x_uj - (r X)_j / diag(P)_j.
 */
final class EaseByUsers implements UserScorer {
  private static final int ITEMS_PER_BLOCK = 16;

  /** Between two questions whether to go on, per thread: popular items take long. */
  private static final int BLOCKS_PER_QUESTION = 16;

  private final Interactions train;
  private final Interactions usersOfItems;
  private final SymmetricTiles inverse;
  private final double[] diagonal;

  /**
   * @param inverse inv(K)
   * @param diagonal see {@link #diagonal}
   */
  EaseByUsers(
      Interactions train, Interactions usersOfItems, SymmetricTiles inverse, double[] diagonal) {
    this.train = train;
    this.usersOfItems = usersOfItems;
    this.inverse = inverse;
    this.diagonal = diagonal;
  }

  /**
   * diag(P).
   *
   * @param inverse inv(K)
   * @param asked now and then; what it throws ends the work
   */
  static double[] diagonal(
      Interactions usersOfItems,
      float lambda,
      SymmetricTiles inverse,
      WorkPool pool,
      Runnable asked) {
    double[] diagonal = new double[usersOfItems.users()];
    Turns.run(
        pool,
        diagonal.length,
        ITEMS_PER_BLOCK,
        ITEMS_PER_BLOCK * BLOCKS_PER_QUESTION * pool.threads(),
        done -> asked.run(),
        (begin, end, worker) -> {
          for (int item = begin; item < end; item++) {
            diagonal[item] = (1 - quadraticForm(usersOfItems.itemsOf(item), inverse)) / lambda;
          }
        });
    return diagonal;
  }

  /** x' inv(K) x, where x has ones at some users. */
  private static double quadraticForm(int[] users, SymmetricTiles inverse) {
    double sum = 0;
    for (int a = 0; a < users.length; a++) {
      double beside = 0;
      for (int b = a + 1; b < users.length; b++) {
        beside += inverse.get(users[a], users[b]);
      }
      sum += inverse.get(users[a], users[a]) + 2 * beside;
    }
    return sum;
  }

  @Override
  public void score(int user, float[] scores) {
    Objects.checkIndex(user, train.users());
    float[] row = new float[train.users()];
    inverse.copyRow(user, row);
    for (int item = 0; item < diagonal.length; item++) {
      double sum = 0;
      int end = usersOfItems.end(item);
      for (int p = usersOfItems.begin(item); p < end; p++) {
        sum += row[usersOfItems.itemAt(p)];
      }
      scores[item] = (float) (-sum / diagonal[item]);
    }
    for (int p = train.begin(user); p < train.end(user); p++) {
      scores[train.itemAt(p)] += 1f;
    }
  }
}
