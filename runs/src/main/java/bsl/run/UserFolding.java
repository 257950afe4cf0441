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

  /** In-batch negatives are drawn as train pairs are, as popular ones are. */
  private static float[] weights(RunSpec spec, Interactions train) {
    NegativeSharing sharing = spec.negativeSharing();
    if (sharing != NegativeSharing.POPULAR && sharing != NegativeSharing.IN_BATCH) {
      return null;
    }
    int[] degrees = train.itemDegrees();
    float[] weights = new float[degrees.length];
    for (int item = 0; item < degrees.length; item++) {
      weights[item] = degrees[item];
    }
    return weights;
  }
}
