package bsl.run;

import bsl.backbones.FoldIn;
import bsl.core.EmbeddingTable;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.sampling.NegativeSharing;

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
    return new FoldIn(
        run.model().items(),
        spec.loss(),
        spec.trainScore(),
        meanNorm(run.model().users(), data.train()),
        groups(spec, data.train()),
        weights(spec, data.train()),
        spec.negativeNoiseOnTest() ? 1 : spec.negativeNoise(),
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
   * trained with. In-batch negatives are drawn as train pairs are, as popular ones are.
   */
  private static float[] weights(RunSpec spec, Interactions train) {
    int items = train.items();
    double total = negatives(spec, train);
    NegativeSharing sharing = spec.negativeSharing();
    boolean popular = sharing == NegativeSharing.POPULAR || sharing == NegativeSharing.IN_BATCH;
    if (!popular && total == items) {
      return null;
    }
    int[] degrees = train.itemDegrees();
    float[] weights = new float[items];
    for (int item = 0; item < items; item++) {
      double share = popular ? (double) degrees[item] / train.size() : 1.0 / items;
      weights[item] = (float) (total * share);
    }
    return weights;
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
