package examples;

import bsl.losses.NegativeWeights;
import bsl.losses.RankingLoss;
import bsl.losses.UserBatch;

/** Matrix factorisation in plain Java; from the suite it takes nothing but a loss. */
public final class PlainJavaTrainer {
  private PlainJavaTrainer() {}

  /**
   * Takes one step of gradient descent on a mini-batch of users. Each user's items are compared
   * with some other items, and {@code popularity} says how often each of those counts.
   */
  public static double step(
      double[][] users,
      double[][] items,
      int[] batchUsers,
      int[][] itemsOf,
      int[] others,
      float[] popularity,
      RankingLoss loss,
      double rate) {
    float[][] positives = new float[batchUsers.length][];
    float[][] negatives = new float[batchUsers.length][];
    NegativeWeights weights = new NegativeWeights(popularity);
    UserBatch batch = new UserBatch();
    for (int b = 0; b < batchUsers.length; b++) {
      positives[b] = scores(users[batchUsers[b]], items, itemsOf[batchUsers[b]]);
      negatives[b] = scores(users[batchUsers[b]], items, others);
      batch.add(positives[b], negatives[b], weights);
    }
    double value = batch.evaluate(loss); // the scores have become d (mean loss) / d score
    for (int b = 0; b < batchUsers.length; b++) {
      descend(users[batchUsers[b]], items, itemsOf[batchUsers[b]], positives[b], rate);
      descend(users[batchUsers[b]], items, others, negatives[b], rate);
    }
    return value;
  }

  private static float[] scores(double[] user, double[][] items, int[] which) {
    float[] scores = new float[which.length];
    for (int k = 0; k < which.length; k++) {
      scores[k] = (float) dot(user, items[which[k]]);
    }
    return scores;
  }

  private static void descend(
      double[] user, double[][] items, int[] which, float[] slopes, double rate) {
    for (int k = 0; k < which.length; k++) {
      double[] item = items[which[k]];
      for (int d = 0; d < user.length; d++) {
        double before = user[d];
        user[d] -= rate * slopes[k] * item[d];
        item[d] -= rate * slopes[k] * before;
      }
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
