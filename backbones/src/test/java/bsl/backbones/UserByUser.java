package bsl.backbones;

import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.sampling.UserBatch;
import java.util.function.IntToDoubleFunction;

/** Loss and L2 term of a mini-batch of users, worked out score by score in double precision. */
final class UserByUser {
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

  private final UserBatch batch;
  private final int items;
  private final Loss loss;
  private final ScoreFunction score;
  private final double[][] weights;

  UserByUser(
      UserBatch batch,
      boolean sampled,
      boolean byPopularity,
      Interactions train,
      Interactions own,
      double ownWeight,
      Loss loss,
      ScoreFunction score) {
    this.batch = batch;
    this.items = train.items();
    this.loss = loss;
    this.score = score;
    this.weights = new double[batch.rows()][];
    double[] shares = new double[items];
    for (int item : train.pairItems()) {
      shares[item] += 1.0 / train.size();
    }
    for (int r = 0; r < weights.length; r++) {
      weights[r] = sampled ? drawn() : expected(byPopularity, shares);
      for (int item : own.itemsOf(batch.user(r))) {
        weights[r][item] *= ownWeight;
      }
    }
  }

  /** What each item of the sample stands for. */
  private double[] drawn() {
    double[] times = new double[items];
    for (int c = 0; c < batch.negatives(); c++) {
      times[batch.columns()[c]] = batch.weights()[c];
    }
    return times;
  }

  /** What each item stands for among as many as there are. */
  private double[] expected(boolean byPopularity, double[] shares) {
    double[] times = new double[items];
    for (int i = 0; i < items; i++) {
      times[i] = byPopularity ? shares[i] * items : 1;
    }
    return times;
  }

  /** Mean over the pairs. */
  double value(double[][] users, double[][] itemRows) {
    double sum = 0;
    for (int r = 0; r < batch.rows(); r++) {
      int user = batch.user(r);
      double[] scores = new double[items];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = PairByPair.score(users[user], itemRows[i], score);
      }
      if (sum(weights[r], i -> 1) == 0) {
        continue; // Nothing to compare with: the user has no part in the loss.
      }
      for (int p = batch.begin(r); p < batch.end(r); p++) {
        sum += ofPair(p, scores, weights[r]);
      }
    }
    return sum / batch.pairs().size();
  }

  private double ofPair(int pair, double[] scores, double[] times) {
    double positive = scores[batch.pairs().positives()[pair]];
    return switch (loss) {
      case BSL ->
          -Math.log(expectation(pair, scores))
              + RHO * Math.log(sum(times, i -> Math.exp(scores[i] / TAU)) / sum(times, i -> 1));
      case SL -> -positive / TAU + Math.log(sum(times, i -> Math.exp(scores[i] / TAU)));
      case BPR -> sum(times, i -> Math.log1p(Math.exp(scores[i] - positive))) / sum(times, i -> 1);
      case MSE ->
          (positive - 1) * (positive - 1) / 2
              + NEGATIVE_WEIGHT * sum(times, i -> scores[i] * scores[i]) / 2;
    };
  }

  private static double sum(double[] times, IntToDoubleFunction term) {
    double sum = 0;
    for (int i = 0; i < times.length; i++) {
      sum += times[i] == 0 ? 0 : times[i] * term.applyAsDouble(i);
    }
    return sum;
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
  double squares(double[][] users, double[][] itemRows) {
    double sum = 0;
    for (int p = 0; p < batch.pairs().size(); p++) {
      sum += PairByPair.square(users[batch.pairs().users()[p]]);
      sum += PairByPair.square(itemRows[batch.pairs().positives()[p]]);
    }
    return sum;
  }
}
