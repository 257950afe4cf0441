package bsl.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.RowGradients;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows of steps against the same steps on full matrices in double precision. */
class DelayedLightGcnTest {
  private static final int USERS = 25;
  private static final int ITEMS = 40;
  private static final int NODES = USERS + ITEMS;
  private static final int DIMENSION = 5;
  private static final int LAYERS = 3;
  private static final int SHALLOW_STEPS = 5;
  private static final int STEPS = 19;
  private static final int STEPS_PER_EPOCH = 7;
  private static final double PENALTY = 0.02;
  private static final double RATE = 0.01;
  private static final Interactions PAIRS = DenseGraph.random(USERS, ITEMS, 0.3, 1);

  private static Embeddings initial() {
    return MatrixFactorization.initial(USERS, ITEMS, DIMENSION, 4);
  }

  private static DelayedLightGcn backbone(
      int every, int shallowSteps, Penalised penalised, WorkPool pool) {
    return new DelayedLightGcn(
        new LayerMean(NormalizedGraph.of(PAIRS), initial(), LAYERS, Kernels.best(), pool),
        new ShallowSteps(shallowSteps, 1),
        penalised,
        every,
        Kernels.best(),
        pool);
  }

  /** Nodes that a step reads and has gradients of: about half of them. */
  private static int[] nodes(int step) {
    RandomStream random = RandomStream.of(5, Purpose.TEST, step);
    return IntStream.range(0, NODES).filter(n -> random.nextInt(2) == 0).toArray();
  }

  private static int occurrences(int step, int node) {
    return (step + node) % 3;
  }

  /** Gradient with respect to the final embedding of a node. */
  private static float gradient(int step, int node, int d) {
    return (float) RandomStream.of(6, Purpose.TEST, step, node, d).nextGaussian();
  }

  private static Grouping side(int[] nodes, boolean ofUsers) {
    int[] rows =
        IntStream.of(nodes)
            .filter(n -> n < USERS == ofUsers)
            .map(n -> ofUsers ? n : n - USERS)
            .toArray();
    Grouping grouping = new Grouping();
    grouping.reset(rows, rows.length);
    return grouping;
  }

  private static RowGradients gradients(int step, Grouping rows, boolean ofUsers, int stride) {
    RowGradients gradients = new RowGradients(stride);
    gradients.reset(rows.groups());
    for (int k = 0; k < rows.groups(); k++) {
      int node = ofUsers ? rows.key(k) : USERS + rows.key(k);
      gradients.setRow(k, rows.key(k));
      gradients.setOccurrences(k, occurrences(step, node));
      for (int d = 0; d < stride; d++) {
        gradients.values()[gradients.offset(k) + d] = d < DIMENSION ? gradient(step, node, d) : 0;
      }
    }
    return gradients;
  }

  private static double[][] nodes(Embeddings embeddings) {
    double[][] rows = new double[NODES][DIMENSION];
    for (int n = 0; n < NODES; n++) {
      EmbeddingTable side = n < USERS ? embeddings.users() : embeddings.items();
      for (int d = 0; d < DIMENSION; d++) {
        rows[n][d] = side.row(n < USERS ? n : n - USERS)[d];
      }
    }
    return rows;
  }

  /** The same training as its description has it: all rows in every step, nothing in one pass. */
  private static final class Described {
    private final DenseGraph graph = new DenseGraph(PAIRS);
    private final int every;
    private final boolean penaliseLayers;
    private final double[][] parameters = nodes(initial());
    private final double[][] first = new double[NODES][DIMENSION];
    private final double[][] second = new double[NODES][DIMENSION];
    private double[][] delayed = new double[NODES][DIMENSION];

    /** Layers 1 to L of the window, and what its steps say of each. */
    private final double[][][] layers = new double[LAYERS + 1][][];

    private double[][][] said;
    private int taken;

    Described(int every, boolean penaliseLayers) {
      this.every = every;
      this.penaliseLayers = penaliseLayers;
    }

    double[][] means() {
      if (taken == 0) {
        said = new double[LAYERS + 1][NODES][DIMENSION];
        layers[0] = parameters;
        for (int l = 1; l <= LAYERS; l++) {
          layers[l] = graph.propagate(layers[l - 1]);
        }
      }
      double[][] means = new double[NODES][DIMENSION];
      for (int n = 0; n < NODES; n++) {
        for (int d = 0; d < DIMENSION; d++) {
          double sum = parameters[n][d];
          for (int l = 1; l < layers.length; l++) {
            sum += layers[l][n][d];
          }
          means[n][d] = sum / layers.length;
        }
      }
      return means;
    }

