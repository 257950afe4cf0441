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
import bsl.core.sampling.EpochBatches;
import bsl.core.sampling.MiniBatch;
import bsl.core.sampling.NegativeSampler;
import bsl.core.sampling.NegativeSharing;
import bsl.losses.BilateralSoftmaxLoss;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NGCF against the same on full matrices in double precision. */
class NgcfTest {
  private static final double TAU = 0.3;
  private static final double RHO = 1.1;
  private static final int USERS = 25;
  private static final int ITEMS = 40;
  private static final int NODES = USERS + ITEMS;
  private static final int DIMENSION = 5;
  private static final int STRIDE = 32;
  private static final Interactions PAIRS = DenseGraph.random(USERS, ITEMS, 0.3, 1);
  private static final NormalizedGraph GRAPH = NormalizedGraph.of(PAIRS);

  private static Embeddings initial() {
    return MatrixFactorization.initial(USERS, ITEMS, DIMENSION, 4);
  }

  private static Ngcf backbone(
      int layers, double dropout, Penalised penalised, Kernels kernels, WorkPool pool) {
    return new Ngcf(GRAPH, initial(), layers, dropout, penalised, 1, kernels, pool);
  }

  private static RankingTrainer trainer(
      Backbone backbone, int layers, double l2, Kernels kernels, WorkPool pool) {
    return new RankingTrainer(
        backbone,
        BilateralSoftmaxLoss.codeForm(TAU, RHO, Mode.MULTI, kernels),
        ScoreFunction.COSINE,
        new EpochBatches(
            PAIRS, 32, NegativeSharing.SHARED, 12, NegativeSampler.uniform(ITEMS), 3, pool),
        ITEMS,
        DIMENSION * (layers + 1),
        0,
        l2,
        new LearningRateSchedule(0.01, 0, 0, 10),
        1,
        kernels,
        pool);
  }

  /** All parameters as one list of numbers that can be changed: embeddings, weights, biases. */
  private static double[][][] parameters(List<EmbeddingTable> state, int layers) {
    double[][][] all = new double[1 + 2 * layers][][];
    all[0] = new double[NODES][];
    for (int n = 0; n < NODES; n++) {
      all[0][n] = doubles(n < USERS ? state.get(0).row(n) : state.get(1).row(n - USERS));
    }
    for (int t = 2; t < 2 + 2 * layers; t++) {
      EmbeddingTable table = state.get(t);
      double[][] rows = new double[table.rows()][];
      Arrays.setAll(rows, r -> doubles(table.row(r)));
      all[t - 1] = rows;
    }
    return all;
  }

  private static double[] doubles(float[] values) {
    double[] copy = new double[values.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = values[i];
    }
    return copy;
  }

  /** Layer 0 and the normalised others side by side, by the formula of the paper. */
  private static double[][] dense(double[][][] parameters, int layers) {
    DenseGraph graph = new DenseGraph(PAIRS);
    double[][] last = new double[NODES][DIMENSION * (layers + 1)];
    double[][] layer = parameters[0];
    for (int n = 0; n < NODES; n++) {
      System.arraycopy(layer[n], 0, last[n], 0, DIMENSION);
    }
    for (int l = 1; l <= layers; l++) {
      double[][] sent = graph.propagate(layer);
      double[][] weights = parameters[2 * l - 1];
      double[] bias = parameters[2 * l][0];
      double[][] next = new double[NODES][DIMENSION];
      for (int n = 0; n < NODES; n++) {
        double square = 0;
        for (int out = 0; out < DIMENSION; out++) {
          double sum = bias[out];
          for (int in = 0; in < DIMENSION; in++) {
            sum += (sent[n][in] + layer[n][in]) * weights[out][in];
            sum += sent[n][in] * layer[n][in] * weights[out][STRIDE + in];
          }
          next[n][out] = sum > 0 ? sum : 0.2 * sum;
          square += next[n][out] * next[n][out];
        }
        for (int out = 0; out < DIMENSION; out++) {
          last[n][l * DIMENSION + out] = next[n][out] / Math.sqrt(square);
        }
      }
      layer = next;
    }
    return last;
  }

