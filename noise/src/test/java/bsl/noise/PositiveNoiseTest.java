package bsl.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import bsl.core.Interactions;
import bsl.core.Split;
import bsl.data.DatasetCatalog;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;

class PositiveNoiseTest {
  private static final Interactions TRAIN =
      SyntheticDatasets.make(SyntheticPreset.SMALL, 3).train();

  @Test
  void everyUserGetsAtMostTheFloorOfTheRateInItemsThatAreNew() {
    Interactions noise = new PositiveNoise(0.3, 1).drawnFor(TRAIN);

    int sum = 0;
    for (int u = 0; u < TRAIN.users(); u++) {
      int draws = (int) Math.floor(0.3 * TRAIN.degree(u));
      assertThat(noise.degree(u)).isBetween(Math.min(1, draws), draws);
      for (int item : noise.itemsOf(u)) {
        assertThat(TRAIN.contains(u, item)).isFalse();
      }
      sum += noise.degree(u);
    }
    assertThat(sum).isEqualTo(noise.size()).isPositive();
    assertThat(PositiveNoise.added(TRAIN, noise).size()).isEqualTo(TRAIN.size() + noise.size());
  }

  @Test
  void theDrawIsSeededAndNoNoiseIsNone() {
    assertThat(new PositiveNoise(0.2, 7).drawnFor(TRAIN))
        .isEqualTo(new PositiveNoise(0.2, 7).drawnFor(TRAIN))
        .isNotEqualTo(new PositiveNoise(0.2, 8).drawnFor(TRAIN));
    assertThat(new PositiveNoise(0, 7).drawnFor(TRAIN).size()).isZero();
  }

  @Test
  void isUniformOverTheItemsThatAreNotInTrain() {
    // Item 2 of six is in train; one of the other 5 is drawn for each of 5,000 users.
    int users = 5000;
    int[] pairUsers = new int[users];
    int[] pairItems = new int[users];
    for (int u = 0; u < users; u++) {
      pairUsers[u] = u;
      pairItems[u] = 2;
    }
    Interactions train = Interactions.of(users, 6, pairUsers, pairItems);
    Interactions byItem = new PositiveNoise(1, 5).drawnFor(train).transpose();
    long[] counts = new long[5];
    double[] expected = new double[5];
    for (int k = 0; k < 5; k++) {
      counts[k] = byItem.degree(k < 2 ? k : k + 1);
      expected[k] = users / 5.0;
    }

    assertThat(byItem.degree(2)).isZero();
    assertThat(new ChiSquareTest().chiSquareTest(expected, counts)).isGreaterThan(0.001);
  }

  @Test
  void repetitionsCountOnceAndAUserWithAllItemsGetsNone() {
    Interactions train =
        Interactions.of(2, 4, new int[] {0, 0, 0, 1, 1, 1, 1}, new int[] {0, 1, 3, 0, 1, 2, 3});
    Interactions noise = new PositiveNoise(5, 1).drawnFor(train);

    assertThat(noise.itemsOf(0)).containsExactly(2);
    assertThat(noise.degree(1)).isZero();
  }

  /**
   * The authors' 10% file for ml-1m has 76,484 extra pairs. Draws with replacement leave 76,462 on
   * average, with a standard deviation of about 21.
   */
  @Test
  void tenPercentOfMl1mAddAsManyPairsAsInTheAuthorsFile() throws IOException {
    String directory = System.getenv("BSL_DATA");
    assumeThat(directory).as("BSL_DATA").isNotNull();
    Path path = Path.of(directory);
    assumeThat(DatasetCatalog.isPresent("ml-1m", path)).isTrue();
    Interactions train = DatasetCatalog.load("ml-1m", path).split().train();

    assertThat(new PositiveNoise(0.1, 1).drawnFor(train).size()).isCloseTo(76_484, within(100));
  }

  /** More draws than an array has room for: of one user, or of all together. */
  @Test
  void refusesRatesThatAskForTooManyDraws() {
    int[] users = IntStream.range(0, 4).toArray();
    Interactions train = Interactions.of(4, 4, users, users);
    // The first one has room without the train pairs.
    for (double rate : new double[] {536_870_909, 6e8, 1e10, 1e300}) {
      PositiveNoise noise = new PositiveNoise(rate, 1);

      assertThatThrownBy(() -> noise.drawnFor(train))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("rate of positive noise is too large for 4 train pairs: " + rate);
    }
  }

  @Test
  void refusesRatesThatAreNone() {
    for (double rate : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new PositiveNoise(rate, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("rate of positive noise must be at least 0");
    }
  }

  /** 0.35 times 180 is 63 in single precision and in exact arithmetic. */
  @Test
  void theNumberOfDrawsIsAProductOfDoubles() {
    Interactions train =
        Interactions.of(1, 10_000_000, new int[180], IntStream.range(0, 180).toArray());

    assertThat(new PositiveNoise(0.35, 1).drawnFor(train).degree(0)).isEqualTo(62);
  }

  /** Data sets with noise that were made before, and runs on them, depend on what is drawn. */
  @Test
  void whatIsDrawnStaysTheSame() {
    int[] users = {0, 0, 0, 1, 1, 2};
    Interactions train = Interactions.of(3, 20, users, new int[] {0, 5, 19, 3, 4, 10});
    Interactions noise = new PositiveNoise(2, 7).drawnFor(train);

    assertThat(noise.itemsOf(0)).containsExactly(7, 11, 13, 15, 16, 17);
    assertThat(noise.itemsOf(1)).containsExactly(13, 14, 15, 16);
    assertThat(noise.itemsOf(2)).containsExactly(5, 14);
  }

  @Test
  void nothingButTrainChanges() {
    Interactions train = Interactions.of(2, 9, new int[] {0, 1}, new int[] {0, 1});
    Interactions validation = Interactions.of(2, 9, new int[] {0}, new int[] {2});
    Interactions test = Interactions.of(2, 9, new int[] {1}, new int[] {3});
    Split noisy =
        new PositiveNoise(3, 1).applyTo(new Split("s", train, Optional.of(validation), test));

    assertThat(noisy.name()).isEqualTo("s");
    assertThat(noisy.validation()).contains(validation);
    assertThat(noisy.test()).isEqualTo(test);
    assertThat(noisy.train())
        .isEqualTo(PositiveNoise.added(train, new PositiveNoise(3, 1).drawnFor(train)))
        .isNotEqualTo(train);
  }

  @Test
  void refusesNoiseOfAnotherShape() {
    Interactions train = Interactions.of(2, 9, new int[] {0}, new int[] {0});
    for (int[] shape : new int[][] {{3, 9}, {2, 10}}) {
      Interactions other = Interactions.of(shape[0], shape[1], new int[] {0}, new int[] {1});

      assertThatThrownBy(() -> PositiveNoise.added(train, other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("shapes differ: " + train + " and " + other);
    }
  }
}
