package bsl.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The randomised decomposition against the full one of Commons Math. */
class TruncatedSvdTest {
  private static final int DIMENSION = 5;

  /** Several blocks of work on either side. */
  private static final Interactions MANY = DenseGraph.random(400, 300, 0.5, 1);

  /** Has no threads to end. */
  private static final WorkPool ONE_THREAD = new WorkPool(1);

  private static TruncatedSvd truncated(Interactions pairs, int rank) {
    return TruncatedSvd.of(NormalizedGraph.of(pairs), rank, 7, Kernels.best(), ONE_THREAD);
  }

  /** Users and items mostly meet within their own of several communities. */
  private static Interactions communities(int users, int items, int communities) {
    RandomStream random = RandomStream.of(4, Purpose.TEST, users, items);
    int[] pairUsers = new int[users * items];
    int[] pairItems = new int[users * items];
    int size = 0;
    for (int u = 0; u < users; u++) {
      for (int i = 0; i < items; i++) {
        if (random.nextDouble() < (u % communities == i % communities ? 0.6 : 0.03)) {
          pairUsers[size] = u;
          pairItems[size++] = i;
        }
      }
    }
    return Interactions.of(
        users, items, Arrays.copyOf(pairUsers, size), Arrays.copyOf(pairItems, size));
  }

  /** The users x items quarter of A-hat. */
  private static RealMatrix dense(Interactions pairs) {
    int nodes = pairs.users() + pairs.items();
    double[][] identity = MatrixUtils.createRealIdentityMatrix(nodes).getData();
    return new Array2DRowRealMatrix(new DenseGraph(pairs).propagate(identity))
        .getSubMatrix(0, pairs.users() - 1, pairs.users(), nodes - 1);
  }

  private static RealMatrix matrix(EmbeddingTable table) {
    RealMatrix matrix = new Array2DRowRealMatrix(table.rows(), table.dimension());
    for (int r = 0; r < table.rows(); r++) {
      for (int d = 0; d < table.dimension(); d++) {
        matrix.setEntry(r, d, table.row(r)[d]);
      }
    }
    return matrix;
  }

  private static RealMatrix columns(RealMatrix matrix, int count) {
    return matrix.getSubMatrix(0, matrix.getRowDimension() - 1, 0, count - 1);
  }

  private static RealMatrix projector(RealMatrix columns) {
    return columns.multiply(columns.transpose());
  }

  /** The nearest matrix of a rank, by the full decomposition. */
  private static RealMatrix nearest(SingularValueDecomposition full, int rank) {
    return columns(full.getU(), rank)
        .multiply(full.getS().getSubMatrix(0, rank - 1, 0, rank - 1))
        .multiply(columns(full.getV(), rank).transpose());
  }

  private static void assertClose(RealMatrix actual, RealMatrix expected, double tolerance) {
    assertThat(actual.subtract(expected).getFrobeniusNorm()).isLessThan(tolerance);
  }

  private static EmbeddingTable random(int rows) {
    EmbeddingTable table = new EmbeddingTable(rows, DIMENSION);
    table.initialiseXavierUniform(3, 0);
    return table;
  }

  /** A table to be overwritten. */
  private static EmbeddingTable sevens(int rows) {
    EmbeddingTable table = new EmbeddingTable(rows, DIMENSION);
    float[] row = new float[DIMENSION];
    Arrays.fill(row, 7f);
    IntStream.range(0, rows).forEach(r -> table.setRow(r, row));
    return table;
  }

  private static EmbeddingTable users(TruncatedSvd svd, EmbeddingTable items) {
    EmbeddingTable users = sevens(svd.users().rows());
    svd.toUsers(items, users);
    return users;
  }