  private static double objective(
      double[][][] parameters, int layers, Penalised penalised, double l2, MiniBatch batch) {
    double[][] last = dense(parameters, layers);
    double[][] penalty = penalised == Penalised.ALL_LAYERS ? last : parameters[0];
    return PairByPair.loss(batch, users(last), items(last), ScoreFunction.COSINE, TAU, RHO)
        + l2 / (2 * batch.size()) * PairByPair.squares(batch, users(penalty), items(penalty));
  }

  private static double[][] users(double[][] nodes) {
    return Arrays.copyOfRange(nodes, 0, USERS);
  }

  private static double[][] items(double[][] nodes) {
    return Arrays.copyOfRange(nodes, USERS, NODES);
  }

  /** First moments of Adam in the layout of {@link #parameters}: a tenth of the first gradient. */
  private static double[][][] moments(List<EmbeddingTable> state, int layers) {
    EmbeddingTable[] tables = new EmbeddingTable[2 + 2 * layers];
    int first = tables.length;
    tables[0] = state.get(first);
    tables[1] = state.get(first + 2);
    for (int t = 0; t < 2 * layers; t++) {
      tables[2 + t] = state.get(first + 4 + 2 * t);
    }
    return parameters(List.of(tables), layers);
  }

  @ParameterizedTest
  @CsvSource({"1, ALL_LAYERS, 0.05", "2, LAYER_ZERO, 0.05", "3, ALL_LAYERS, 0"})
  void aStepFollowsTheGradientOfLossAndL2Term(int layers, Penalised penalised, double l2) {
    Kernels kernels = Kernels.best();
    MiniBatch batch = PairByPair.batch(NegativeSharing.SHARED, 19, 7, USERS, ITEMS);
    try (WorkPool pool = new WorkPool(2)) {
      Ngcf backbone = backbone(layers, 0, penalised, kernels, pool);
      double[][][] parameters = parameters(backbone.state(), layers);
      double value = trainer(backbone, layers, l2, kernels, pool).trainPairs(batch, 1, 0, 0.01);

      double exact = objective(parameters, layers, penalised, l2, batch);
      assertThat(value).isCloseTo(exact, within(3e-6 * Math.max(1, Math.abs(exact))));
      double[][][] moments = moments(backbone.state(), layers);
      for (int t = 0; t < parameters.length; t++) {
        compare(parameters, t, moments[t], p -> objective(p, layers, penalised, l2, batch), 5e-5);
      }
    }
  }

  /** Ten times the moments against central differences of a table's elements. */
  private static void compare(
      double[][][] parameters,
      int table,
      double[][] moments,
      ToDoubleFunction<double[][][]> objective,
      double tolerance) {
    double largest = 0;
    double worst = 0;
    double[][] rows = parameters[table];
    for (int r = 0; r < rows.length; r++) {
      for (int d = r % 3; d < rows[r].length; d += 3) {
        double at = rows[r][d];
        double h = 1e-6;
        rows[r][d] = at + h;
        double above = objective.applyAsDouble(parameters);
        rows[r][d] = at - h;
        double below = objective.applyAsDouble(parameters);
        rows[r][d] = at;
        double slope = (above - below) / (2 * h);
        largest = Math.max(largest, Math.abs(slope));
        worst = Math.max(worst, Math.abs(slope - 10 * moments[r][d]));
      }
    }
    assertThat(largest).isPositive();
    assertThat(worst).as("table %d", table).isLessThan(tolerance * largest);
  }

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void finalEmbeddingsAreTheLayersSideBySide(int layers) {
    try (WorkPool pool = new WorkPool(1)) {
      Ngcf backbone = backbone(layers, 0.5, Penalised.ALL_LAYERS, Kernels.best(), pool);
      double[][] exact = dense(parameters(backbone.state(), layers), layers);
      Embeddings ours = backbone.forward();

      for (int n = 0; n < NODES; n++) {
        float[] row = n < USERS ? ours.users().row(n) : ours.items().row(n - USERS);
        assertThat(doubles(row)).containsExactly(exact[n], within(2e-6));
      }
    }
  }

