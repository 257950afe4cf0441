package bsl.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.sampling.UserBatches;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured as the products of a step must be these products. */
final class UserProductsTest {
  private static final int DIMENSION = 32;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theyAreThoseOfThePlainLoops(int threads) {
    Interactions pairs = PowerLawPairs.make(90, 500, 900, 1);
    UserBatches batches = new UserBatches(pairs, 70, 0, 64, 0, false, 1);
    batches.beginEpoch(1);
    try (WorkPool pool = new WorkPool(threads)) {
      UserProducts ours = new UserProducts(batches.batch(0), DIMENSION, Kernels.best(), pool);
      UserProducts plain = new UserProducts(batches.batch(0), DIMENSION, Kernels.best(), pool);

      ours.products();
      plain.plainProducts();

      assertClose(ours.userSums(), plain.userSums());
      assertClose(ours.itemSums(), plain.itemSums());
    }
  }

  private static void assertClose(float[] actual, float[] expected) {
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-4));
      sum += Math.abs(expected[i]);
    }
    assertThat(sum).isPositive();
  }
}
