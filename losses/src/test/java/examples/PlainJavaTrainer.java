package examples;

import bsl.losses.RankingLoss;
import bsl.losses.ScoreBatch;
import java.util.SplittableRandom;

/** Matrix factorisation in plain Java; from the suite it takes nothing but a loss. */
public final class PlainJavaTrainer {
  private PlainJavaTrainer() {}

  /** Takes one step of gradient descent on a mini-batch of pairs, with n random negatives each. */
  public static double step(
      double[][] users,
      double[][] items,
      int[][] pairs,
      int n,
      RankingLoss loss,
      double rate,
      SplittableRandom random) {
    int[] userOf = new int[pairs.length];
    int[][] itemsOf = new int[pairs.length][n + 1];
    for (int b = 0; b < pairs.length; b++) {
      userOf[b] = pairs[b][0];
      itemsOf[b] = random.ints(n + 1, 0, items.length).toArray();
      itemsOf[b][0] = pairs[b][1];
    }
    ScoreBatch batch = new ScoreBatch(userOf, n);
    for (int b = 0; b < pairs.length; b++) {
      batch.setPositive(b, (float) dot(users[userOf[b]], items[itemsOf[b][0]]));
      for (int j = 0; j < n; j++) {
        batch.setNegative(b, j, (float) dot(users[userOf[b]], items[itemsOf[b][j + 1]]));
      }
    }
    double value = batch.evaluate(loss); // scores have become d (mean loss) / d score
    for (int b = 0; b < pairs.length; b++) {
      for (int j = 0; j <= n; j++) {
        double slope = j == 0 ? batch.positive(b) : batch.negative(b, j - 1);
        descend(users[userOf[b]], items[itemsOf[b][j]], rate * slope);
      }
    }
    return value;
  }

  private static void descend(double[] user, double[] item, double step) {
    for (int d = 0; d < user.length; d++) {
      double before = user[d];
      user[d] -= step * item[d];
      item[d] -= step * before;
    }
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }
}