  /** Difference quotients of the step's own value, whose dropout is that of the step. */
  @Test
  void droppedMessagesPassNoGradient() {
    int layers = 2;
    Kernels kernels = Kernels.best();
    MiniBatch batch = PairByPair.batch(NegativeSharing.SHARED, 19, 7, USERS, ITEMS);
    double h = 3e-3;
    try (WorkPool pool = new WorkPool(1)) {
      Ngcf backbone = backbone(layers, 0.4, Penalised.ALL_LAYERS, kernels, pool);
      trainer(backbone, layers, 0, kernels, pool).trainPairs(batch, 1, 0, 0.01);
      double[][] weights = moments(backbone.state(), layers)[1];
      double largest = 0;
      double worst = 0;
      for (int out = 0; out < DIMENSION; out++) {
        for (int in = 0; in < DIMENSION; in++) {
          double slope = (shifted(out, in, h, batch, pool) - shifted(out, in, -h, batch, pool));
          slope /= 2 * h;
          largest = Math.max(largest, Math.abs(slope));
          worst = Math.max(worst, Math.abs(slope - 10 * weights[out][in]));
        }
      }

      assertThat(worst).isLessThan(0.01 * largest);
    }
  }

  /** A forward pass that is repeated drops the same elements. */
  @Test
  void everyStepAndLayerDropsElementsOfItsOwn() {
    Kernels kernels = Kernels.best();
    MiniBatch batch = PairByPair.batch(NegativeSharing.SHARED, 19, 7, USERS, ITEMS);
    try (WorkPool pool = new WorkPool(1)) {
      Ngcf backbone = backbone(2, 0.4, Penalised.ALL_LAYERS, kernels, pool);
      List<BitSet> first = dropped(backbone);
      List<BitSet> again = dropped(backbone);
      trainer(backbone, 2, 0, kernels, pool).trainPairs(batch, 1, 0, 0.01);
      List<BitSet> second = dropped(backbone);

      assertThat(again).isEqualTo(first);
      List<BitSet> all = List.of(first.get(0), first.get(1), second.get(0), second.get(1));
      assertThat(all).doesNotHaveDuplicates();
      assertThat(all)
          .as("elements dropped of %d at most", NODES * DIMENSION)
          .allMatch(elements -> elements.cardinality() > NODES * DIMENSION / 5);
    }
  }

  /**
   * Which elements of layers 1 and 2 the next training step drops. Only nodes with pairs count,
   * since others are zero in layer 2 where all of their layer 1 is dropped.
   */
  private static List<BitSet> dropped(Ngcf backbone) {
    Grouping none = new Grouping();
    none.reset(new int[0], 0);
    Embeddings finals = backbone.forward(none, none);
    List<BitSet> dropped = List.of(new BitSet(), new BitSet());
    for (int n = 0; n < NODES; n++) {
      boolean ofUsers = n < USERS;
      int r = ofUsers ? n : n - USERS;
      float[] row = ofUsers ? finals.users().row(r) : finals.items().row(r);
      int degree = ofUsers ? PAIRS.degree(r) : PAIRS.transpose().degree(r);
      for (int d = DIMENSION; degree > 0 && d < row.length; d++) {
        dropped.get(d / DIMENSION - 1).set(n * DIMENSION + d % DIMENSION, row[d] == 0f);
      }
    }
    return dropped;
  }

  private static double shifted(int out, int in, double shift, MiniBatch batch, WorkPool pool) {
    Ngcf backbone = backbone(2, 0.4, Penalised.ALL_LAYERS, Kernels.best(), pool);
    EmbeddingTable weights = backbone.state().get(2);
    weights.values()[weights.offset(out) + in] += (float) shift;
    return trainer(backbone, 2, 0, Kernels.best(), pool).trainPairs(batch, 1, 0, 0.01);
  }

