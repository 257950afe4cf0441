package bsl.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is compared must be the same product: each library against three plain loops. */
final class MatrixProductsTest {
  private static final int USERS = 19;
  private static final int FIRST = 2;
  private static final int ROWS = 15;
  private static final int ITEMS = 70;
  private static final int DIMENSION = 32;
  private static final int STRIDE = 96 + 16;
  private static final double TOLERANCE = 1e-5;

  /** Its warning that a machine has no native BLAS is about a library that is not tested here. */
  private static final Logger NETLIB = Logger.getLogger("dev.ludovic.netlib");

  private static Level before;

  private final ItemMatrix items = ItemMatrix.random(ITEMS, DIMENSION, 0);
  private final float[] users = RandomMatrix.uniform(USERS, DIMENSION, 1);
  private final float[] gradient = RandomMatrix.uniform(ROWS, STRIDE, 2);

  @BeforeAll
  static void beQuiet() {
    before = NETLIB.getLevel();
    NETLIB.setLevel(Level.SEVERE);
  }

  @AfterAll
  static void beAsLoudAsBefore() {
    NETLIB.setLevel(before);
  }

  @ParameterizedTest
  @EnumSource(names = "NETLIB_NATIVE", mode = EnumSource.Mode.EXCLUDE)
  void scoresAreInnerProducts(ProductLibrary library) {
    float[] scores = new float[ROWS * STRIDE];
    library.open(1).score(users, FIRST, ROWS, items, scores, STRIDE);
    for (int r = 0; r < ROWS; r++) {
      for (int j = 0; j < ITEMS; j++) {
        double expected = 0;
        for (int k = 0; k < DIMENSION; k++) {
          expected += (double) users[(FIRST + r) * DIMENSION + k] * items.rows()[j * DIMENSION + k];
        }
        assertThat((double) scores[r * STRIDE + j]).isCloseTo(expected, within(TOLERANCE));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NETLIB_NATIVE", mode = EnumSource.Mode.EXCLUDE)
  void gradientsReachUsersThroughItems(ProductLibrary library) {
    float[] sums = RandomMatrix.uniform(ROWS, DIMENSION, 3);
    float[] before = sums.clone();
    library.open(1).addToUsers(gradient, STRIDE, ROWS, items, sums);
    for (int r = 0; r < ROWS; r++) {
      for (int d = 0; d < DIMENSION; d++) {
        double expected = before[r * DIMENSION + d];
        for (int j = 0; j < ITEMS; j++) {
          expected += (double) gradient[r * STRIDE + j] * items.rows()[j * DIMENSION + d];
        }
        assertThat((double) sums[r * DIMENSION + d]).isCloseTo(expected, within(TOLERANCE));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NETLIB_NATIVE", mode = EnumSource.Mode.EXCLUDE)
  void gradientsReachItemsThroughUsers(ProductLibrary library) {
    float[] sums = RandomMatrix.uniform(ITEMS, DIMENSION, 3);
    float[] before = sums.clone();
    library.open(1).addToItems(gradient, STRIDE, ROWS, items, users, sums);
    for (int j = 0; j < ITEMS; j++) {
      for (int d = 0; d < DIMENSION; d++) {
        double expected = before[j * DIMENSION + d];
        for (int r = 0; r < ROWS; r++) {
          expected += (double) gradient[r * STRIDE + j] * users[r * DIMENSION + d];
        }
        assertThat((double) sums[j * DIMENSION + d]).isCloseTo(expected, within(TOLERANCE));
      }
    }
  }
}
