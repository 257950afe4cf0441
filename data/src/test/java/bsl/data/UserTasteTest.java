package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.RandomStream;
import java.util.Arrays;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;

class UserTasteTest {
  private static final int ITEMS = 60;
  private static final int DRAWS = 40_000;

  private final LatentItems items = new LatentItems(ITEMS, 0.7, 3);
  private final double[] position = LatentItems.onSphere(random(0));
  private final UserTaste taste = new UserTaste(items, position);

  private static RandomStream random(long index) {
    return RandomStream.of(5, RandomStream.Purpose.TEST, index);
  }

  /** Probability of each item by the definition, from where user and item stand. */
  private double[] byDefinition() {
    double[] liked = new double[ITEMS];
    double likedSum = 0;
    double popularSum = 0;
    for (int i = 0; i < ITEMS; i++) {
      double inner = 0;
      for (int d = 0; d < LatentItems.DIMENSIONS; d++) {
        double coordinate = items.centre(items.communityOf(i))[d] + items.offset(i)[d];
        inner += position[d] * coordinate;
      }
      liked[i] = items.popularity(i) * Math.exp(7 * inner);
      likedSum += liked[i];
      popularSum += items.popularity(i);
    }
    double[] probabilities = new double[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      probabilities[i] = 0.9 * liked[i] / likedSum + 0.1 * items.popularity(i) / popularSum;
    }
    return probabilities;
  }

  @Test
  void weightsAreTheDefinitions() {
    double[] expected = byDefinition();
    double[] actual = taste.weights();

    for (int i = 0; i < ITEMS; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-12));
    }
  }

  @Test
  void bothWaysOfPickingFollowTheDefinition() {
    long[][] counts = new long[2][ITEMS];
    for (int draw = 0; draw < DRAWS; draw++) {
      counts[0][taste.pickByDrawing(1, random(1 + draw))[0]]++;
      counts[1][taste.pickByRace(1, random(1 + draw))[0]]++;
    }

    double[] expected = byDefinition();
    assertThat(new ChiSquareTest().chiSquareTest(expected, counts[0])).isGreaterThan(1e-3);
    assertThat(new ChiSquareTest().chiSquareTest(expected, counts[1])).isGreaterThan(1e-3);
  }

  @Test
  void bothWaysOfPickingSeveralAgree() {
    // Picks of one call are distinct, so counts are a little less spread than independent ones.
    long[][] counts = new long[2][ITEMS];
    for (int draw = 0; draw < DRAWS / 4; draw++) {
      for (int item : taste.pickByDrawing(6, random(1 + draw))) {
        counts[0][item]++;
      }
      for (int item : taste.pickByRace(6, random(-1 - draw))) {
        counts[1][item]++;
      }
    }

    assertThat(new ChiSquareTest().chiSquareTestDataSetsComparison(counts[0], counts[1]))
        .isGreaterThan(1e-3);
  }

  @Test
  void picksAreDistinctUpToAllItems() {
    for (int count : new int[] {0, 1, 2, 30, ITEMS}) {
      assertThat(taste.pickByDrawing(count, random(1))).hasSize(count).doesNotHaveDuplicates();
      assertThat(taste.pickByRace(count, random(1))).hasSize(count).doesNotHaveDuplicates();
      assertThat(taste.pick(count, random(1)))
          .hasSize(count)
          .doesNotHaveDuplicates()
          .isEqualTo(taste.pick(count, random(1)));
    }
    assertThat(Arrays.stream(taste.pickByDrawing(ITEMS, random(1))).max()).hasValue(ITEMS - 1);
  }
}