    double step(int step) {
      double penalty = 0;
      double[][] gradient = new double[NODES][];
      for (int n = 0; n < NODES; n++) {
        gradient[n] = delayed[n].clone();
      }
      for (int n : nodes(step)) {
        for (int d = 0; d < DIMENSION; d++) {
          double ofMean = gradient(step, n, d) / layers.length;
          double weight = PENALTY * occurrences(step, n);
          gradient[n][d] += ofMean + 2 * weight * parameters[n][d];
          penalty += weight * parameters[n][d] * parameters[n][d];
          for (int l = 1; l < layers.length; l++) {
            double value = penaliseLayers ? layers[l][n][d] : 0;
            said[l][n][d] += ofMean + 2 * weight * value;
            penalty += weight * value * value;
          }
        }
      }
      for (int n = 0; n < NODES; n++) {
        for (int d = 0; d < DIMENSION; d++) {
          double g = gradient[n][d];
          first[n][d] = 0.9 * first[n][d] + 0.1 * g;
          second[n][d] = 0.999 * second[n][d] + 0.001 * g * g;
          double m = first[n][d] / (1 - Math.pow(0.9, step + 1));
          double v = second[n][d] / (1 - Math.pow(0.999, step + 1));
          parameters[n][d] -= RATE * m / (Math.sqrt(v) + 1e-8);
        }
      }
      taken++;
      if (taken == every) {
        end();
      }
      return penalty;
    }

    /** Each layer's share by itself, through as many products as it has below it. */
    void end() {
      if (taken == 0) {
        return;
      }
      delayed = new double[NODES][DIMENSION];
      for (int l = 1; l < said.length; l++) {
        double[][] back = said[l];
        for (int product = 0; product < l; product++) {
          back = graph.propagate(back);
        }
        for (int n = 0; n < NODES; n++) {
          for (int d = 0; d < DIMENSION; d++) {
            delayed[n][d] += back[n][d] / taken;
          }
        }
      }
      taken = 0;
    }
  }

  @ParameterizedTest
  @CsvSource({"1, ALL_LAYERS", "3, ALL_LAYERS", "3, LAYER_ZERO", "100, ALL_LAYERS"})
  void aTrainingIsWhatItsDescriptionSays(int every, Penalised penalised) {
    try (WorkPool pool = new WorkPool(2)) {
      DelayedLightGcn backbone = backbone(every, 0, penalised, pool);
      Described described = new Described(every, penalised == Penalised.ALL_LAYERS);
      for (int step = 0; step < STEPS; step++) {
        if (step % STEPS_PER_EPOCH == 0) {
          backbone.beginEpoch(1 + step / STEPS_PER_EPOCH);
          described.end();
        }
        Grouping users = side(nodes(step), true);
        Grouping items = side(nodes(step), false);
        Embeddings read = backbone.forward(users, items);
        double[][] means = nodes(read);
        double[][] expected = described.means();
        for (int n : nodes(step)) {
          for (int d = 0; d < DIMENSION; d++) {
            assertThat(means[n][d]).as("step %d", step).isCloseTo(expected[n][d], within(1e-5));
          }
        }
        double penalty = step(backbone, step);
        assertThat(penalty).as("step %d", step).isCloseTo(described.step(step), within(1e-4));
      }
    }
  }

  /** Then the windows begin. */
  @Test
  void shallowStepsAreThoseOfLightGcn() {
    try (WorkPool pool = new WorkPool(2)) {
      DelayedLightGcn delayed = backbone(3, SHALLOW_STEPS, Penalised.ALL_LAYERS, pool);
      LightGcn exact =
          new LightGcn(
              NormalizedGraph.of(PAIRS),
              initial(),
              LAYERS,
              SHALLOW_STEPS,
              Penalised.ALL_LAYERS,
              Kernels.best(),
              pool);
      for (int step = 0; step < SHALLOW_STEPS; step++) {
        assertThat(step(delayed, step)).isEqualTo(step(exact, step));
      }
      assertThat(nodes(delayed.forward())).isDeepEqualTo(nodes(exact.forward()));

      step(delayed, SHALLOW_STEPS);
      step(exact, SHALLOW_STEPS);
      assertThat(nodes(delayed.forward())[0]).isNotEqualTo(nodes(exact.forward())[0]);
    }
  }

  /** Its penalty. */
  private static double step(Backbone backbone, int step) {
    Grouping users = side(nodes(step), true);
    Grouping items = side(nodes(step), false);
    int stride = backbone.forward(users, items).users().stride();
    return backbone.update(
        gradients(step, users, true, stride), gradients(step, items, false, stride), PENALTY, RATE);
  }

  @Test
  void refusesWhatMakesNoWindow() {
    try (WorkPool pool = new WorkPool(1)) {
      assertThatThrownBy(() -> backbone(0, 0, Penalised.ALL_LAYERS, pool))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a window must have at least 1 step: 0");
      LayerMean withoutFirst =
          new LayerMean(NormalizedGraph.of(PAIRS), initial(), 2, 1, Kernels.best(), pool);
      assertThatThrownBy(
              () ->
                  new DelayedLightGcn(
                      withoutFirst,
                      new ShallowSteps(0, 1),
                      Penalised.LAYER_ZERO,
                      4,
                      Kernels.best(),
                      pool))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("means must have layer 0 in them");
    }
  }
}
