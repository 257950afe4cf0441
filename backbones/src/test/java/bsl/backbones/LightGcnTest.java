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
import bsl.core.sampling.EpochBatches;
import bsl.core.sampling.MiniBatch;
import bsl.core.sampling.NegativeSampler;
import bsl.core.sampling.NegativeSharing;
import bsl.losses.BilateralSoftmaxLoss;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A step of LightGCN against the same step on full matrices in double precision. */
class LightGcnTest {
  private static final double TAU = 0.2;
  private static final double RHO = 1.1;
  private static final double L2 = 0.05;
  private static final int USERS = 25;
  private static final int ITEMS = 40;
  private static final int DIMENSION = 5;
  private static final Interactions PAIRS = DenseGraph.random(USERS, ITEMS, 0.3, 1);

  private static Embeddings initial() {
    return MatrixFactorization.initial(USERS, ITEMS, DIMENSION, 4);
  }

  private static LightGcn backbone(
      int layers, Penalised penalised, Kernels kernels, WorkPool pool) {
    return new LightGcn(NormalizedGraph.of(PAIRS), initial(), layers, penalised, kernels, pool);
  }

  private static RankingTrainer trainer(
      Backbone backbone, NegativeSharing sharing, Kernels kernels, WorkPool pool) {
    return trainer(backbone, sharing, ScoreFunction.COSINE, L2, kernels, pool);
  }

  private static RankingTrainer trainer(
      Backbone backbone,
      NegativeSharing sharing,
      ScoreFunction score,
      double l2,
      Kernels kernels,
      WorkPool pool) {
    return new RankingTrainer(
        backbone,
        BilateralSoftmaxLoss.codeForm(TAU, RHO, Mode.MULTI, kernels),
        score,
        new EpochBatches(PAIRS, 32, sharing, 12, NegativeSampler.uniform(ITEMS), 3, pool),
        ITEMS,
        DIMENSION,
        0,
        l2,
        new LearningRateSchedule(0.05, 0, 0, 10),
        1,
        kernels,
        pool);
  }

  private static double[][] nodes(Embeddings embeddings) {
    double[][] rows = new double[USERS + ITEMS][DIMENSION];
    for (int n = 0; n < rows.length; n++) {
      float[] row = n < USERS ? embeddings.users().row(n) : embeddings.items().row(n - USERS);
      for (int d = 0; d < DIMENSION; d++) {
        rows[n][d] = row[d];
      }
    }
    return rows;
  }

  private static double[][] slice(double[][] rows, int from, int to) {
    return Arrays.copyOfRange(rows, from, to);
  }

  /** Layers 0 to L, then their mean. */
  private static double[][][] dense(DenseGraph graph, double[][] parameters, int layers) {
    double[][][] all = new double[layers + 2][][];
    all[0] = parameters;
    double[][] mean = new double[parameters.length][DIMENSION];
    for (int l = 0; l <= layers; l++) {
      if (l > 0) {
        all[l] = graph.propagate(all[l - 1]);
      }
      for (int n = 0; n < mean.length; n++) {
        for (int d = 0; d < DIMENSION; d++) {
          mean[n][d] += all[l][n][d] / (layers + 1);
        }
      }
    }
    all[layers + 1] = mean;
    return all;
  }

  private static double objective(
      DenseGraph graph,
      double[][] parameters,
      int layers,
      Penalised penalised,
      double l2,
      MiniBatch batch,
      ScoreFunction score) {
    double[][][] all = dense(graph, parameters, layers);
    double[][] mean = all[layers + 1];
    double value =
        PairByPair.loss(
            batch, slice(mean, 0, USERS), slice(mean, USERS, USERS + ITEMS), score, TAU, RHO);
    for (int l = 0; l <= (penalised == Penalised.ALL_LAYERS ? layers : 0); l++) {
      value +=
          l2
              / (2 * batch.size())
              * PairByPair.squares(
                  batch, slice(all[l], 0, USERS), slice(all[l], USERS, USERS + ITEMS));
    }
    return value;
  }

