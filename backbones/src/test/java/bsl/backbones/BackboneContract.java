package bsl.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.sampling.EpochBatches;
import bsl.core.sampling.MiniBatch;
import bsl.core.sampling.NegativeSampler;
import bsl.core.sampling.NegativeSharing;
import bsl.core.sampling.UserBatches;
import bsl.losses.BilateralSoftmaxLoss;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link Backbone} must do. A backbone's test extends this class and says how the
 * backbone is made; the tests train it on a small graph with nodes that have no pairs.
 */
public abstract class BackboneContract {
  /** Users of the graph; every fourth has no pairs. */
  protected static final int USERS = 25;

  /** Items of the graph; every fourth has no pairs. */
  protected static final int ITEMS = 40;

  /** Floats per embedding of the parameters. */
  protected static final int DIMENSION = 5;

  private static final double L2 = 0.05;

  /** Half widths of difference quotients; shorter ones, of more noise, meet fewer kinks. */
  private static final float[] STEPS = {0x1p-10f, 0x1p-12f};

  /** What {@link Arrays#mismatch} says of equal arrays. */
  private static final int SAME = -1;

  private static final Interactions PAIRS = pairs(USERS, ITEMS, 0.3);

  /** Of more nodes than any block has. */
  private static final Interactions MANY_PAIRS = pairs(330, 390, 0.02);

  /**
   * A table that is trained.
   *
   * @param parameters its index in {@link Backbone#state}
   * @param firstMoments the index of Adam's first moments of it
   */
  protected record Trained(int parameters, int firstMoments) {}

  /**
   * A new backbone; the same arguments must give the same bits.
   *
   * @param pairs the train pairs
   * @param initial initial embeddings of the parameters, to be trained in place
   */
  protected abstract Backbone backbone(
      Interactions pairs, Embeddings initial, Kernels kernels, WorkPool pool);

  /** Floats per final embedding. */
  protected int width() {
    return DIMENSION;
  }

  /** The tables that are trained. */
  protected List<Trained> trained() {
    return List.of(new Trained(0, 2), new Trained(1, 4));
  }

  /**
   * The gradient of the first step with respect to a row of a table that is trained, by the state
   * after it.
   */
  protected double[] gradient(Backbone stepped, Trained table, int row) {
    float[] moments = stepped.state().get(table.firstMoments()).row(row);
    double[] gradient = new double[moments.length];
    Arrays.setAll(gradient, d -> moments[d] / momentOfGradient());
    return gradient;
  }

  /** Adam's first moments after one step, relative to the gradient of that step. */
  protected double momentOfGradient() {
    return 0.1;
  }

  /** Whether training reads what evaluation reads; not so with dropout or noise inside. */
  protected boolean trainsOnFinalEmbeddings() {
    return true;
  }

  /** Whether dropout or noise inside reaches nodes without pairs, too. */
  protected boolean noiseReachesNodesWithoutPairs() {
    return true;
  }

  private static Interactions pairs(int users, int items, double density) {
    RandomStream random = RandomStream.of(1, Purpose.TEST);
    List<int[]> pairs = new ArrayList<>();
    for (int u = 0; u < users; u++) {
      for (int i = 0; i < items; i++) {
        if (u % 4 != 3 && i % 4 != 0 && random.nextDouble() < density) {
          pairs.add(new int[] {u, i});
        }
      }
    }
    return Interactions.of(
        users,
        items,
        pairs.stream().mapToInt(pair -> pair[0]).toArray(),
        pairs.stream().mapToInt(pair -> pair[1]).toArray());
  }

  private Backbone backbone(Kernels kernels, WorkPool pool) {
    Embeddings initial = MatrixFactorization.initial(USERS, ITEMS, DIMENSION, 4);
    return backbone(PAIRS, initial, kernels, pool);
  }

  private RankingTrainer trainer(
      Backbone backbone,
      NegativeSharing sharing,
      ScoreFunction score,
      Kernels kernels,
      WorkPool pool) {
    return new RankingTrainer(
        backbone,
        BilateralSoftmaxLoss.codeForm(0.3, 1.1, Mode.MULTI, kernels),
        score,
        new EpochBatches(PAIRS, 32, sharing, 12, NegativeSampler.uniform(ITEMS), 3, pool),
        ITEMS,
        width(),
        0,
        L2,
        new LearningRateSchedule(0.02, 0, 0, 50),
        1,
        kernels,
        pool);
  }