  private static Embeddings trained(Kernels kernels, int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      Ngcf backbone = backbone(2, 0.1, Penalised.ALL_LAYERS, kernels, pool);
      RankingTrainer trainer = trainer(backbone, 2, 0.05, kernels, pool);
      trainer.trainEpoch(1, done -> {}, () -> false);
      trainer.trainEpoch(2, done -> {}, () -> false);
      return backbone.forward().copy();
    }
  }

  /** With several blocks of rows on either side. */
  private static Embeddings trainedOnManyNodes(Kernels kernels, int threads) {
    int users = 250;
    int items = 310;
    Interactions pairs = DenseGraph.random(users, items, 0.03, 1);
    try (WorkPool pool = new WorkPool(threads)) {
      Ngcf backbone =
          new Ngcf(
              NormalizedGraph.of(pairs),
              MatrixFactorization.initial(users, items, DIMENSION, 4),
              2,
              0.1,
              Penalised.ALL_LAYERS,
              1,
              kernels,
              pool);
      RankingTrainer trainer =
          new RankingTrainer(
              backbone,
              BilateralSoftmaxLoss.codeForm(TAU, RHO, Mode.MULTI, kernels),
              ScoreFunction.COSINE,
              new EpochBatches(
                  pairs, 800, NegativeSharing.SHARED, 150, NegativeSampler.uniform(items), 3, pool),
              items,
              3 * DIMENSION,
              0,
              0.05,
              new LearningRateSchedule(0.01, 0, 0, 10),
              1,
              kernels,
              pool);
      trainer.trainEpoch(1, done -> {}, () -> false);
      trainer.trainEpoch(2, done -> {}, () -> false);
      return backbone.forward().copy();
    }
  }

  @ParameterizedTest
  @CsvSource({"2, false", "3, false", "1, true"})
  void threadsAndKernelsChangeNoBit(int threads, boolean scalar) {
    Embeddings expected = trainedOnManyNodes(Kernels.best(), 1);
    Embeddings actual = trainedOnManyNodes(scalar ? Kernels.scalar() : Kernels.best(), threads);

    assertThat(actual.users().values()).isEqualTo(expected.users().values());
    assertThat(actual.items().values()).isEqualTo(expected.items().values());
  }

  @Test
  void resumesToTheBitsOfAnUninterruptedTraining() {
    Kernels kernels = Kernels.best();
    try (WorkPool pool = new WorkPool(2)) {
      Ngcf before = backbone(2, 0.1, Penalised.ALL_LAYERS, kernels, pool);
      trainer(before, 2, 0.05, kernels, pool).trainEpoch(1, done -> {}, () -> false);
      List<EmbeddingTable> saved = before.state().stream().map(EmbeddingTable::copy).toList();
      Ngcf after = backbone(2, 0.1, Penalised.ALL_LAYERS, kernels, pool);
      for (int t = 0; t < saved.size(); t++) {
        after.state().get(t).copyFrom(saved.get(t));
      }
      after.resumeAt(before.steps());
      trainer(after, 2, 0.05, kernels, pool).trainEpoch(2, done -> {}, () -> false);
      Embeddings whole = trained(kernels, 1);

      assertThat(after.forward().users().values()).isEqualTo(whole.users().values());
      assertThat(after.forward().items().values()).isEqualTo(whole.items().values());
    }
  }

  @Test
  void refusesParametersOfOtherNodesAndNoLayers() {
    try (WorkPool pool = new WorkPool(1)) {
      assertThatThrownBy(() -> backbone(0, 0, Penalised.ALL_LAYERS, Kernels.best(), pool))
          .hasMessageContaining("layers must be at least 1: 0");
      assertThatThrownBy(
              () ->
                  new Ngcf(
                      GRAPH,
                      MatrixFactorization.initial(USERS + 1, ITEMS, DIMENSION, 1),
                      1,
                      0,
                      Penalised.ALL_LAYERS,
                      1,
                      Kernels.best(),
                      pool))
          .hasMessageContaining("other nodes");
    }
  }
}
