package bsl.benchmarks;

import bsl.backbones.LearningRateSchedule;
import bsl.backbones.MatrixFactorization;
import bsl.backbones.RankingTrainer;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;
import bsl.core.sampling.UserBatches;
import bsl.losses.RankingLoss;

/**
 * A training of MF with BSL over mini-batches of users, and its products and its optimiser by
 * themselves. Cosine scores, no dropout, no L2 term, uniform negatives.
 *
 * <p>Each part is made when it is first asked for, so that a measurement holds what it measures and
 * no more. Memory is what bounds large data.
 */
final class UserWorkload implements AutoCloseable {
  private static final long SEED = 1;
  private static final int ALL_PAIRS = 0;
  private static final int VIRTUAL_BATCH = 2048;
  private static final int STEPS_LOOKED_AT = 64;

  private final Interactions train;
  private final int batchUsers;
  private final int negatives;
  private final int dimension;
  private final Adam.Mode mode;
  private final Kernels kernels = Kernels.best();
  private final WorkPool pool;
  private final RankingLoss loss = MeasuredLosses.create("bsl");
  private final UserWork work;
  private final int stepsPerEpoch;
  private RankingTrainer trainer;
  private UserProducts products;
  private UserAdam adam;
  private int epoch;

  /**
   * @param train the observed pairs
   * @param batchUsers users per mini-batch
   * @param negatives items sampled per mini-batch, 0 for all items
   * @param dimension floats per embedding
   * @param mode of Adam
   * @param threads threads to use
   */
  UserWorkload(
      Interactions train,
      int batchUsers,
      int negatives,
      int dimension,
      Adam.Mode mode,
      int threads) {
    this.train = train;
    this.batchUsers = batchUsers;
    this.negatives = negatives;
    this.dimension = dimension;
    this.mode = mode;
    this.pool = new WorkPool(threads);
    UserBatches batches = batches();
    this.work = UserWork.ofFirstSteps(batches, STEPS_LOOKED_AT, dimension);
    this.stepsPerEpoch = batches.steps();
  }

  private UserBatches batches() {
    return new UserBatches(train, batchUsers, ALL_PAIRS, VIRTUAL_BATCH, negatives, false, SEED);
  }

  private Embeddings parameters() {
    return MatrixFactorization.initial(train.users(), train.items(), dimension, SEED);
  }

  /** Floor of a step. */
  UserWork work() {
    return work;
  }

  /** The loss that is trained. */
  RankingLoss loss() {
    return loss;
  }

  /** Steps per epoch. */
  int stepsPerEpoch() {
    return stepsPerEpoch;
  }

  /** Trains an epoch. */
  double epoch() {
    return trainer().trainEpoch(++epoch, done -> {}, () -> false);
  }

  /** Trains some steps, and begins epochs for it as often as needed. */
  int steps(int wanted) {
    int done = 0;
    while (done < wanted) {
      int[] steps = {0};
      int left = wanted - done;
      trainer().trainEpoch(++epoch, d -> steps[0] = d, () -> steps[0] == left);
      done += steps[0];
    }
    return done;
  }

  private RankingTrainer trainer() {
    if (trainer == null) {
      trainer =
          new RankingTrainer(
              new MatrixFactorization(parameters(), mode, kernels, pool),
              loss,
              ScoreFunction.COSINE,
              batches(),
              train,
              1,
              dimension,
              0,
              0,
              new LearningRateSchedule(1e-3, 0, 0, 1),
              SEED,
              kernels,
              pool);
    }
    return trainer;
  }

  /** The products of a step. */
  UserProducts products() {
    if (products == null) {
      UserBatches batches = batches();
      batches.beginEpoch(1);
      products = new UserProducts(batches.batch(0), dimension, kernels, pool);
    }
    return products;
  }

  /** The optimiser's part of a step. */
  UserAdam adam() {
    if (adam == null) {
      adam = new UserAdam(parameters(), mode, batches(), kernels, pool);
    }
    return adam;
  }

  /** Ends the threads. */
  @Override
  public void close() {
    pool.close();
  }
}
