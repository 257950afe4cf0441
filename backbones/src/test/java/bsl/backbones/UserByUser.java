package bsl.backbones;

import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.sampling.UserBatch;

/** Loss and L2 term of a mini-batch of users, worked out score by score in double precision. */
record UserByUser(
    UserBatch batch,
    boolean sampled,
    boolean byPopularity,
    Interactions train,
    Interactions own,
    double ownWeight,
    Loss loss,
    ScoreFunction score) {

  static final double TAU = 0.2;
  static final double RHO = 1.1;
  static final double NEGATIVE_WEIGHT = 0.3;

  /** The losses, by their formulas. */
  enum Loss {
    BSL,
    SL,
    BPR,
    MSE
  }

  /** Mean over the pairs. */
  double value(double[][] users, double[][] items) {
    double sum = 0;
    for (int r = 0; r < batch.rows(); r++) {
      int user = batch.user(r);
      double[] scores = new double[train.items()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = PairByPair.score(users[user], items[i], score);
      }
      double[] weights = weights(user);
      for (int p = batch.begin(r); p < batch.end(r); p++) {
        sum += ofPair(p, scores, weights);
      }
    }
    return sum / batch.pairs().size();
  }

  /** How often each item counts as a negative of a user; zero for what was not drawn. */
  private double[] weights(int user) {
    double[] weights = new double[train.items()];
    if (sampled) {
      for (int c = 0; c < batch.negatives(); c++) {
        weights[batch.columns()[c]] = byPopularity ? batch.counts()[c] : 1;
      }
    } else {
      for (int i = 0; i < weights.length; i++) {
        weights[i] = byPopularity ? share(i) * weights.length : 1;
      }
    }
    for (int item : own.itemsOf(user)) {
      weights[item] *= ownWeight;
    }
    return weights;
  }

  /** Share of an item's pairs. */
  private double share(int item) {
    double count = 0;
    for (int other : train.pairItems()) {
      count += other == item ? 1 : 0;
    }
    return count / train.size();
  }

  private double ofPair(int pair, double[] scores, double[] weights) {
    int item = batch.pairs().positives()[pair];
    double positive = scores[item];
    double total = 0;
    double exponentials = 0;
    double softplus = 0;
    double squares = 0;
    for (int i = 0; i < scores.length; i++) {
      total += weights[i];
      exponentials += weights[i] * Math.exp(scores[i] / TAU);
      softplus += weights[i] * Math.log1p(Math.exp(scores[i] - positive));
      squares += weights[i] * scores[i] * scores[i];
    }
    return switch (loss) {
      case BSL -> -Math.log(expectation(pair, scores)) + RHO * Math.log(exponentials / total);
      case SL -> -positive / TAU + Math.log(exponentials);
      case BPR -> softplus / total;
      case MSE -> (positive - 1) * (positive - 1) / 2 + NEGATIVE_WEIGHT * squares / 2;
    };
  }

  /** Mean of exp over the positives of the pair's group. */
  private double expectation(int pair, double[] scores) {
    double sum = 0;
    int count = 0;
    for (int p = 0; p < batch.pairs().size(); p++) {
      if (batch.groupOfPair()[p] == batch.groupOfPair()[pair]) {
        sum += Math.exp(scores[batch.pairs().positives()[p]] / TAU);
        count++;
      }
    }
    return sum / count;
  }

  /** Squared norms of every pair's user and positive. */
  double squares(double[][] users, double[][] items) {
    double sum = 0;
    for (int p = 0; p < batch.pairs().size(); p++) {
      sum += PairByPair.square(users[batch.pairs().users()[p]]);
      sum += PairByPair.square(items[batch.pairs().positives()[p]]);
    }
    return sum;
  }
}
