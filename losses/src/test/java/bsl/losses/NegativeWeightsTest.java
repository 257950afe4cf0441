package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.RandomStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NegativeWeightsTest {
  private static float[] random(int n, RandomStream random) {
    float[] weights = new float[n];
    for (int j = 0; j < n; j++) {
      double size = Math.pow(10, 24 * random.nextDouble() - 12);
      weights[j] = (float) Math.max(NegativeWeights.SMALLEST, size);
    }
    return weights;
  }

  private static double exactTotal(float[] weights) {
    BigDecimal sum = BigDecimal.ZERO;
    for (float weight : weights) {
      sum = sum.add(new BigDecimal(weight));
    }
    return sum.doubleValue();
  }

  @Test
  void knowsItsColumnsAndTheirTotal() {
    float[] given = {2, 0, 0.5f};
    NegativeWeights weights = new NegativeWeights(given);
    given[0] = 7;

    assertThat(weights.columns()).isEqualTo(3);
    assertThat(weights.values()).containsExactly(2, 0, 0.5f);
    assertThat(weights.total()).isEqualTo(2.5);
    assertThat(NegativeWeights.ones(4).values()).containsExactly(1, 1, 1, 1);
    assertThat(NegativeWeights.ones(4).total()).isEqualTo(4);
  }

  /** Against decimal arithmetic, over the whole range, with all but a few columns taken out. */
  @Test
  void theTotalIsExactHoweverLittleIsLeftAndHoweverOftenColumnsChange() {
    Seeds.check(
        20,
        random -> {
          int n = 2 + random.nextInt(300);
          float[] base = random(n, random);
          NegativeWeights weights = new NegativeWeights(base);
          double total = exactTotal(base);
          assertThat(weights.total()).isEqualTo(total);
          for (int round = 0; round < 15; round++) {
            int[] columns = some(n, random);
            double factor = random.nextInt(2) == 0 ? 0 : random.nextDouble() + 0.5;
            for (int column : columns) {
              if (factor * base[column] < NegativeWeights.LARGEST
                  && (factor == 0 || factor * base[column] > NegativeWeights.SMALLEST)) {
                weights.multiply(column, factor);
              }
            }
            assertThat(weights.total()).isEqualTo(exactTotal(weights.values()));
            weights.restore(columns, 0, columns.length);

            assertThat(weights.values()).containsExactly(base);
            assertThat(weights.total()).isEqualTo(total);
          }
        });
  }

  /** Distinct columns, mostly nearly all of them. */
  private static int[] some(int n, RandomStream random) {
    int first = random.nextInt(n);
    int count =
        random.nextInt(4) == 0 ? random.nextInt(n) : n - 1 - random.nextInt(Math.min(2, n - 1));
    return IntStream.range(0, count).map(k -> (first + k) % n).toArray();
  }

  @Test
  void theArrayThatIsGivenIsCopied() {
    float[] given = {1, 2};
    NegativeWeights weights = new NegativeWeights(given);
    Arrays.fill(given, 7);
    weights.multiply(1, 3);
    assertThat(weights.values()).containsExactly(1, 6);
    weights.restore(new int[] {0, 1}, 0, 2);

    assertThat(weights.values()).containsExactly(1, 2);
    assertThat(weights.copy().values()).containsExactly(1, 2);
    assertThat(weights.total()).isEqualTo(3);
  }

  @Test
  void aFactorIsOfTheWeightAtFirst() {
    NegativeWeights weights = new NegativeWeights(new float[] {2, 3});
    weights.multiply(1, 4);
    assertThat(weights.values()).containsExactly(2, 12);
    weights.multiply(1, 0.5);
    assertThat(weights.values()).containsExactly(2, 1.5f);
    assertThat(weights.total()).isEqualTo(3.5);
    weights.multiply(1, 0);
    assertThat(weights.total()).isEqualTo(2);
    weights.restore(new int[] {7, 1, 9}, 1, 2);
    assertThat(weights.values()).containsExactly(2, 3);
    assertThat(weights.total()).isEqualTo(5);
  }

  /** A column that is taken out for a while counts as one that has weight 0 from the beginning. */
  @Test
  void aLossSeesWhatIsMultipliedAndWhatIsRestored() {
    NegativeWeights weights = new NegativeWeights(new float[] {2, 0, 3});
    double before = value(weights);
    weights.multiply(0, 0);
    weights.multiply(2, 2);
    assertThat(value(weights)).isEqualTo(value(new NegativeWeights(new float[] {0, 0, 6})));
    assertThat(value(weights.copy())).isEqualTo(before);
    weights.restore(new int[] {2, 0}, 0, 2);
    assertThat(value(weights)).isEqualTo(before);
  }

  private static double value(NegativeWeights weights) {
    UserBatch batch = new UserBatch();
    batch.add(new float[] {0.5f}, new float[] {0.9f, 30, 0.1f}, weights);
    return batch.evaluate(new SoftmaxLoss(0.1));
  }

  @Test
  void aCopyHasTheWeightsAsTheyWereAtFirstAndALifeOfItsOwn() {
    NegativeWeights weights = new NegativeWeights(new float[] {2, 3});
    weights.multiply(0, 0);
    NegativeWeights copy = weights.copy();
    assertThat(copy.values()).containsExactly(2, 3);
    assertThat(copy.total()).isEqualTo(5);

    copy.multiply(1, 2);
    assertThat(weights.values()).containsExactly(0, 3);
    assertThat(weights.total()).isEqualTo(3);
    weights.restore(new int[] {0}, 0, 1);
    assertThat(copy.values()).containsExactly(2, 6);
    assertThat(copy.total()).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, Float.NaN, Float.POSITIVE_INFINITY, 0.9e-12f, 1.1e12f})
  void refusesWeightsOutOfRange(float weight) {
    assertThatThrownBy(() -> new NegativeWeights(new float[] {1, weight}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weight of column 1 must be 0 or between 1.0E-12 and 1.0E12: " + weight);
    NegativeWeights weights = NegativeWeights.ones(2);
    assertThatThrownBy(() -> weights.multiply(1, weight))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("weight of column 1 must be 0 or between");
    assertThat(weights.total()).isEqualTo(2);
    assertThat(weights.values()).containsExactly(1, 1);
  }

  @Test
  void refusesWeightsThatAreAllZero() {
    assertThatThrownBy(() -> new NegativeWeights(new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no negative has a weight above 0");
  }
}