  /**
   * Over mini-batches of users, some of whom come several times an epoch, with groups of positives
   * and another weight for own ones.
   */
  private RankingTrainer userWise(
      Interactions pairs, Backbone backbone, int batchUsers, Kernels kernels, WorkPool pool) {
    return new RankingTrainer(
        backbone,
        BilateralSoftmaxLoss.codeForm(0.3, 1.1, Mode.MULTI, kernels),
        ScoreFunction.COSINE,
        new UserBatches(pairs, batchUsers, 4, pairs.size() / 2, 0, true, 3),
        pairs,
        0.5,
        width(),
        0,
        L2,
        new LearningRateSchedule(0.02, 0, 0, 50),
        1,
        kernels,
        pool);
  }

  private RankingTrainer trainer(
      Backbone backbone, boolean userWise, Kernels kernels, WorkPool pool) {
    return userWise
        ? userWise(PAIRS, backbone, 5, kernels, pool)
        : trainer(backbone, NegativeSharing.SHARED, ScoreFunction.COSINE, kernels, pool);
  }

  private static void train(RankingTrainer trainer, int fromEpoch, int toEpoch) {
    for (int epoch = fromEpoch; epoch <= toEpoch; epoch++) {
      trainer.trainEpoch(epoch, done -> {}, () -> false);
    }
  }

  private static List<EmbeddingTable> copy(List<EmbeddingTable> state) {
    return state.stream().map(EmbeddingTable::copy).toList();
  }

