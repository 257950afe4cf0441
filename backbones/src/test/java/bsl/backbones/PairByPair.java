package bsl.backbones;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.ScoreFunction;
import bsl.core.sampling.MiniBatch;
import bsl.core.sampling.NegativeSharing;

/** Loss and L2 term of a mini-batch, worked out pair by pair in double precision. */
final class PairByPair {
  private PairByPair() {}

  /** A random mini-batch; shared negatives are distinct. */
  static MiniBatch batch(NegativeSharing sharing, int size, int negatives, int users, int items) {
    RandomStream random = RandomStream.of(7, Purpose.TEST, size, negatives);
    MiniBatch batch = new MiniBatch(sharing);
    batch.reset(size, negatives);
    for (int b = 0; b < size; b++) {
      batch.users()[b] = random.nextInt(users);
      batch.positives()[b] = random.nextInt(items);
    }
    int drawn =
        switch (sharing) {
          case SHARED, POPULAR -> negatives;
          case INDEPENDENT -> size * negatives;
          case IN_BATCH -> 0;
        };
    int[] shuffled = new int[items];
    for (int i = 0; i < items; i++) {
      shuffled[i] = i;
    }
    random.shuffle(shuffled);
    for (int n = 0; n < drawn; n++) {
      batch.negatives()[n] =
          sharing == NegativeSharing.SHARED ? shuffled[n] : random.nextInt(items);
    }
    return batch;
  }

  /** Mean of the bilateral softmax loss in code form, mode multi. */
  static double loss(
      MiniBatch batch,
      double[][] users,
      double[][] items,
      ScoreFunction score,
      double tau,
      double rho) {
    int size = batch.size();
    double[] positive = new double[size];
    for (int b = 0; b < size; b++) {
      positive[b] = score(users[batch.users()[b]], items[batch.positives()[b]], score);
    }
    double loss = 0;
    for (int b = 0; b < size; b++) {
      double own = 0;
      int same = 0;
      for (int c = 0; c < size; c++) {
        if (batch.users()[c] == batch.users()[b]) {
          own += Math.exp(positive[c] / tau);
          same++;
        }
      }
      double sum = 0;
      int n = batch.negativesPerPair();
      for (int j = 0; j < n; j++) {
        sum += Math.exp(score(users[batch.users()[b]], items[negative(batch, b, j)], score) / tau);
      }
      loss += -Math.log(own / same) + rho * Math.log(sum / n);
    }
    return loss / size;
  }

  /**
   * Squared norms of every pair's user, positive and negatives, in-batch and popular negatives left
   * out.
   */
  static double squares(MiniBatch batch, double[][] users, double[][] items) {
    double squares = 0;
    for (int b = 0; b < batch.size(); b++) {
      squares += square(users[batch.users()[b]]) + square(items[batch.positives()[b]]);
      boolean penalised =
          batch.sharing() == NegativeSharing.SHARED
              || batch.sharing() == NegativeSharing.INDEPENDENT;
      for (int j = 0; penalised && j < batch.negativesPerPair(); j++) {
        squares += square(items[negative(batch, b, j)]);
      }
    }
    return squares;
  }

  private static int negative(MiniBatch batch, int pair, int j) {
    return switch (batch.sharing()) {
      case SHARED, POPULAR -> batch.negatives()[j];
      case INDEPENDENT -> batch.negatives()[pair * batch.negativesPerPair() + j];
      case IN_BATCH -> batch.positives()[j < pair ? j : j + 1];
    };
  }

  static double score(double[] a, double[] b, ScoreFunction score) {
    double dot = 0;
    for (int d = 0; d < a.length; d++) {
      dot += a[d] * b[d];
    }
    return score == ScoreFunction.COSINE ? dot / Math.sqrt(square(a) * square(b)) : dot;
  }

  static double square(double[] a) {
    double sum = 0;
    for (double x : a) {
      sum += x * x;
    }
    return sum;
  }
}