  @ParameterizedTest
  @CsvSource({
    "1, SHARED, COSINE, ALL_LAYERS, 0.05",
    "2, SHARED, INNER_PRODUCT, ALL_LAYERS, 0.05",
    "3, SHARED, COSINE, LAYER_ZERO, 0.05",
    "3, SHARED, COSINE, ALL_LAYERS, 0",
    "0, INDEPENDENT, COSINE, ALL_LAYERS, 0.05",
    "3, INDEPENDENT, COSINE, ALL_LAYERS, 0.05",
    "1, IN_BATCH, COSINE, ALL_LAYERS, 5",
    "4, IN_BATCH, INNER_PRODUCT, ALL_LAYERS, 0.05",
    "1, IN_BATCH, COSINE, LAYER_ZERO, 5"
  })
  void aStepFollowsTheGradientOfLossAndL2Term(
      int layers, NegativeSharing sharing, ScoreFunction score, Penalised penalised, double l2) {
    Kernels kernels = Kernels.best();
    MiniBatch batch = PairByPair.batch(sharing, 19, 7, USERS, ITEMS);
    DenseGraph graph = new DenseGraph(PAIRS);
    double[][] parameters = nodes(initial());
    try (WorkPool pool = new WorkPool(2)) {
      LightGcn backbone = backbone(layers, penalised, kernels, pool);
      double value =
          trainer(backbone, sharing, score, l2, kernels, pool).trainPairs(batch, 1, 0, 0.01);

      double exact = objective(graph, parameters, layers, penalised, l2, batch, score);
      assertThat(value).isCloseTo(exact, within(3e-6 * Math.max(1, Math.abs(exact))));
      // After one step the first moment is a tenth of the gradient.
      double[][] moments = nodes(new Embeddings(backbone.state().get(2), backbone.state().get(4)));
      double largest = 0;
      double worst = 0;
      for (int n = 0; n < parameters.length; n++) {
        int d = n % DIMENSION;
        double at = parameters[n][d];
        double h = 1e-5;
        parameters[n][d] = at + h;
        double above = objective(graph, parameters, layers, penalised, l2, batch, score);
        parameters[n][d] = at - h;
        double below = objective(graph, parameters, layers, penalised, l2, batch, score);
        parameters[n][d] = at;
        double slope = (above - below) / (2 * h);
        largest = Math.max(largest, Math.abs(slope));
        worst = Math.max(worst, Math.abs(slope - 10 * moments[n][d]));
      }
      assertThat(largest).isPositive();
      assertThat(worst).isLessThan(2e-5 * largest);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "5"})
  void finalEmbeddingsAreTheMeanOverTheLayers(int layers) {
    double[][] exact = dense(new DenseGraph(PAIRS), nodes(initial()), layers)[layers + 1];
    try (WorkPool pool = new WorkPool(1)) {
      double[][] ours =
          nodes(backbone(layers, Penalised.ALL_LAYERS, Kernels.best(), pool).forward());

      for (int n = 0; n < exact.length; n++) {
        assertThat(ours[n]).containsExactly(exact[n], within(1e-6));
      }
    }
  }