  /** State and final embeddings after three epochs. */
  private List<EmbeddingTable> trained(boolean userWise, Kernels kernels, int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      Backbone backbone = backbone(kernels, pool);
      train(trainer(backbone, userWise, kernels, pool), 1, 3);
      return tables(backbone);
    }
  }

  private static void assertSameBits(List<EmbeddingTable> actual, List<EmbeddingTable> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int t = 0; t < expected.size(); t++) {
      assertThat(Arrays.mismatch(actual.get(t).values(), expected.get(t).values()))
          .as("first float of table %d that differs", t)
          .isEqualTo(SAME);
    }
  }

  /**
   * The gradient, as Adam's first moments after one step have it, against difference quotients of
   * the whole of what the trainer minimises. A slope must lie between the quotients to its left and
   * to its right, which differ at kinks and by the curvature; the tolerance is for rounding, since
   * values are those of single precision.
   */
  @ParameterizedTest
  @CsvSource({"SHARED, COSINE", "IN_BATCH, INNER_PRODUCT"})
  void aStepFollowsTheGradientOfAllThatIsMinimised(NegativeSharing sharing, ScoreFunction score) {
    MiniBatch batch = PairByPair.batch(sharing, 19, 7, USERS, ITEMS);
    assertFollowsTheGradient(
        (backbone, pool) ->
            trainer(backbone, sharing, score, Kernels.best(), pool).trainPairs(batch, 1, 0, 0.01));
  }

  /** All users are one mini-batch, so an epoch is a step. */
  @Test
  void aStepOfUsersFollowsTheGradientOfAllThatIsMinimised() {
    assertFollowsTheGradient(
        (backbone, pool) ->
            userWise(PAIRS, backbone, PAIRS.size(), Kernels.best(), pool)
                .trainEpoch(1, done -> {}, () -> false));
  }

  private void assertFollowsTheGradient(ToDoubleBiFunction<Backbone, WorkPool> step) {
    try (WorkPool pool = new WorkPool(1)) {
      Backbone stepped = backbone(Kernels.best(), pool);
      double value = valueOf(step, stepped, pool);
      for (Trained table : trained()) {
        EmbeddingTable moments = stepped.state().get(table.firstMoments());
        double largest = 0;
        double worst = 0;
        for (int r = 0; r < moments.rows(); r++) {
          double[] gradient = gradient(stepped, table, r);
          for (int d = r % 3; d < moments.dimension(); d += 3) {
            double slope = gradient[d];
            double outside = Double.POSITIVE_INFINITY;
            for (int h = 0; h < STEPS.length && outside > 0; h++) {
              float width = STEPS[h];
              double left = value - shifted(table.parameters(), r, d, -width, step, pool);
              double right = shifted(table.parameters(), r, d, width, step, pool) - value;
              double low = Math.min(left, right) / width;
              double high = Math.max(left, right) / width;
              largest = Math.max(largest, Math.abs(left + right) / (2 * width));
              outside = Math.min(outside, Math.max(low - slope, slope - high));
            }
            worst = Math.max(worst, outside);
          }
        }
        assertThat(largest).as("table %d", table.parameters()).isPositive();
        assertThat(worst).as("table %d", table.parameters()).isLessThan(0.01 * largest);
      }
    }
  }

  private static double valueOf(
      ToDoubleBiFunction<Backbone, WorkPool> step, Backbone backbone, WorkPool pool) {
    backbone.beginEpoch(1);
    return step.applyAsDouble(backbone, pool);
  }

  /** What is minimised if one parameter is larger by {@code shift}. */
  private double shifted(
      int table,
      int row,
      int element,
      float shift,
      ToDoubleBiFunction<Backbone, WorkPool> step,
      WorkPool pool) {
    Backbone shifted = backbone(Kernels.best(), pool);
    EmbeddingTable parameters = shifted.state().get(table);
    parameters.values()[parameters.offset(row) + element] += shift;
    return valueOf(step, shifted, pool);
  }

  /** On a graph that is cut into several blocks on either side, as mini-batches are. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noNumberOfThreadsChangesABit(boolean userWise) {
    List<EmbeddingTable> expected = trainedOnManyNodes(userWise, 1);

    for (int threads : new int[] {2, 3, 8}) {
      assertSameBits(trainedOnManyNodes(userWise, threads), expected);
    }
  }

  /** State and final embeddings after two epochs of one step or a few. */
  private List<EmbeddingTable> trainedOnManyNodes(boolean userWise, int threads) {
    int users = MANY_PAIRS.users();
    int items = MANY_PAIRS.items();
    Kernels kernels = Kernels.best();
    try (WorkPool pool = new WorkPool(threads)) {
      Backbone backbone =
          backbone(
              MANY_PAIRS, MatrixFactorization.initial(users, items, DIMENSION, 4), kernels, pool);
      RankingTrainer trainer =
          userWise
              ? userWise(MANY_PAIRS, backbone, 130, kernels, pool)
              : new RankingTrainer(
                  backbone,
                  BilateralSoftmaxLoss.codeForm(0.3, 1.1, Mode.MULTI, kernels),
                  ScoreFunction.COSINE,
                  new EpochBatches(
                      MANY_PAIRS,
                      700,
                      NegativeSharing.SHARED,
                      150,
                      NegativeSampler.uniform(items),
                      3,
                      pool),
                  items,
                  width(),
                  0,
                  L2,
                  new LearningRateSchedule(0.02, 0, 0, 50),
                  1,
                  kernels,
                  pool);
      train(trainer, 1, 2);
      return tables(backbone);
    }
  }

  private static List<EmbeddingTable> tables(Backbone backbone) {
    List<EmbeddingTable> tables = new ArrayList<>(copy(backbone.state()));
    Embeddings last = backbone.forward();
    tables.add(last.users().copy());
    tables.add(last.items().copy());
    return tables;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void scalarKernelsGiveTheBitsOfVectorKernels(boolean userWise) {
    assertSameBits(trained(userWise, Kernels.scalar(), 1), trained(userWise, Kernels.best(), 1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void resumesToTheBitsOfAnUninterruptedTraining(boolean userWise) {
    Kernels kernels = Kernels.best();
    try (WorkPool pool = new WorkPool(2)) {
      Backbone whole = backbone(kernels, pool);
      train(trainer(whole, userWise, kernels, pool), 1, 4);
      Backbone before = backbone(kernels, pool);
      train(trainer(before, userWise, kernels, pool), 1, 2);
      Backbone after = backbone(kernels, pool);
      List<EmbeddingTable> saved = copy(before.state());
      for (int t = 0; t < saved.size(); t++) {
        after.state().get(t).copyFrom(saved.get(t));
      }
      after.resumeAt(before.steps());
      train(trainer(after, userWise, kernels, pool), 3, 4);

      assertThat(before.steps()).isPositive();
      assertThat(after.steps()).isEqualTo(whole.steps()).isEqualTo(2 * before.steps());
      assertSameBits(after.state(), whole.state());
      assertThat(Arrays.mismatch(saved.get(0).values(), whole.state().get(0).values()))
          .as("the later epochs train")
          .isNotEqualTo(SAME);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void evaluationInBetweenChangesNoBitOfTheTraining(boolean userWise) {
    Kernels kernels = Kernels.best();
    try (WorkPool pool = new WorkPool(2)) {
      Backbone undisturbed = backbone(kernels, pool);
      train(trainer(undisturbed, userWise, kernels, pool), 1, 3);
      Backbone evaluated = backbone(kernels, pool);
      RankingTrainer trainer = trainer(evaluated, userWise, kernels, pool);
      for (int epoch = 1; epoch <= 3; epoch++) {
        train(trainer, epoch, epoch);
        evaluated.forward();
      }

      assertSameBits(evaluated.state(), undisturbed.state());
    }
  }

  /** Nodes without pairs get no gradient of their own but Adam's steps and the L2 term. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allRowsStayFiniteAndPaddingStaysZero(boolean userWise) {
    for (EmbeddingTable table : trained(userWise, Kernels.best(), 1)) {
      for (int r = 0; r < table.rows(); r++) {
        for (int d = 0; d < table.stride(); d++) {
          float value = table.values()[table.offset(r) + d];
          assertThat(value).isFinite();
          assertThat(d < table.dimension() || value == 0f).as("padding").isTrue();
        }
      }
    }
  }

  @Test
  void whatAStepReadsIsWhatEvaluationReads() {
    Kernels kernels = Kernels.best();
    int[] userRows = {7, 3, 7, 0};
    int[] itemRows = {39, 4, 5};
    try (WorkPool pool = new WorkPool(2)) {
      Backbone backbone = backbone(kernels, pool);
      train(trainer(backbone, false, kernels, pool), 1, 1);
      Grouping users = new Grouping();
      users.reset(userRows, userRows.length);
      Grouping items = new Grouping();
      items.reset(itemRows, itemRows.length);
      Embeddings some = backbone.forward(users, items).copy();
      Embeddings all = backbone.forward();

      assertThat(all.users().dimension()).isEqualTo(width());
      assertThat(some.users().dimension()).isEqualTo(width());
      for (int user : userRows) {
        assertThat(Arrays.equals(some.users().row(user), all.users().row(user)))
            .as("user %d", user)
            .isEqualTo(isRead(PAIRS.degree(user)));
      }
      for (int item : itemRows) {
        assertThat(Arrays.equals(some.items().row(item), all.items().row(item)))
            .as("item %d", item)
            .isEqualTo(isRead(PAIRS.transpose().degree(item)));
      }
    }
  }

  /** Whether training reads a final embedding of a node of that degree. */
  private boolean isRead(int degree) {
    return trainsOnFinalEmbeddings() || degree == 0 && !noiseReachesNodesWithoutPairs();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void trainingLowersWhatIsMinimisedAndSaysOfWhatItConsists(boolean userWise) {
    Kernels kernels = Kernels.best();
    try (WorkPool pool = new WorkPool(1)) {
      RankingTrainer trainer = trainer(backbone(kernels, pool), userWise, kernels, pool);
      assertThat(trainer.lastEpoch()).isEmpty();
      double first = trainer.trainEpoch(1, done -> {}, () -> false);
      train(trainer, 2, 14);
      double last = trainer.trainEpoch(15, done -> {}, () -> false);
      EpochLoss parts = trainer.lastEpoch().orElseThrow();

      assertThat(last).isLessThan(first);
      assertThat(parts.ranking() + parts.penalty() + parts.auxiliary())
          .isCloseTo(last, within(1e-12 * Math.max(1, Math.abs(last))));
      assertThat(parts.penalty()).isPositive();
      assertThat(trainer.trainEpoch(16, done -> {}, () -> true)).isNaN();
      assertThat(trainer.lastEpoch()).contains(parts);
    }
  }
}
