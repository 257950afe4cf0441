package bsl.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.EpochBatches;
import bsl.core.sampling.MiniBatch;
import bsl.core.sampling.NegativeSampler;
import bsl.core.sampling.NegativeSharing;
import bsl.core.sampling.UserBatches;
import bsl.losses.BprLoss;
import bsl.losses.RankingLoss;
import bsl.losses.SoftmaxLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The learning rates of a trainer's steps, and what it refuses. */
class RankingTrainerTest {
  private static final int USERS = 20;
  private static final int ITEMS = 30;
  private static final int DIMENSION = 64;
  private static final Interactions PAIRS = DenseGraph.random(USERS, ITEMS, 0.3, 1);
  private static final LearningRateSchedule SCHEDULE = new LearningRateSchedule(0.01, 0, 0, 5);
  private static final Kernels KERNELS = Kernels.best();

  private static RankingTrainer ofPairs(
      Embeddings parameters, int dimension, double dropout, WorkPool pool) {
    return ofPairs(parameters, ITEMS, dimension, dropout, pool);
  }

  private static RankingTrainer ofPairs(
      Embeddings parameters, int items, int dimension, double dropout, WorkPool pool) {
    return new RankingTrainer(
        new MatrixFactorization(parameters, Adam.Mode.LAZY, KERNELS, pool),
        new SoftmaxLoss(0.2),
        ScoreFunction.COSINE,
        new EpochBatches(
            PAIRS, 16, NegativeSharing.SHARED, 9, NegativeSampler.uniform(ITEMS), 1, pool),
        items,
        dimension,
        dropout,
        0,
        SCHEDULE,
        1,
        KERNELS,
        pool);
  }

  private static RankingTrainer ofUsers(
      Embeddings parameters, int dimension, double ownWeight, double dropout, WorkPool pool) {
    return ofUsers(parameters, PAIRS, false, dimension, ownWeight, dropout, pool);
  }

  private static RankingTrainer ofUsers(
      Embeddings parameters,
      Interactions own,
      boolean byPopularity,
      double ownWeight,
      WorkPool pool) {
    return ofUsers(parameters, own, byPopularity, DIMENSION, ownWeight, 0, pool);
  }

  private static RankingTrainer ofUsers(
      Embeddings parameters,
      Interactions own,
      boolean byPopularity,
      int dimension,
      double ownWeight,
      double dropout,
      WorkPool pool) {
    return new RankingTrainer(
        new MatrixFactorization(parameters, Adam.Mode.LAZY, KERNELS, pool),
        new SoftmaxLoss(0.2),
        ScoreFunction.COSINE,
        new UserBatches(PAIRS, 8, 0, 0, 0, byPopularity, 1),
        own,
        ownWeight,
        dimension,
        dropout,
        0,
        SCHEDULE,
        1,
        KERNELS,
        pool);
  }

  /** A backbone that writes down the rates that it is given. */
  private record Recording(Backbone inner, List<Double> rates) implements Backbone {
    @Override
    public void beginEpoch(int epoch) {
      inner.beginEpoch(epoch);
    }

    @Override
    public void beginStep(MiniBatch batch) {
      inner.beginStep(batch);
    }

    @Override
    public Embeddings forward(Grouping users, Grouping items) {
      return inner.forward(users, items);
    }

    @Override
    public Embeddings forward() {
      return inner.forward();
    }

    @Override
    public double update(RowGradients users, RowGradients items, double penalty, double rate) {
      rates.add(rate);
      return inner.update(users, items, penalty, rate);
    }

    @Override
    public List<EmbeddingTable> state() {
      return inner.state();
    }

    @Override
    public void resumeAt(int steps) {
      inner.resumeAt(steps);
    }

    @Override
    public int steps() {
      return inner.steps();
    }
  }