  private static EmbeddingTable items(TruncatedSvd svd, EmbeddingTable users) {
    EmbeddingTable items = sevens(svd.items().rows());
    svd.toItems(users, items);
    return items;
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 1.0, 1", "9, 5, 0.8, 2", "12, 20, 0.5, 5", "20, 12, 0.5, 6"})
  void agreesWithTheFullDecompositionOfSmallGraphs(int users, int items, double density, int rank) {
    assertAgrees(DenseGraph.random(users, items, density, 2), rank);
  }

  /** Graphs of which the random vectors span a part only. */
  @ParameterizedTest
  @CsvSource({"60, 90, 3", "90, 60, 4", "100, 150, 5"})
  void agreesWithTheFullDecompositionOfCommunities(int users, int items, int communities) {
    assertAgrees(communities(users, items, communities), communities);
  }

  private static void assertAgrees(Interactions pairs, int rank) {
    SingularValueDecomposition full = new SingularValueDecomposition(dense(pairs));

    TruncatedSvd svd = truncated(pairs, rank);

    assertThat(svd.rank()).isEqualTo(rank);
    for (int j = 0; j < rank; j++) {
      assertThat(svd.singularValue(j)).isCloseTo(full.getSingularValues()[j], within(1e-6));
    }
    assertClose(projector(matrix(svd.users())), projector(columns(full.getU(), rank)), 1e-5);
    assertClose(projector(matrix(svd.items())), projector(columns(full.getV(), rank)), 1e-5);
    RealMatrix nearest = nearest(full, rank);
    EmbeddingTable x = random(pairs.items());
    assertClose(matrix(users(svd, x)), nearest.multiply(matrix(x)), 1e-5);
    EmbeddingTable y = random(pairs.users());
    assertClose(matrix(items(svd, y)), nearest.transpose().multiply(matrix(y)), 1e-5);
  }

  @ParameterizedTest
  @CsvSource({"6, 9", "9, 6", "1, 2"})
  void aRankBeyondTheMatrixGivesTheMatrix(int users, int items) {
    Interactions pairs = DenseGraph.random(users, items, 0.7, 5);
    RealMatrix dense = dense(pairs);
    int rank = new SingularValueDecomposition(dense).getRank();

    TruncatedSvd svd = truncated(pairs, 12);

    assertThat(svd.rank()).isEqualTo(12);
    assertThat(svd.singularValue(rank - 1)).isPositive();
    for (int j = rank; j < 12; j++) {
      assertThat(svd.singularValue(j)).isZero();
      assertThat(matrix(svd.users()).getColumn(j)).containsOnly(0);
      assertThat(matrix(svd.items()).getColumn(j)).containsOnly(0);
    }
    EmbeddingTable x = random(items);
    assertClose(matrix(users(svd, x)), dense.multiply(matrix(x)), 1e-5);
    EmbeddingTable y = random(users);
    assertClose(matrix(items(svd, y)), dense.transpose().multiply(matrix(y)), 1e-5);
  }

  @Test
  void withoutPairsThereAreNoMessages() {
    TruncatedSvd svd = truncated(Interactions.of(4, 3, new int[0], new int[0]), 2);

    assertThat(svd.singularValue(0)).isZero();
    assertThat(users(svd, random(3)))
        .satisfies(table -> assertSame(table, new EmbeddingTable(4, DIMENSION)));
    assertThat(items(svd, random(4)))
        .satisfies(table -> assertSame(table, new EmbeddingTable(3, DIMENSION)));
  }

  @Test
  void nodesWithoutPairsHaveNoCoordinates() {
    TruncatedSvd svd = truncated(MANY, 4);

    for (int j = 0; j < 4; j++) {
      assertThat((double) svd.users().row(3)[j]).isCloseTo(0, within(1e-12));
      assertThat((double) svd.items().row(4)[j]).isCloseTo(0, within(1e-12));
    }
    assertThat(svd.users().row(0)).doesNotContain(0f);
    assertThat(svd.items().row(1)).doesNotContain(0f);
  }

  @Test
  void theUserFarthestOutIsPositive() {
    RealMatrix users = matrix(truncated(MANY, 6).users());

    for (int j = 0; j < 6; j++) {
      double[] column = users.getColumn(j);
      double highest = Arrays.stream(column).max().orElseThrow();
      double lowest = Arrays.stream(column).min().orElseThrow();
      assertThat(highest).isGreaterThan(-lowest);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, true", "3, true", "1, false", "2, false", "3, false"})
  void threadsAndKernelsChangeNoBit(int threads, boolean best) {
    TruncatedSvd one = truncated(MANY, 5);
    NormalizedGraph graph = NormalizedGraph.of(MANY);
    assertThat(graph.toUsers().blocks()).as("work to share").isGreaterThan(2);
    try (WorkPool pool = new WorkPool(threads)) {
      Kernels kernels = best ? Kernels.best() : Kernels.scalar();
      TruncatedSvd other = TruncatedSvd.of(graph, 5, 7, kernels, pool);

      for (int j = 0; j < 5; j++) {
        assertThat(other.singularValue(j)).isEqualTo(one.singularValue(j));
      }
      assertSame(other.users(), one.users());
      assertSame(other.items(), one.items());
      assertSame(users(other, random(300)), users(one, random(300)));
      assertSame(items(other, random(400)), items(one, random(400)));
    }
  }

  private static void assertSame(EmbeddingTable actual, EmbeddingTable expected) {
    assertThat(actual.values()).isEqualTo(expected.values());
  }

  @Test
  void tablesOfOtherWidthsTakeTurns() {
    TruncatedSvd svd = truncated(MANY, 3);
    EmbeddingTable first = users(svd, random(300));
    EmbeddingTable wide = new EmbeddingTable(300, 40);
    wide.initialiseXavierUniform(4, 1);
    svd.toUsers(wide, new EmbeddingTable(400, 40));

    assertSame(users(svd, random(300)), first);
  }

  @Test
  void wrongArgumentsAreNamed() {
    TruncatedSvd svd = truncated(MANY, 2);

    assertThatThrownBy(() -> truncated(MANY, 0)).hasMessage("rank must be at least 1: 0");
    assertThatThrownBy(() -> svd.toUsers(random(400), random(400)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("400 x 300");
    assertThatThrownBy(() -> svd.toUsers(random(300), random(300)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> svd.toItems(random(400), new EmbeddingTable(300, DIMENSION + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
