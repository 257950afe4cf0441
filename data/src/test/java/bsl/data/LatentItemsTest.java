package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class LatentItemsTest {
  private static final int ITEMS = 1000;

  private final LatentItems items = new LatentItems(ITEMS, 0.8, 1);

  @Test
  void popularityIsAPowerOfTheRank() {
    double[] sorted = new double[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      sorted[i] = items.popularity(i);
    }
    Arrays.sort(sorted);

    // (rank + q)^-a with q = 1000 / 4000.
    for (int rank : new int[] {1, 2, 10, 500, ITEMS}) {
      assertThat(sorted[ITEMS - rank]).isCloseTo(Math.pow(rank + 0.25, -0.8), within(1e-12));
    }
    assertThat(items.byPopularity().total()).isCloseTo(Arrays.stream(sorted).sum(), within(1e-9));
  }

  @Test
  void popularityIsNotInOrderOfIds() {
    int ascents = 0;
    for (int i = 1; i < ITEMS; i++) {
      ascents += items.popularity(i) > items.popularity(i - 1) ? 1 : 0;
    }
    assertThat(ascents).isBetween(ITEMS / 2 - 60, ITEMS / 2 + 60);
  }

  @Test
  void everyItemBelongsToOneCommunity() {
    BitSet seen = new BitSet();
    for (int c = 0; c < items.communities(); c++) {
      for (int item : items.members(c)) {
        assertThat(seen.get(item)).isFalse();
        seen.set(item);
        assertThat(items.communityOf(item)).isEqualTo(c);
      }
    }
    assertThat(seen.cardinality()).isEqualTo(ITEMS);
  }

  @Test
  void itemsStandAroundCentresOnTheUnitSphere() {
    for (int c = 0; c < items.communities(); c++) {
      double[] centre = items.centre(c);
      assertThat(LatentItems.dot(centre, centre)).isCloseTo(1, within(1e-12));
    }
    for (int i = 0; i < ITEMS; i++) {
      double[] offset = items.offset(i);
      assertThat(LatentItems.dot(offset, offset)).isCloseTo(0.04, within(1e-12));
    }
  }
}