  private static Backbone backbone(boolean onGraph, List<Double> rates, WorkPool pool) {
    Embeddings initial = MatrixFactorization.initial(USERS, ITEMS, DIMENSION, 1);
    Backbone inner =
        onGraph
            ? new LightGcn(
                NormalizedGraph.of(PAIRS), initial, 2, Penalised.ALL_LAYERS, KERNELS, pool)
            : new MatrixFactorization(initial, Adam.Mode.LAZY, KERNELS, pool);
    return new Recording(inner, rates);
  }

  private static RankingTrainer scheduled(
      Backbone backbone, boolean ofUsers, LearningRateSchedule schedule, WorkPool pool) {
    return scheduled(backbone, new SoftmaxLoss(0.2), ofUsers, schedule, pool);
  }

  private static RankingTrainer scheduled(
      Backbone backbone,
      RankingLoss loss,
      boolean ofUsers,
      LearningRateSchedule schedule,
      WorkPool pool) {
    ScoreFunction score = ScoreFunction.COSINE;
    if (ofUsers) {
      UserBatches batches = new UserBatches(PAIRS, 5, 0, 0, 0, false, 1);
      return new RankingTrainer(
          backbone, loss, score, batches, PAIRS, 1, DIMENSION, 0, 0, schedule, 1, KERNELS, pool);
    }
    int third = (PAIRS.size() + 2) / 3;
    EpochBatches batches =
        new EpochBatches(
            PAIRS, third, NegativeSharing.SHARED, 9, NegativeSampler.uniform(ITEMS), 1, pool);
    return new RankingTrainer(
        backbone, loss, score, batches, ITEMS, DIMENSION, 0, 0, schedule, 1, KERNELS, pool);
  }

  /**
   * Four epochs of three steps: two epochs of warm-up, one at the peak, and one in which the rate
   * falls. The last two are trained by another trainer, with a backbone that resumes.
   */
  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void everyStepHasItsRateOfTheWholeTraining(boolean ofUsers, boolean onGraph) {
    LearningRateSchedule schedule = new LearningRateSchedule(0.012, 2, 0.25, 4);
    List<Double> rates = new ArrayList<>();
    try (WorkPool pool = new WorkPool(1)) {
      Backbone begun = backbone(onGraph, rates, pool);
      RankingTrainer before = scheduled(begun, ofUsers, schedule, pool);
      assertThat(before.stepsPerEpoch()).isEqualTo(3);
      before.trainEpoch(1, done -> {}, () -> false);
      before.trainEpoch(2, done -> {}, () -> false);
      Backbone resumed = backbone(onGraph, rates, pool);
      for (int t = 0; t < begun.state().size(); t++) {
        resumed.state().get(t).copyFrom(begun.state().get(t));
      }
      resumed.resumeAt(6);
      RankingTrainer after = scheduled(resumed, ofUsers, schedule, pool);
      after.trainEpoch(3, done -> {}, () -> false);
      after.trainEpoch(4, done -> {}, () -> false);
    }
    double[] expected = {
      0.002, 0.004, 0.006, 0.008, 0.010, 0.012, 0.012, 0.012, 0.012, 0.012, 0.008, 0.004
    };

    assertThat(rates.stream().mapToDouble(rate -> rate).toArray())
        .containsExactly(expected, within(1e-15));
  }

