package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.sampling.EpochBatches;
import bsl.core.sampling.MiniBatch;
import bsl.core.sampling.UserBatches;
import bsl.losses.RankingLoss;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Fits any {@link Backbone} to any {@link RankingLoss}, one epoch at a time.
 *
 * <p>Given the same data, settings and seed the result is the same bit for bit, whatever the number
 * of threads.
 */
public final class RankingTrainer {
  private final Backbone backbone;
  private final LearningRateSchedule schedule;
  private final TrainingStep step;
  private final double l2;
  private final int dimension;

  // Parts of the last step's value.
  private double ranking;
  private double penalty;

  private EpochLoss lastEpoch;

  /**
   * A trainer over mini-batches of pairs.
   *
   * @param backbone what to fit
   * @param loss what to minimise
   * @param score how embeddings make a score in training
   * @param batches where pairs and negatives come from
   * @param items number of items in the catalogue, as the mini-batches have it
   * @param dimension floats per final embedding of the backbone
   * @param dropout probability that an element of a user embedding is dropped, in [0, 1), rounded
   *     to a multiple of 2^-16, which is below 1, too
   * @param l2 weight of the L2 term, at least 0: l2 / (2 B) times the squared norms of the
   *     embeddings of every pair's user, positive and negatives, as the reference implementation
   *     has it
   * @param schedule learning rate by step
   * @param seed the run's seed
   * @param kernels implementation of the inner loops
   * @param pool threads to use
   * @throws IllegalArgumentException if a number is out of range or {@code items} is another
   */
  public RankingTrainer(
      Backbone backbone,
      RankingLoss loss,
      ScoreFunction score,
      EpochBatches batches,
      int items,
      int dimension,
      double dropout,
      double l2,
      LearningRateSchedule schedule,
      long seed,
      Kernels kernels,
      WorkPool pool) {
    this(
        backbone,
        new PairStep(
            batches, new FusedStep(loss, score, dimension, dropout, seed, kernels, pool), items),
        dimension,
        l2,
        schedule);
  }

  /**
   * A trainer over mini-batches of users.
   *
   * @param backbone what to fit
   * @param loss what to minimise
   * @param score how embeddings make a score in training
   * @param batches where users, their pairs and their negatives come from
   * @param own pairs that have another weight among the negatives, usually the train pairs; of as
   *     many users and items as the mini-batches are
   * @param ownWeight that weight, 0 or from 1e-12 to 1e12; other items have 1. So must its product
   *     with the weight of each item of {@code own} be, where items have weights
   * @param dimension floats per final embedding of the backbone
   * @param dropout probability that an element of a user embedding is dropped, in [0, 1), rounded
   *     to a multiple of 2^-16, which is below 1, too
   * @param l2 weight of the L2 term, at least 0: l2 / (2 B) times the squared norms of the
   *     embeddings of every pair's user and positive, B being the pairs of the mini-batch
   * @param schedule learning rate by step
   * @param seed the run's seed
   * @param kernels implementation of the inner loops
   * @param pool threads to use
   * @throws IllegalArgumentException if a number is out of range or {@code own} of another shape
   */
  public RankingTrainer(
      Backbone backbone,
      RankingLoss loss,
      ScoreFunction score,
      UserBatches batches,
      Interactions own,
      double ownWeight,
      int dimension,
      double dropout,
      double l2,
      LearningRateSchedule schedule,
      long seed,
      Kernels kernels,
      WorkPool pool) {
    this(
        backbone,
        new UserStep(loss, score, batches, own, ownWeight, dimension, dropout, seed, kernels, pool),
        dimension,
        l2,
        schedule);
  }

  private RankingTrainer(
      Backbone backbone,
      TrainingStep step,
      int dimension,
      double l2,
      LearningRateSchedule schedule) {
    if (!(l2 >= 0 && l2 < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("l2 must be at least 0: " + l2);
    }
    this.backbone = backbone;
    this.step = step;
    this.schedule = schedule;
    this.l2 = l2;
    this.dimension = dimension;
  }

  /** Steps of one epoch. */
  public int stepsPerEpoch() {
    return step.steps();
  }

  /**
   * Trains one epoch.
   *
   * @param epoch number of the epoch, counted from 1; fixes shuffling, negatives and dropout
   * @param progress told the number of steps done in this epoch, after each step
   * @param cancelled asked before each step; once true, the epoch is broken off
   * @return mean over the steps of all that is minimised: ranking loss, L2 term and the backbone's
   *     auxiliary terms; NaN if broken off
   * @throws IllegalArgumentException if the backbone's embeddings have another dimension
   */
  public double trainEpoch(int epoch, IntConsumer progress, BooleanSupplier cancelled) {
    step.beginEpoch(epoch);
    backbone.beginEpoch(epoch);
    int steps = step.steps();
    double sum = 0;
    double rankingSum = 0;
    double penaltySum = 0;
    double auxiliarySum = 0;
    for (int s = 0; s < steps; s++) {
      if (cancelled.getAsBoolean()) {
        return Double.NaN;
      }
      double rate = schedule.at(backbone.steps(), steps);
      sum += trainStep(step.begin(s), epoch, s, rate);
      rankingSum += ranking;
      penaltySum += penalty;
      auxiliarySum += backbone.auxiliaryValue();
      progress.accept(s + 1);
    }
    lastEpoch = new EpochLoss(rankingSum / steps, penaltySum / steps, auxiliarySum / steps);
    return sum / steps;
  }

  /**
   * Takes another loss from the next epoch on, for example one with another temperature.
   *
   * @param loss what to minimise
   */
  public void minimise(RankingLoss loss) {
    step.minimise(Objects.requireNonNull(loss, "loss"));
  }

  /** The parts of what the last epoch that was not broken off minimised; empty before the first. */
  public Optional<EpochLoss> lastEpoch() {
    return Optional.ofNullable(lastEpoch);
  }

  /**
   * Takes one optimiser step on a mini-batch of pairs.
   *
   * @param batch pairs and negatives
   * @param epoch names the dropout stream
   * @param index names the dropout stream
   * @param learningRate step size
   * @return mean loss of the pairs plus L2 term and auxiliary terms, before the step
   */
  double trainPairs(MiniBatch batch, int epoch, int index, double learningRate) {
    return trainStep(((PairStep) step).begin(batch), epoch, index, learningRate);
  }

  private double trainStep(MiniBatch batch, int epoch, int index, double learningRate) {
    backbone.beginStep(batch);
    Embeddings embeddings = backbone.forward(step.users(), step.items());
    if (embeddings.users().dimension() != dimension) {
      throw new IllegalArgumentException(
          "a trainer of dimension " + dimension + " for embeddings " + embeddings.users());
    }
    ranking = step.run(embeddings, epoch, index);
    double weight = l2 / (2.0 * batch.size());
    penalty = backbone.update(step.userGradients(), step.itemGradients(), weight, learningRate);
    return ranking + (penalty + backbone.auxiliaryValue());
  }
}
