package examples;

import bsl.losses.NegativeWeights;
import bsl.losses.RankingLoss;
import bsl.losses.UserBatch;
import java.util.Arrays;

/** Matrix factorisation in plain Java; from the suite it takes nothing but a loss. */
public final class PlainJavaTrainer {
  private PlainJavaTrainer() {}

  /**
   * Takes one step of gradient descent on a mini-batch of users. Scores are cosines. Each user's
   * items are compared with some other items, and {@code popularity} says how often each of those
   * counts.
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
    double[][] userDirections = directions(users);
    double[][] itemDirections = directions(items);
    float[][] positives = new float[batchUsers.length][];
    float[][] negatives = new float[batchUsers.length][];
    NegativeWeights weights = new NegativeWeights(popularity);
    UserBatch batch = new UserBatch();
    for (int b = 0; b < batchUsers.length; b++) {
      double[] user = userDirections[batchUsers[b]];
      positives[b] = cosines(user, itemDirections, itemsOf[batchUsers[b]]);
      negatives[b] = cosines(user, itemDirections, others);
      batch.add(positives[b], negatives[b], weights);
    }
    double value = batch.evaluate(loss); // the scores have become d (mean loss) / d score
    double[] userRates = rates(users, rate);
    double[] itemRates = rates(items, rate);
    for (int b = 0; b < batchUsers.length; b++) {
      int u = batchUsers[b];
      for (int k = 0; k < itemsOf[u].length; k++) {
        int i = itemsOf[u][k];
        descend(users[u], userDirections[u], itemDirections[i], userRates[u] * positives[b][k]);
        descend(items[i], itemDirections[i], userDirections[u], itemRates[i] * positives[b][k]);
      }
      for (int k = 0; k < others.length; k++) {
        int i = others[k];
        descend(users[u], userDirections[u], itemDirections[i], userRates[u] * negatives[b][k]);
        descend(items[i], itemDirections[i], userDirections[u], itemRates[i] * negatives[b][k]);
      }
    }
    return value;
  }

  private static float[] cosines(double[] user, double[][] items, int[] which) {
    float[] scores = new float[which.length];
    for (int k = 0; k < which.length; k++) {
      scores[k] = (float) dot(user, items[which[k]]);
    }
    return scores;
  }

  /**
   * The derivative of a cosine by an embedding is the part of the other direction that is at right
   * angles to its own, over the embedding's length. The step has been divided by that.
   */
  private static void descend(double[] embedding, double[] own, double[] other, double step) {
    double cosine = dot(own, other);
    for (int d = 0; d < embedding.length; d++) {
      embedding[d] -= step * (other[d] - cosine * own[d]);
    }
  }

  private static double[] rates(double[][] rows, double rate) {
    return Arrays.stream(rows).mapToDouble(row -> rate / length(row)).toArray();
  }

  private static double[][] directions(double[][] rows) {
    return Arrays.stream(rows)
        .map(row -> Arrays.stream(row).map(x -> x / length(row)).toArray())
        .toArray(double[][]::new);
  }

  private static double length(double[] row) {
    return Math.sqrt(dot(row, row));
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }
}