  /**
   * One epoch with one loss, then one with another; against trainers that had one from the start.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void minimisesAnotherLossFromTheNextEpochOn(boolean ofUsers) {
    RankingLoss first = new SoftmaxLoss(0.2);
    RankingLoss second = new BprLoss();
    try (WorkPool pool = new WorkPool(1)) {
      Backbone changed = backbone(false, new ArrayList<>(), pool);
      RankingTrainer trainer = scheduled(changed, first, ofUsers, SCHEDULE, pool);
      trainer.trainEpoch(1, done -> {}, () -> false);
      trainer.minimise(second);
      trainer.trainEpoch(2, done -> {}, () -> false);

      Backbone resumed = backbone(false, new ArrayList<>(), pool);
      scheduled(resumed, first, ofUsers, SCHEDULE, pool).trainEpoch(1, done -> {}, () -> false);
      RankingTrainer made = scheduled(resumed, second, ofUsers, SCHEDULE, pool);
      made.trainEpoch(2, done -> {}, () -> false);

      assertThat(trainer.lastEpoch()).isEqualTo(made.lastEpoch());
      assertThat(changed.forward().users().values()).isEqualTo(resumed.forward().users().values());
    }
  }

  /** Of 40 dimensions a row has the length in memory that one of 64 has. */
  @ParameterizedTest
  @ValueSource(ints = {32, 40, 96})
  void embeddingsOfAnotherDimensionAreRefusedAndLeftAsTheyWere(int dimension) {
    Embeddings parameters = MatrixFactorization.initial(USERS, ITEMS, DIMENSION, 1);
    Embeddings before = parameters.copy();
    try (WorkPool pool = new WorkPool(1)) {
      for (RankingTrainer trainer :
          new RankingTrainer[] {
            ofPairs(parameters, dimension, 0, pool), ofUsers(parameters, dimension, 1, 0, pool)
          }) {
        assertThatThrownBy(() -> trainer.trainEpoch(1, done -> {}, () -> false))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("a trainer of dimension " + dimension)
            .hasMessageContaining("20 x 64");
      }
    }
    assertThat(Arrays.equals(parameters.users().values(), before.users().values())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"-1", "NaN", "1e-13", "1e13", "Infinity"})
  void whatIsNoWeightOfOwnPairsIsRefused(double ownWeight) {
    Embeddings parameters = MatrixFactorization.initial(USERS, ITEMS, DIMENSION, 1);
    try (WorkPool pool = new WorkPool(1)) {
      assertThatThrownBy(() -> ofUsers(parameters, DIMENSION, ownWeight, 0, pool))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("weight of own pairs must be 0 or between 1.0E-12 and 1.0E12: ");
    }
  }

  @Test
  void pairsAndItemsOfAnotherShapeAreRefused() {
    Embeddings parameters = MatrixFactorization.initial(USERS, ITEMS, DIMENSION, 1);
    try (WorkPool pool = new WorkPool(1)) {
      for (Interactions own :
          new Interactions[] {PAIRS.widened(USERS + 1, ITEMS), PAIRS.widened(USERS, ITEMS + 1)}) {
        assertThatThrownBy(() -> ofUsers(parameters, own, false, 0.5, pool))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "own pairs are of other users or items than the mini-batches, which have 20 users"
                    + " and 30 items: "
                    + own);
      }
      for (int items : new int[] {ITEMS - 1, ITEMS + 1}) {
        assertThatThrownBy(() -> ofPairs(parameters, items, DIMENSION, 0, pool))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("items are not those of the mini-batches, 30: " + items);
      }
    }
  }

  /** A weight of an item by popularity is about 1, and 1e-12 is the smallest that there is. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-12, 1e12})
  void aWeightOfOwnPairsThatIsNoneTogetherWithThoseOfItemsIsRefused(double ownWeight) {
    Embeddings parameters = MatrixFactorization.initial(USERS, ITEMS, DIMENSION, 1);
    try (WorkPool pool = new WorkPool(1)) {
      assertThat(ofUsers(parameters, PAIRS, false, ownWeight, pool)).isNotNull();
      assertThatThrownBy(() -> ofUsers(parameters, PAIRS, true, ownWeight, pool))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("weight of own pairs " + ownWeight + " times the weight ");
    }
  }

  /** A probability is drawn as a multiple of 2^-16: the last one below 1 is 65535 of 65536. */
  @ParameterizedTest
  @ValueSource(doubles = {0.999993, 0.99999999})
  void dropoutThatDropsEverythingIsRefused(double dropout) {
    Embeddings parameters = MatrixFactorization.initial(USERS, ITEMS, DIMENSION, 1);
    try (WorkPool pool = new WorkPool(1)) {
      assertThatThrownBy(() -> ofPairs(parameters, DIMENSION, dropout, pool))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("dropout is so close to 1 that all is dropped: " + dropout);
      assertThat(ofPairs(parameters, DIMENSION, 65535.0 / 65536, pool)).isNotNull();
    }
  }
}