  @Test
  void aNodeWithoutPairsKeepsOnlyItsShareOfLayerZero() {
    try (WorkPool pool = new WorkPool(1)) {
      Embeddings last = backbone(3, Penalised.ALL_LAYERS, Kernels.best(), pool).forward();

      assertThat(PAIRS.degree(3)).isZero();
      for (int d = 0; d < DIMENSION; d++) {
        assertThat(last.users().row(3)[d]).isEqualTo(initial().users().row(3)[d] * 0.25f);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "3"})
  void rowsForwardHaveTheBitsOfAllForward(int layers) {
    try (WorkPool pool = new WorkPool(2)) {
      LightGcn backbone = backbone(layers, Penalised.ALL_LAYERS, Kernels.best(), pool);
      Grouping users = new Grouping();
      users.reset(new int[] {7, 3, 7, 0}, 4);
      Grouping items = new Grouping();
      items.reset(new int[] {39, 4, 5}, 3);
      Embeddings some = backbone.forward(users, items).copy();
      Embeddings all = backbone.forward();

      for (int user : new int[] {7, 3, 0}) {
        assertThat(some.users().row(user)).isEqualTo(all.users().row(user));
      }
      for (int item : new int[] {39, 4, 5}) {
        assertThat(some.items().row(item)).isEqualTo(all.items().row(item));
      }
    }
  }

  private static Embeddings trained(
      int layers, NegativeSharing sharing, Kernels kernels, int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      LightGcn backbone = backbone(layers, Penalised.ALL_LAYERS, kernels, pool);
      RankingTrainer trainer = trainer(backbone, sharing, kernels, pool);
      trainer.trainEpoch(1, done -> {}, () -> false);
      trainer.trainEpoch(2, done -> {}, () -> false);
      return backbone.forward().copy();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, false",
    "1, 3, false",
    "1, 1, true",
    "3, 2, false",
    "3, 3, false",
    "3, 3, true"
  })
  void threadsAndKernelsChangeNoBit(int layers, int threads, boolean scalar) {
    Kernels kernels = scalar ? Kernels.scalar() : Kernels.best();
    Embeddings expected = trained(layers, NegativeSharing.SHARED, Kernels.best(), 1);
    Embeddings actual = trained(layers, NegativeSharing.SHARED, kernels, threads);

    assertThat(actual.users().values()).isEqualTo(expected.users().values());
    assertThat(actual.items().values()).isEqualTo(expected.items().values());
    assertThat(actual.users().values()).isNotEqualTo(initial().users().values());
  }

  @ParameterizedTest
  @EnumSource(NegativeSharing.class)
  void withoutLayersItIsMatrixFactorisationBitForBit(NegativeSharing sharing) {
    Kernels kernels = Kernels.best();
    try (WorkPool pool = new WorkPool(2)) {
      MatrixFactorization mf = new MatrixFactorization(initial(), Adam.Mode.LAZY, kernels, pool);
      RankingTrainer trainer = trainer(mf, sharing, kernels, pool);
      trainer.trainEpoch(1, done -> {}, () -> false);
      trainer.trainEpoch(2, done -> {}, () -> false);
      Embeddings lightGcn = trained(0, sharing, kernels, 2);

      assertThat(lightGcn.users().values()).isEqualTo(mf.forward().users().values());
      assertThat(lightGcn.items().values()).isEqualTo(mf.forward().items().values());
    }
  }

  private static void continueFrom(LightGcn before, LightGcn after) {
    List<EmbeddingTable> saved = before.state().stream().map(EmbeddingTable::copy).toList();
    for (int t = 0; t < saved.size(); t++) {
      after.state().get(t).copyFrom(saved.get(t));
    }
    after.resumeAt(before.steps());
  }

