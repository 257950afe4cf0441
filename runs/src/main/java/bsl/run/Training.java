package bsl.run;

import bsl.backbones.Backbone;
import bsl.backbones.LearningRateSchedule;
import bsl.backbones.RankingTrainer;
import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.sampling.EpochBatches;
import bsl.core.sampling.NegativeSampler;
import bsl.core.sampling.NegativeSharing;
import bsl.core.sampling.UserBatches;
import bsl.noise.NegativeNoise;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * What a run's settings make of train pairs: a backbone with its initial parameters, and the epochs
 * that train it. Knows nothing of evaluation or of disks.
 */
public final class Training {
  private final RunSpec spec;
  private final Backbone backbone;
  private final RankingTrainer trainer;

  /**
   * @param spec settings; those of protocol, evaluation and positive noise do not count here
   * @param train pairs to train on
   * @param positives pairs that {@code negative_noise} is about: train pairs or, where {@code
   *     negative_noise_on} says so, test pairs
   * @param pool threads; the result does not depend on how many
   * @throws InputException if settings do not go with these pairs: negative noise leaves some user
   *     without negatives, in-batch sampling has a single pair, dropout leaves nothing, or
   *     something exceeds what an array can hold
   */
  public Training(
      RunSpec spec, Interactions train, Interactions positives, Kernels kernels, WorkPool pool) {
    this.spec = spec;
    TrainingLimits limits = new TrainingLimits(spec, train);
    limits.check();
    LearningRateSchedule schedule =
        new LearningRateSchedule(
            spec.learningRate(), spec.warmUpEpochs(), spec.decayFraction(), spec.epochs());
    if (spec.userWise()) {
      new NegativesLeft(spec, train).check(positives);
      UserBatches batches = userBatches(spec, train);
      backbone = backbone(new BackboneInput(spec, train, batches.steps(), kernels, pool));
      int dimension = dimension(limits);
      trainer =
          checked(
              () ->
                  new RankingTrainer(
                      backbone,
                      spec.loss(),
                      spec.trainScore(),
                      batches,
                      positives,
                      spec.negativeNoise(),
                      dimension,
                      spec.dropout(),
                      spec.l2(),
                      schedule,
                      spec.seed(),
                      kernels,
                      pool));
      return;
    }
    EpochBatches batches =
        new EpochBatches(
            train,
            spec.pairSampling(),
            spec.batchSize(),
            spec.negativeSharing(),
            spec.negatives(),
            sampler(spec, positives),
            spec.seed(),
            pool);
    backbone = backbone(new BackboneInput(spec, train, batches.steps(), kernels, pool));
    int dimension = dimension(limits);
    trainer =
        checked(
            () ->
                new RankingTrainer(
                    backbone,
                    spec.loss(),
                    spec.trainScore(),
                    batches,
                    train.items(),
                    dimension,
                    spec.dropout(),
                    spec.l2(),
                    schedule,
                    spec.seed(),
                    kernels,
                    pool));
  }

  /** Floats per final embedding, once they are known to fit into arrays. */
  private int dimension(TrainingLimits limits) {
    EmbeddingTable users = backbone.forward().users();
    limits.check(users.stride());
    return users.dimension();
  }

  /** What a trainer refuses is a setting's value. */
  private static RankingTrainer checked(Supplier<RankingTrainer> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  private static UserBatches userBatches(RunSpec spec, Interactions train) {
    return new UserBatches(
        train,
        spec.batchUsers(),
        spec.pairsPerUser(),
        spec.groupsByVirtualBatch() ? spec.batchSize() : 0,
        spec.negatives(),
        spec.negativeSharing() == NegativeSharing.POPULAR,
        spec.seed());
  }

  private static Backbone backbone(BackboneInput input) {
    String name = input.spec().backbone();
    try {
      return BackboneKinds.named(name).create(input);
    } catch (IllegalArgumentException e) {
      throw new InputException("backbone " + name + ": " + e.getMessage(), e);
    }
  }

  private static NegativeSampler sampler(RunSpec spec, Interactions positives) {
    if (spec.negativeNoise() == 1) {
      return NegativeSampler.uniform(positives.items());
    }
    try {
      return new NegativeNoise(positives, spec.negativeNoise());
    } catch (IllegalArgumentException e) {
      throw new InputException("negative_noise " + spec.negativeNoise() + ": " + e.getMessage(), e);
    }
  }

  /** Trains one epoch, see {@link RankingTrainer#trainEpoch}. */
  public double trainEpoch(int epoch, IntConsumer progress, BooleanSupplier cancelled) {
    if (spec.changesTemperature()) {
      trainer.minimise(spec.loss(epoch));
    }
    return trainer.trainEpoch(epoch, progress, cancelled);
  }

  /** Final embeddings as trained so far; overwritten by further training. */
  public Embeddings embeddings() {
    return backbone.forward();
  }

  /**
   * Whether no score of the embeddings as trained so far can be infinite or no number. A training
   * that diverges in its last step ends like any other.
   */
  public boolean hasFiniteScores() {
    Embeddings model = embeddings();
    double largest = Math.sqrt(Float.MAX_VALUE / model.users().dimension());
    for (EmbeddingTable table : List.of(model.users(), model.items())) {
      for (float value : table.values()) {
        if (!(Math.abs(value) < largest)) {
          return false;
        }
      }
    }
    return true;
  }

  Backbone backbone() {
    return backbone;
  }

  int stepsPerEpoch() {
    return trainer.stepsPerEpoch();
  }
}
