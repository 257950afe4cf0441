package bsl.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Interactions;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Test;

/** Sizes and exponents of the data whose growth is measured. */
final class PowerLawPairsTest {
  private static final int USERS = 2_000;
  private static final int ITEMS = 5_000;
  private static final int PAIRS = 60_000;

  private final Interactions pairs = PowerLawPairs.make(USERS, ITEMS, PAIRS, 1);

  @Test
  void thereAreAsManyPairsAsAskedFor() {
    assertThat((double) pairs.size()).isCloseTo(PAIRS, within(0.01 * PAIRS));
    assertThat(pairs.users()).isEqualTo(USERS);
    assertThat(pairs.items()).isEqualTo(ITEMS);
  }

  @Test
  void activityFallsWithTheRankToThePowerOfMinusAHalf() {
    assertThat(slope(IntStream.range(0, USERS).map(pairs::degree).toArray(), 5, USERS))
        .isCloseTo(-0.5, within(0.02));
  }

  @Test
  void popularityFallsWithTheRankToThePowerOfMinusThreeQuarters() {
    Interactions byItem = pairs.transpose();

    // The first items are as good as everybody's, and the last ones hardly anybody's.
    assertThat(slope(IntStream.range(0, ITEMS).map(byItem::degree).toArray(), 50, 1_000))
        .isCloseTo(-0.75, within(0.05));
  }

  @Test
  void nobodyHasMoreThanAQuarterOfTheItems() {
    Interactions dense = PowerLawPairs.make(10, 40, 10_000, 1);

    assertThat(IntStream.range(0, 10).map(dense::degree)).containsOnly(10);
  }

  @Test
  void theSameSeedGivesTheSamePairs() {
    Interactions again = PowerLawPairs.make(USERS, ITEMS, PAIRS, 1);
    Interactions other = PowerLawPairs.make(USERS, ITEMS, PAIRS, 2);

    assertThat(again.itemsOf(0)).isEqualTo(pairs.itemsOf(0));
    assertThat(other.itemsOf(0)).isNotEqualTo(pairs.itemsOf(0));
  }

  /** Least-squares slope of the logarithm of a count over that of its rank. */
  private static double slope(int[] counts, int from, int to) {
    SimpleRegression line = new SimpleRegression();
    for (int rank = from; rank < to; rank++) {
      line.addData(Math.log(rank + 1.0), Math.log(counts[rank]));
    }
    return line.getSlope();
  }
}