  /** An epoch of LightGCN with one layer, then an epoch with all of them. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void shallowStepsAreThoseOfASingleLayer(int layers) {
    Kernels kernels = Kernels.best();
    NegativeSharing sharing = NegativeSharing.SHARED;
    try (WorkPool pool = new WorkPool(2)) {
      LightGcn single = backbone(Math.min(1, layers), Penalised.ALL_LAYERS, kernels, pool);
      trainer(single, sharing, kernels, pool).trainEpoch(1, done -> {}, () -> false);
      LightGcn all = backbone(layers, Penalised.ALL_LAYERS, kernels, pool);
      continueFrom(single, all);
      LightGcn shallow =
          new LightGcn(
              NormalizedGraph.of(PAIRS),
              initial(),
              layers,
              single.steps(),
              Penalised.ALL_LAYERS,
              kernels,
              pool);
      RankingTrainer trainer = trainer(shallow, sharing, kernels, pool);

      trainer.trainEpoch(1, done -> {}, () -> false);

      assertSameBits(shallow.state(), single.state());
      assertSameBits(List.of(shallow.forward().users()), List.of(all.forward().users()));

      trainer(all, sharing, kernels, pool).trainEpoch(2, done -> {}, () -> false);
      trainer.trainEpoch(2, done -> {}, () -> false);

      assertSameBits(shallow.state(), all.state());
    }
  }

  @ParameterizedTest
  @EnumSource(Adam.Mode.class)
  void shallowStepsWithoutLayersAreThoseOfMatrixFactorization(Adam.Mode mode) {
    Kernels kernels = Kernels.best();
    try (WorkPool pool = new WorkPool(2)) {
      Backbone flat = new MatrixFactorization(initial(), mode, kernels, pool);
      RankingTrainer flatTrainer = trainer(flat, NegativeSharing.SHARED, kernels, pool);
      LightGcn shallow =
          new LightGcn(
              new LayerMean(NormalizedGraph.of(PAIRS), initial(), 2, kernels, pool),
              new ShallowSteps(flatTrainer.stepsPerEpoch(), 0),
              Penalised.LAYER_ZERO,
              AuxiliaryTerm.NONE,
              mode,
              kernels,
              pool);
      RankingTrainer trainer = trainer(shallow, NegativeSharing.SHARED, kernels, pool);

      flatTrainer.trainEpoch(1, done -> {}, () -> false);
      trainer.trainEpoch(1, done -> {}, () -> false);

      assertSameBits(shallow.state(), flat.state());

      flatTrainer.trainEpoch(2, done -> {}, () -> false);
      trainer.trainEpoch(2, done -> {}, () -> false);

      assertThat(shallow.state().get(0).values()).isNotEqualTo(flat.state().get(0).values());
    }
  }

  private static void assertSameBits(List<EmbeddingTable> actual, List<EmbeddingTable> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int t = 0; t < actual.size(); t++) {
      assertThat(actual.get(t).values()).isEqualTo(expected.get(t).values());
    }
  }

  @Test
  void resumesToTheBitsOfAnUninterruptedTraining() {
    Kernels kernels = Kernels.best();
    try (WorkPool pool = new WorkPool(2)) {
      LightGcn before = backbone(2, Penalised.ALL_LAYERS, kernels, pool);
      trainer(before, NegativeSharing.IN_BATCH, kernels, pool)
          .trainEpoch(1, done -> {}, () -> false);
      LightGcn after = backbone(2, Penalised.ALL_LAYERS, kernels, pool);
      continueFrom(before, after);
      trainer(after, NegativeSharing.IN_BATCH, kernels, pool)
          .trainEpoch(2, done -> {}, () -> false);
      Embeddings whole = trained(2, NegativeSharing.IN_BATCH, kernels, 1);

      assertThat(before.steps()).isPositive();
      assertThat(after.forward().users().values()).isEqualTo(whole.users().values());
      assertThat(after.forward().items().values()).isEqualTo(whole.items().values());
    }
  }

  @Test
  void refusesParametersOfOtherNodesAndNegativeNumbers() {
    try (WorkPool pool = new WorkPool(1)) {
      NormalizedGraph graph = NormalizedGraph.of(PAIRS);
      Embeddings others = MatrixFactorization.initial(USERS + 1, ITEMS, DIMENSION, 1);

      assertThatThrownBy(
              () -> new LightGcn(graph, others, 1, Penalised.ALL_LAYERS, Kernels.best(), pool))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("other nodes than EmbeddingTable[26 x 5]");
      assertThatThrownBy(() -> backbone(-1, Penalised.ALL_LAYERS, Kernels.best(), pool))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("layers must be at least 0: -1");
      assertThatThrownBy(
              () ->
                  new LightGcn(graph, initial(), 1, -1, Penalised.ALL_LAYERS, Kernels.best(), pool))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("shallowSteps must be at least 0: -1");
    }
  }
}
