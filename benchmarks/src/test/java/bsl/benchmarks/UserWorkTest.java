package bsl.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.sampling.UserBatch;
import bsl.core.sampling.UserBatches;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Against numbers worked out by hand, and against loops that count what they do. */
final class UserWorkTest {
  /** ml-1m: 32 users, all 3,043 items, 119 pairs each, d = 64. */
  private static final UserWork ML_1M = new UserWork(32, 3_043, 3_043, 3_808, 0, 64);

  @Test
  void operationsOfTheProductsAreThoseOfThreeNaiveLoops() {
    int rows = 3;
    int negatives = 5;
    int dimension = 4;
    long operations = 0;
    for (int product = 0; product < 3; product++) {
      for (int r = 0; r < rows; r++) {
        for (int j = 0; j < negatives; j++) {
          for (int d = 0; d < dimension; d++) {
            operations += 2; // one multiplication, one addition
          }
        }
      }
    }

    UserWork work = new UserWork(rows, negatives, negatives, 7, 0, dimension);

    assertThat(work.productFlop()).isEqualTo(operations);
  }

  @Test
  void aStepOfMl1mIsAsWorkedOutByHand() {
    // 6 x 32 x 3,043 x 64
    assertThat(ML_1M.productFlop()).isEqualTo(37_392_384);
    // users and items, read and written, 4 bytes each: 8 x 3,075 x 64
    assertThat(ML_1M.productBytes()).isEqualTo(1_574_400);
    // 3,075 x 64 = 196,800 parameters: 12 operations, 28 bytes each
    assertThat(ML_1M.adamFlop()).isEqualTo(2_361_600);
    assertThat(ML_1M.adamBytes()).isEqualTo(5_510_400);
    assertThat(ML_1M.stepFlop()).isEqualTo(37_392_384 + 2_361_600);
    // 24 bytes a parameter, 4 a pair
    assertThat(ML_1M.stepBytes()).isEqualTo(4_723_200 + 15_232);
  }

  @Test
  void positivesOutsideOfTheSampleCostThreeProductsOfOneRow() {
    UserWork without = new UserWork(8, 100, 100, 20, 0, 32);
    UserWork with = new UserWork(8, 100, 100, 20, 15, 32);

    assertThat(with.stepFlop() - without.stepFlop()).isEqualTo(15 * 32 * 6);
    assertThat(with.productFlop()).isEqualTo(without.productFlop());
  }

  @Test
  void theShapeIsTheMeanOverMiniBatches() {
    Interactions pairs = PowerLawPairs.make(50, 40, 400, 1);
    UserBatches batches = new UserBatches(pairs, 10, 0, 64, 0, false, 1);

    UserWork work = UserWork.ofFirstSteps(batches, 100, 16);

    assertThat(work.rows()).isEqualTo(10);
    assertThat(work.negatives()).isEqualTo(40);
    assertThat(work.columns()).isEqualTo(40);
    assertThat(work.pairs()).isCloseTo(pairs.size() / 5.0, within(1e-9));
    assertThat(work.outside()).isZero();
  }

  @Test
  void columnsOfASampleAreTheSampleAndPositivesOutsideOfIt() {
    Interactions pairs = PowerLawPairs.make(30, 400, 600, 1);
    UserBatches batches = new UserBatches(pairs, 30, 0, 64, 50, false, 1);

    UserWork work = UserWork.ofFirstSteps(batches, 1, 16);

    // All users are in the one step, so every item that anybody has is a column.
    Set<Integer> sample = new HashSet<>();
    batches.beginEpoch(1);
    UserBatch batch = batches.batch(0);
    for (int c = 0; c < batch.negatives(); c++) {
      sample.add(batch.columns()[c]);
    }
    int outside = 0;
    Set<Integer> columns = new HashSet<>(sample);
    for (int p = 0; p < pairs.size(); p++) {
      outside += sample.contains(pairs.itemAt(p)) ? 0 : 1;
      columns.add(pairs.itemAt(p));
    }
    assertThat(work.outside()).isEqualTo(outside).isPositive();
    assertThat(work.columns()).isEqualTo(columns.size());
    assertThat(work.negatives()).isEqualTo(sample.size());
  }

  @Test
  void theWorkIsThatOfTheProductsMeasured() {
    Interactions pairs = PowerLawPairs.make(50, 70, 400, 1);
    UserBatches batches = new UserBatches(pairs, 20, 0, 64, 0, false, 1);
    batches.beginEpoch(1);
    try (WorkPool pool = new WorkPool(1)) {
      UserProducts products = new UserProducts(batches.batch(0), 32, Kernels.scalar(), pool);

      // A sum per user and per item, of as many floats as the products' bytes say are written.
      int floats = products.userSums().length + products.itemSums().length;
      assertThat(UserWork.ofFirstSteps(batches, 1, 32).productBytes())
          .isEqualTo(2.0 * Float.BYTES * floats);
    }
  }
}
