package bsl.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.RowGradients;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products with A-hat against the full matrix in double precision, and against one another. */
class PropagationTest {
  /** Enough pairs for several blocks of work on either side. */
  private static final Interactions MANY = DenseGraph.random(400, 300, 0.8, 1);

  private static final int DIMENSION = 5;

  private static Embeddings random(Interactions pairs) {
    return MatrixFactorization.initial(pairs.users(), pairs.items(), DIMENSION, 9);
  }

  private static Embeddings filled(Interactions pairs, float value) {
    Embeddings filled = random(pairs);
    fill(filled.users(), value);
    fill(filled.items(), value);
    return filled;
  }

  private static void fill(EmbeddingTable table, float value) {
    Arrays.fill(table.values(), table.offset(0), table.offset(table.rows()), value);
  }

  private static Embeddings propagated(Interactions pairs, Kernels kernels, int threads) {
    Embeddings to = filled(pairs, 7f);
    try (WorkPool pool = new WorkPool(threads)) {
      new Propagation(NormalizedGraph.of(pairs), kernels, pool).propagate(random(pairs), to);
    }
    return to;
  }

  /** Every third key, in descending order. */
  private static Grouping some(int rows) {
    int[] keys = new int[(rows + 2) / 3];
    for (int k = 0; k < keys.length; k++) {
      keys[k] = 3 * (keys.length - 1 - k);
    }
    Grouping some = new Grouping();
    some.reset(keys, keys.length);
    return some;
  }

  private static void assertSame(Embeddings actual, Embeddings expected) {
    assertThat(actual.users().values()).isEqualTo(expected.users().values());
    assertThat(actual.items().values()).isEqualTo(expected.items().values());
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1.0", "9, 5, 0.5", "40, 60, 0.2", "20, 30, 0", "400, 300, 0.8"})
  void agreesWithTheFullMatrixInDoublePrecision(int users, int items, double density) {
    Interactions pairs = DenseGraph.random(users, items, density, 2);
    Embeddings from = random(pairs);
    double[][] x = new double[users + items][DIMENSION];
    for (int n = 0; n < x.length; n++) {
      float[] row = n < users ? from.users().row(n) : from.items().row(n - users);
      for (int d = 0; d < DIMENSION; d++) {
        x[n][d] = row[d];
      }
    }
    double[][] exact = new DenseGraph(pairs).propagate(x);

    Embeddings to = propagated(pairs, Kernels.best(), 2);

    for (int n = 0; n < x.length; n++) {
      float[] row = n < users ? to.users().row(n) : to.items().row(n - users);
      for (int d = 0; d < DIMENSION; d++) {
        assertThat((double) row[d]).isCloseTo(exact[n][d], within(1e-6));
      }
    }
  }

  @Test
  void nodesWithoutPairsGetZero() {
    Embeddings to = propagated(MANY, Kernels.best(), 1);

    assertThat(to.users().row(3)).containsOnly(0f);
    assertThat(to.items().row(4)).containsOnly(0f);
    assertThat(to.users().row(0)).doesNotContain(0f);
  }

  @Test
  void theGraphCountsEachPairInBothDirections() {
    NormalizedGraph graph = NormalizedGraph.of(MANY);

    assertThat(graph.entries()).isEqualTo(2L * MANY.size());
    assertThat(graph.users()).isEqualTo(400);
    assertThat(graph.items()).isEqualTo(300);
    assertThat(graph.toUsers().blocks()).as("work to share").isGreaterThan(2);
    assertThat(graph.toItems().blocks()).isGreaterThan(2);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "3, true", "1, false", "3, false"})
  void threadsAndKernelsChangeNoBit(int threads, boolean scalar) {
    Kernels kernels = scalar ? Kernels.scalar() : Kernels.best();

    assertSame(propagated(MANY, kernels, threads), propagated(MANY, Kernels.best(), 1));
  }

  @Test
  void someRowsHaveTheBitsOfAllRowsAndTheOthersStay() {
    Embeddings all = propagated(MANY, Kernels.best(), 1);
    Embeddings to = filled(MANY, 7f);
    try (WorkPool pool = new WorkPool(2)) {
      new Propagation(NormalizedGraph.of(MANY), Kernels.best(), pool)
          .propagate(random(MANY), to, some(400), some(300));
    }

    assertRows(to.users(), all.users());
    assertRows(to.items(), all.items());
  }

