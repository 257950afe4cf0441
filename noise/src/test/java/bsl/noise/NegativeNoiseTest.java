package bsl.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.Split;
import bsl.core.WorkPool;
import bsl.core.sampling.EpochBatches;
import bsl.core.sampling.MiniBatch;
import bsl.core.sampling.NegativeSampler;
import bsl.core.sampling.NegativeSharing;
import java.util.Arrays;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegativeNoiseTest {
  private static final int ITEMS = 12;

  /** Of user 0: 0, 1, 5, 11; of user 1: nothing; of user 2: everything. */
  private static final Interactions POSITIVES = positives();

  private static Interactions positives() {
    int[] users = new int[4 + ITEMS];
    int[] items = new int[4 + ITEMS];
    System.arraycopy(new int[] {0, 1, 5, 11}, 0, items, 0, 4);
    for (int i = 0; i < ITEMS; i++) {
      users[4 + i] = 2;
      items[4 + i] = i;
    }
    return Interactions.of(3, ITEMS, users, items);
  }

  private static long[] counts(NegativeSampler sampler, int user, int draws) {
    int[] drawn = new int[draws];
    sampler.sample(user, drawn, 0, draws, RandomStream.of(3, Purpose.TEST, user));
    long[] counts = new long[ITEMS];
    for (int item : drawn) {
      counts[item]++;
    }
    return counts;
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 0.3", "0, 5", "0, 200", "1, 7", "2, 7"})
  void itemsComeByTheirWeights(int user, double rate) {
    double[] weights = new double[ITEMS];
    Arrays.setAll(weights, item -> POSITIVES.contains(user, item) ? rate : 1);

    long[] counts = counts(new NegativeNoise(POSITIVES, rate), user, 60_000);

    assertThat(new ChiSquareTest().chiSquareTest(weights, counts)).isGreaterThan(0.001);
  }

  @Test
  void atRateZeroNoPositiveComesAndTheOthersComeAlike() {
    Interactions some = Interactions.of(1, ITEMS, new int[4], new int[] {0, 1, 5, 11});
    long[] counts = counts(new NegativeNoise(some, 0), 0, 40_000);

    long[] others = new long[ITEMS - 4];
    int next = 0;
    for (int item = 0; item < ITEMS; item++) {
      if (some.contains(0, item)) {
        assertThat(counts[item]).isZero();
      } else {
        others[next++] = counts[item];
      }
    }
    double[] uniform = new double[others.length];
    Arrays.fill(uniform, 1);
    assertThat(new ChiSquareTest().chiSquareTest(uniform, others)).isGreaterThan(0.001);
  }

  @Test
  void composesWithPositiveNoiseAndMiniBatches() {
    Split split = Split.of("s", POSITIVES, POSITIVES);
    Interactions one = Interactions.of(3, ITEMS, new int[] {0, 0, 1}, new int[] {0, 1, 4});
    Interactions noisy = new PositiveNoise(2, 1).applyTo(Split.of("s", one, split.test())).train();
    assertThat(noisy.size()).isGreaterThan(one.size());
    try (WorkPool pool = new WorkPool(2)) {
      EpochBatches batches =
          new EpochBatches(
              noisy, 4, NegativeSharing.INDEPENDENT, 200, new NegativeNoise(noisy, 0), 1, pool);
      batches.beginEpoch(1);
      MiniBatch batch = batches.batch(0);

      for (int b = 0; b < batch.size(); b++) {
        for (int n = 0; n < 200; n++) {
          assertThat(noisy.contains(batch.users()[b], batch.negatives()[b * 200 + n])).isFalse();
        }
      }
    }
  }

  /** Beside a weight of 1e306 nothing else is ever drawn. */
  @Test
  void theHighestRatesDrawPositivesOnly() {
    Interactions some = Interactions.of(1, ITEMS, new int[4], new int[] {0, 1, 5, 11});
    long[] counts = counts(new NegativeNoise(some, 1e306), 0, 1000);

    for (int item = 0; item < ITEMS; item++) {
      assertThat(counts[item] > 0).as("item %d", item).isEqualTo(some.contains(0, item));
    }
  }

  /** A random number times the smallest double, or a few of them, is a whole number of them. */
  @ParameterizedTest
  @CsvSource({"4.9e-324", "1.5e-323", "1e-315", "2.3e-308"})
  void theLowestRatesDrawItemsThatThereAre(double rate) {
    int[] drawn = new int[1000];
    new NegativeNoise(POSITIVES, rate).sample(2, drawn, 0, 1000, RandomStream.of(4, Purpose.TEST));

    for (int item : drawn) {
      assertThat(item).isBetween(0, ITEMS - 1);
    }
  }

  @Test
  void refusesRatesAndUsersThatHaveNoMeaning() {
    assertThatThrownBy(() -> new NegativeNoise(POSITIVES, 0))
        .hasMessage("user 2 has no negatives at rate 0: all items are positives");
    assertThatThrownBy(() -> new NegativeNoise(POSITIVES, -0.1))
        .hasMessage("rate of negative noise must be at least 0: -0.1");
    assertThatThrownBy(() -> new NegativeNoise(POSITIVES, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new NegativeNoise(POSITIVES, 1e308))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rate of negative noise is too large for " + ITEMS + " items: 1.0E308");
    assertThatThrownBy(() -> new NegativeNoise(Interactions.of(1, 0, new int[0], new int[0]), 1))
        .hasMessage("no items to sample from");
    assertThatThrownBy(() -> counts(new NegativeNoise(POSITIVES, 2), NegativeSampler.EVERYONE, 1))
        .hasMessageContaining("not shared ones");
  }

  /** Runs that were trained before depend on what is drawn. */
  @Test
  void whatIsDrawnStaysTheSame() {
    int[] drawn = new int[10];
    RandomStream random = RandomStream.of(7, Purpose.NEGATIVES, 1, 0);
    new NegativeNoise(POSITIVES, 3).sample(0, drawn, 0, 10, random);

    assertThat(drawn).containsExactly(7, 1, 11, 10, 11, 5, 9, 2, 5, 8);
  }
}
