package bsl.run;

import bsl.backbones.FoldIn;
import bsl.core.EmbeddingTable;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.sampling.NegativeSharing;
import bsl.core.sampling.PairSampling;
import bsl.losses.NegativeWeights;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Gives embeddings to users who were not in train, from the items that they have, with a trained
 * run's item embeddings and its loss. See {@link FoldIn} for how.
 */
public final class UserFolding {
  private UserFolding() {}

  /**
   * A run, ready to fold users in.
   *
   * @param run the trained run
   * @param data what it was trained on
   * @param pool threads that do the work
   */
  public static FoldIn of(TrainedRun run, RunData data, WorkPool pool) {
    RunSpec spec = run.spec();
    if (spec.negativeSharing() == NegativeSharing.IN_BATCH) {
      // A peculiarity of mini-batches, of which there are none here.
      spec = spec.with(SettingKey.IN_BATCH_GRADIENT, "exact");
    }
    float[] weights = weights(spec, data.train());
    return new FoldIn(
        run.model().items(),
        spec.loss(),
        spec.trainScore(),
        meanNorm(run.model().users(), data.train()),
        groups(spec, data.train()),
        weights,
        ownWeight(spec.negativeNoiseOnTest() ? 1 : spec.negativeNoise(), weights),
        Kernels.best(),
        pool);
  }

  /** Mean norm of the users that were trained, so that scores are of the usual size. */
  private static double meanNorm(EmbeddingTable users, Interactions train) {
    double sum = 0;
    int count = 0;
    for (int user = 0; user < users.rows(); user++) {
      if (train.degree(user) > 0) {
        sum += Math.sqrt(users.squaredNorm(user));
        count++;
      }
    }
    return sum > 0 ? sum / count : 1;
  }

  private static int groups(RunSpec spec, Interactions train) {
    boolean all = spec.userWise() && spec.groupsByUser();
    return all ? 1 : (train.size() - 1) / spec.batchSize() + 1;
  }

  /**
   * Weights that add up to the number of negatives that a row had in training; null for one each.
   * Losses that are sums over negatives would weigh all items as more negatives than they were
   * trained with. What negative noise adds to a user's own items comes on top, as it does where a
   * mini-batch shares its negatives.
   */
  private static float[] weights(RunSpec spec, Interactions train) {
    double total = negatives(spec, train);
    NegativeSharing sharing = spec.negativeSharing();
    boolean uniform = sharing == NegativeSharing.SHARED || sharing == NegativeSharing.INDEPENDENT;
    if (uniform && total == train.items()) {
      return null;
    }
    boolean byUser =
        sharing == NegativeSharing.IN_BATCH && spec.pairSampling() == PairSampling.BY_USER;
    double[] shares =
        uniform ? evenShares(train) : byUser ? sharesByUser(train) : sharesByPair(train);
    float[] weights = new float[shares.length];
    for (int item = 0; item < weights.length; item++) {
      weights[item] = (float) (total * shares[item]);
    }
    return weights;
  }

  private static double[] evenShares(Interactions train) {
    double[] shares = new double[train.items()];
    Arrays.fill(shares, 1.0 / shares.length);
    return shares;
  }

  /** How often an item is that of a train pair. */
  private static double[] sharesByPair(Interactions train) {
    return Arrays.stream(train.itemDegrees()).mapToDouble(n -> (double) n / train.size()).toArray();
  }

  /** How often an item is that of a pair of a user that is drawn first. */
  private static double[] sharesByUser(Interactions train) {
    double[] shares = new double[train.items()];
    long users = IntStream.range(0, train.users()).filter(u -> train.degree(u) > 0).count();
    for (int user = 0; user < train.users(); user++) {
      for (int item : train.itemsOf(user)) {
        shares[item] += 1.0 / users / train.degree(user);
      }
    }
    return shares;
  }

  /** The nearest one whose products with all weights are weights. */
  private static double ownWeight(double noise, float[] weights) {
    if (noise == 0 || weights == null) {
      return noise;
    }
    double least = Double.POSITIVE_INFINITY;
    double largest = 0;
    for (float weight : weights) {
      least = weight > 0 ? Math.min(least, weight) : least;
      largest = Math.max(largest, weight);
    }
    // A little within, as products are rounded.
    double low = 1.001 * NegativeWeights.SMALLEST / least;
    double high = 0.999 * NegativeWeights.LARGEST / largest;
    return Math.max(low, Math.min(high, noise));
  }

  private static int negatives(RunSpec spec, Interactions train) {
    NegativeSharing sharing = spec.negativeSharing();
    if (sharing == NegativeSharing.IN_BATCH) {
      return Math.min(spec.batchSize(), train.size()) - 1;
    }
    boolean distinct = spec.userWise() || sharing == NegativeSharing.SHARED;
    boolean all = spec.negatives() == 0 || spec.negatives() > train.items();
    return distinct && all ? train.items() : spec.negatives();
  }
}