  private static void assertRows(EmbeddingTable actual, EmbeddingTable all) {
    for (int r = 0; r < all.rows(); r++) {
      if (r % 3 == 0) {
        assertThat(actual.row(r)).isEqualTo(all.row(r));
      } else {
        assertThat(actual.row(r)).containsOnly(7f);
      }
    }
  }

  @Test
  void rowsThatAreNotZeroGiveTheBitsOfTheWholeTable() {
    Embeddings from = random(MANY);
    RowGradients users = rows(from.users());
    RowGradients items = rows(from.items());
    try (WorkPool pool = new WorkPool(3)) {
      Propagation propagation = new Propagation(NormalizedGraph.of(MANY), Kernels.best(), pool);
      Embeddings whole = filled(MANY, 7f);
      propagation.propagate(from, whole);
      // Twice, for what the first time may leave behind.
      for (int again = 0; again < 2; again++) {
        Embeddings sparse = filled(MANY, 8f);
        propagation.propagate(users, items, sparse);
        assertSame(sparse, whole);
      }
      RowGradients none = new RowGradients(from.users().stride());
      none.reset(0);
      Embeddings zero = filled(MANY, 8f);
      propagation.propagate(none, none, zero);
      assertSame(zero, filled(MANY, 0f));
    }
  }

  /** Kernels look at no bound: memory behind a table would be read and written. */
  @Test
  void refusesTablesOfOtherShapes() {
    Embeddings fitting = random(MANY);
    Embeddings wide = MatrixFactorization.initial(400, 300, 40, 9);
    Embeddings fewUsers = MatrixFactorization.initial(399, 300, DIMENSION, 9);
    Embeddings manyItems = MatrixFactorization.initial(400, 301, DIMENSION, 9);
    try (WorkPool pool = new WorkPool(1)) {
      Propagation propagation = new Propagation(NormalizedGraph.of(MANY), Kernels.best(), pool);

      for (Embeddings other : List.of(fewUsers, manyItems)) {
        String message = "the graph has other nodes than " + other.users();
        refuses(() -> propagation.propagate(other, fitting), message);
        refuses(() -> propagation.propagate(fitting, other), message);
        refuses(() -> propagation.propagate(fitting, other, some(3), some(3)), message);
        RowGradients none = new RowGradients(fitting.users().stride());
        refuses(() -> propagation.propagate(none, none, other), message);
      }
      String dimensions =
          "dimensions differ: EmbeddingTable[400 x 40] and EmbeddingTable[400 x " + DIMENSION + "]";
      refuses(() -> propagation.propagate(wide, fitting), dimensions);
      refuses(() -> propagation.propagate(wide, fitting, some(3), some(3)), dimensions);
      RowGradients narrow = rows(random(MANY).users());
      refuses(
          () -> propagation.propagate(narrow, narrow, wide),
          "gradients are 32 floats apart, rows of EmbeddingTable[400 x 40] 64");
    }
  }

  /** As many users as items, so that each table could stand in for the other. */
  @Test
  void refusesToWriteWhereItReads() {
    Interactions square = DenseGraph.random(30, 30, 0.5, 3);
    Embeddings from = random(square);
    EmbeddingTable other = random(square).users();
    String message = "a table cannot be read and written in one product";
    try (WorkPool pool = new WorkPool(1)) {
      Propagation propagation = new Propagation(NormalizedGraph.of(square), Kernels.best(), pool);

      for (EmbeddingTable shared : List.of(from.users(), from.items())) {
        refuses(() -> propagation.propagate(from, new Embeddings(shared, other)), message);
        refuses(() -> propagation.propagate(from, new Embeddings(other, shared)), message);
      }
      refuses(() -> propagation.propagate(from, from), message);
      refuses(() -> propagation.propagate(from, new Embeddings(other, other)), message);
      refuses(() -> propagation.propagate(from, from, some(3), some(3)), message);
    }
  }

  private static void refuses(ThrowingCallable product, String message) {
    assertThatThrownBy(product)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  /** Every third row in descending order; the table's other rows are set to zero. */
  private static RowGradients rows(EmbeddingTable table) {
    Grouping some = some(table.rows());
    EmbeddingTable kept = new EmbeddingTable(table.rows(), table.dimension());
    RowGradients rows = new RowGradients(table.stride());
    rows.reset(some.groups());
    for (int k = 0; k < some.groups(); k++) {
      int row = some.key(k);
      rows.setRow(k, row);
      System.arraycopy(
          table.values(), table.offset(row), rows.values(), rows.offset(k), table.stride());
      kept.setRow(row, table.row(row));
    }
    table.copyFrom(kept);
    return rows;
  }
}
