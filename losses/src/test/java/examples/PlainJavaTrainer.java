package examples;

import bsl.losses.NegativeWeights;
import bsl.losses.RankingLoss;
import bsl.losses.UserBatch;
import java.util.Arrays;

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
    double[][] usersBefore = copy(users);
    double[][] itemsBefore = copy(items);
    for (int b = 0; b < batchUsers.length; b++) {
      int u = batchUsers[b];
      for (int k = 0; k < itemsOf[u].length; k++) {
        int i = itemsOf[u][k];
        descend(users[u], itemsBefore[i], rate * positives[b][k]);
        descend(items[i], usersBefore[u], rate * positives[b][k]);
      }
      for (int k = 0; k < others.length; k++) {
        int i = others[k];
        descend(users[u], itemsBefore[i], rate * negatives[b][k]);
        descend(items[i], usersBefore[u], rate * negatives[b][k]);
      }
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

  /** A score is a dot product, so its derivative by one embedding is the other one. */
  private static void descend(double[] embedding, double[] other, double step) {
    for (int d = 0; d < embedding.length; d++) {
      embedding[d] -= step * other[d];
    }
  }

  private static double[][] copy(double[][] rows) {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }
}
