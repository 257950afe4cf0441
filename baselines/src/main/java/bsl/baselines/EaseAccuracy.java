package bsl.baselines;

import bsl.core.Interactions;
import bsl.core.WorkPool;
import java.util.Arrays;
import java.util.function.DoubleConsumer;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;

/**
 * Measures how far scores of EASE are from what double precision would give, for items where they
 * are likely to be furthest.
 *
 * <p>The scores of one item for all users come from one system K z = b: by items b is a column of
 * the identity, by users the column of X. The inverse in single precision gives z to an error, and
 * the residual b - K z in double, multiplied by the same inverse, gives most of that error. What
 * the correction changes in the scores is therefore how wrong they are. K itself is not needed,
 * since it is a product of X.
 */
final class EaseAccuracy {
  /**
   * Items of each kind that are looked at: with the most users, with the least diag(P), and with
   * the largest variance inflation (n + lambda) diag(P), which have near duplicates.
   */
  private static final int ITEMS = 8;

  private final Interactions train;
  private final Interactions usersOfItems;
  private final Interactions side;
  private final boolean byUsers;
  private final double lambda;
  private final SymmetricTiles inverse;

  /**
   * @param train X
   * @param usersOfItems X'
   * @param byUsers whether the inverse is of users
   * @param lambda the weight of the L2 term
   * @param inverse inv(K)
   */
  EaseAccuracy(
      Interactions train,
      Interactions usersOfItems,
      boolean byUsers,
      float lambda,
      SymmetricTiles inverse) {
    this.train = train;
    this.usersOfItems = usersOfItems;
    this.side = byUsers ? train : usersOfItems;
    this.byUsers = byUsers;
    this.lambda = lambda;
    this.inverse = inverse;
  }

  /** Bytes that each thread takes. */
  static long bytesPerThread(Interactions train) {
    long size = Math.min(train.users(), train.items());
    long vectors = 4 * size + Math.max(train.users(), train.items()) + 2L * train.users();
    return vectors * Double.BYTES;
  }

  /**
   * How far the scores of the items that are looked at are from double at most; infinite if they
   * are no numbers.
   *
   * @param diagonal diag(P) as the scores have it
   * @param progress is told the share of the items that were looked at, about one by one, as an
   *     item of a large matrix takes a second; what it throws ends the work
   */
  double furthest(double[] diagonal, WorkPool pool, DoubleConsumer progress) {
    int[] items =
        Stream.of(
                least(item -> -usersOfItems.degree(item)),
                least(item -> diagonal[item]),
                least(item -> -(usersOfItems.degree(item) + lambda) * diagonal[item]))
            .flatMapToInt(Arrays::stream)
            .distinct()
            .toArray();
    double[] away = new double[items.length];
    Turns.run(
        pool,
        items.length,
        1,
        pool.threads(),
        done -> progress.accept((double) done / items.length),
        (begin, end, worker) -> {
          for (int i = begin; i < end; i++) {
            away[i] = away(items[i], diagonal[items[i]]);
          }
        });
    double furthest = 0;
    for (double a : away) {
      furthest = Math.max(furthest, Double.isNaN(a) ? Double.POSITIVE_INFINITY : a);
    }
    return furthest;
  }

  /** The items for which a number is least; of equals, the lower. */
  private int[] least(IntToDoubleFunction number) {
    int[] items = new int[Math.min(ITEMS, train.items())];
    int count = 0;
    for (int item = 0; item < train.items(); item++) {
      double value = number.applyAsDouble(item);
      int at = count;
      while (at > 0 && value < number.applyAsDouble(items[at - 1])) {
        at--;
      }
      if (at < items.length) {
        count = Math.min(count + 1, items.length);
        System.arraycopy(items, at, items, at + 1, count - 1 - at);
        items[at] = item;
      }
    }
    return items;
  }

  private double away(int item, double diagonal) {
    double[] solution = new double[side.users()];
    double[] right = new double[side.users()];
    if (byUsers) {
      for (int p = usersOfItems.begin(item); p < usersOfItems.end(item); p++) {
        right[usersOfItems.itemAt(p)] = 1;
      }
    } else {
      right[item] = 1;
    }
    inverse.multiplyAdd(right, solution);
    double[] scores = scores(item, solution, diagonal);
    inverse.multiplyAdd(residual(right, solution), solution);
    double[] better = scores(item, solution, diagonal(item, solution));
    double away = 0;
    for (int user = 0; user < scores.length; user++) {
      away = Math.max(away, Math.abs(scores[user] - better[user]));
    }
    return away;
  }

  /** b - K z. */
  private double[] residual(double[] right, double[] solution) {
    double[] across = new double[side.items()];
    for (int row = 0; row < right.length; row++) {
      for (int p = side.begin(row); p < side.end(row); p++) {
        across[side.itemAt(p)] += solution[row];
      }
    }
    double[] residual = new double[right.length];
    for (int row = 0; row < right.length; row++) {
      double sum = lambda * solution[row];
      for (int p = side.begin(row); p < side.end(row); p++) {
        sum += across[side.itemAt(p)];
      }
      residual[row] = right[row] - sum;
    }
    return residual;
  }

  /** diag(P) of an item. */
  private double diagonal(int item, double[] solution) {
    if (!byUsers) {
      return solution[item];
    }
    double form = 0;
    for (int p = usersOfItems.begin(item); p < usersOfItems.end(item); p++) {
      form += solution[usersOfItems.itemAt(p)];
    }
    return (1 - form) / lambda;
  }

  /** Scores of an item for all users. */
  private double[] scores(int item, double[] solution, double diagonal) {
    double[] scores = new double[train.users()];
    for (int user = 0; user < scores.length; user++) {
      double sum = 0;
      if (byUsers) {
        sum = solution[user];
      } else {
        for (int p = train.begin(user); p < train.end(user); p++) {
          int other = train.itemAt(p);
          sum += other == item ? 0 : solution[other];
        }
      }
      scores[user] = -sum / diagonal;
    }
    if (byUsers) {
      for (int p = usersOfItems.begin(item); p < usersOfItems.end(item); p++) {
        scores[usersOfItems.itemAt(p)] += 1;
      }
    }
    return scores;
  }
}
