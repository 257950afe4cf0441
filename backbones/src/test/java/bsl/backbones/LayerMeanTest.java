package bsl.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Means over layers against the full matrix in double precision. Cosines do not see a factor of the
 * means, so this compares them element by element.
 */
class LayerMeanTest {
  private static final int USERS = 9;
  private static final int ITEMS = 14;
  private static final int DIMENSION = 6;
  private static final Interactions PAIRS = DenseGraph.random(USERS, ITEMS, 0.5, 1);

  private static Embeddings parameters() {
    return MatrixFactorization.initial(USERS, ITEMS, DIMENSION, 1);
  }

  private static LayerMean pass(int layers, int first, WorkPool pool) {
    return new LayerMean(
        NormalizedGraph.of(PAIRS), parameters(), layers, first, Kernels.best(), pool);
  }

  private static float[] row(Embeddings embeddings, int node) {
    EmbeddingTable table = node < USERS ? embeddings.users() : embeddings.items();
    return table.row(node < USERS ? node : node - USERS);
  }

  /** Mean over consecutive layers, users before items. */
  private static double[][] mean(int first, int last) {
    DenseGraph graph = new DenseGraph(PAIRS);
    double[][] layer = new double[USERS + ITEMS][DIMENSION];
    for (int node = 0; node < layer.length; node++) {
      float[] row = row(parameters(), node);
      for (int d = 0; d < DIMENSION; d++) {
        layer[node][d] = row[d];
      }
    }
    double[][] mean = new double[USERS + ITEMS][DIMENSION];
    for (int l = 0; l <= last; l++) {
      for (int node = 0; l >= first && node < mean.length; node++) {
        for (int d = 0; d < DIMENSION; d++) {
          mean[node][d] += layer[node][d] / (last - first + 1);
        }
      }
      layer = graph.propagate(layer);
    }
    return mean;
  }

  private static void assertRow(Embeddings means, double[][] expected, int node) {
    float[] row = row(means, node);
    for (int d = 0; d < DIMENSION; d++) {
      assertThat((double) row[d])
          .as("node %d, element %d", node, d)
          .isCloseTo(expected[node][d], within(1e-6));
    }
  }

  /** The last column is the layer that the mean does begin with: 0 where there is no other. */
  @ParameterizedTest
  @CsvSource({"0, 0, 0", "0, 1, 0", "1, 0, 0", "1, 1, 1", "3, 0, 0", "3, 1, 1"})
  void theMeanOfAllRowsIsOverTheLayersFromTheFirstOn(int layers, int first, int from) {
    double[][] expected = mean(from, layers);
    try (WorkPool pool = new WorkPool(2)) {
      Embeddings means = pass(layers, first, pool).forward();

      for (int node = 0; node < USERS + ITEMS; node++) {
        assertRow(means, expected, node);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "0, 1, 0", "1, 0, 0", "1, 1, 1", "2, 1, 1", "3, 0, 0", "3, 1, 1"})
  void theMeanOfSomeRowsIsOverTheLayersUpToTheDepth(int depth, int first, int from) {
    double[][] expected = mean(from, depth);
    int[] users = {4, 0, 3, 4};
    int[] items = {13, 0, 5};
    Grouping ofUsers = new Grouping();
    ofUsers.reset(users, users.length);
    Grouping ofItems = new Grouping();
    ofItems.reset(items, items.length);
    try (WorkPool pool = new WorkPool(2)) {
      Embeddings means = pass(3, first, pool).forward(ofUsers, ofItems, depth);

      for (int user : users) {
        assertRow(means, expected, user);
      }
      for (int item : items) {
        assertRow(means, expected, USERS + item);
      }
    }
  }
}
