package bsl.data;

import bsl.core.RandomStream;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Picks the items of one user of a synthetic data set. Each pick is, with probability {@value
 * #IGNORES_TASTE}, an item by popularity alone (noise); else the item's popularity counts times
 * exp({@value #STRENGTH} * inner product of user and item). Picks are distinct: an item that was
 * picked is out (successive sampling, the same as the k largest of log weight plus Gumbel noise).
 */
final class UserTaste {
  static final double STRENGTH = 7;
  static final double IGNORES_TASTE = 0.1;

  /** From this share of all items on, weighing every item is faster than drawing and rejecting. */
  private static final int ITEMS_PER_DRAWN_PICK = 40;

  private final LatentItems items;
  private final double[] position;
  private final double[] affinity;
  private final CumulativeWeights byCommunity;

  /**
   * @param position where the user stands, a unit vector
   */
  UserTaste(LatentItems items, double[] position) {
    this.items = items;
    this.position = position;
    this.affinity = new double[items.communities()];
    double[] weights = new double[affinity.length];
    for (int c = 0; c < affinity.length; c++) {
      affinity[c] = StrictMath.exp(STRENGTH * LatentItems.dot(position, items.centre(c)));
      weights[c] = affinity[c] * items.memberWeights(c).total();
    }
    this.byCommunity = CumulativeWeights.of(weights);
  }

  /**
   * Picks distinct items.
   *
   * @param count how many, at most all
   * @return the items in no particular order, which for equal arguments is the same
   */
  int[] pick(int count, RandomStream random) {
    return (long) count * ITEMS_PER_DRAWN_PICK > items.size()
        ? pickByRace(count, random)
        : pickByDrawing(count, random);
  }

  /** Draws one at a time and rejects what was picked before. */
  int[] pickByDrawing(int count, RandomStream random) {
    int[] picks = new int[count];
    BitSet picked = new BitSet(items.size());
    int size = 0;
    while (size < count) {
      int item =
          random.nextDouble() < IGNORES_TASTE
              ? items.byPopularity().draw(random)
              : drawByTaste(random);
      if (!picked.get(item)) {
        picked.set(item);
        picks[size++] = item;
      }
    }
    return picks;
  }

  /**
   * Draws a community, then a member of it by popularity, and accepts it by where it stands within
   * the community; so items come out in proportion to popularity * exp(STRENGTH * inner product).
   */
  private int drawByTaste(RandomStream random) {
    while (true) {
      int community = byCommunity.draw(random);
      int item = items.members(community)[items.memberWeights(community).draw(random)];
      double best = STRENGTH * LatentItems.SPREAD;
      double here = STRENGTH * LatentItems.dot(position, items.offset(item));
      if (random.nextDouble() < StrictMath.exp(here - best)) {
        return item;
      }
    }
  }

  /** Every item runs for an exponential time of rate its weight; the first ones are picked. */
  int[] pickByRace(int count, RandomStream random) {
    double[] weights = weights();
    double[] times = new double[weights.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = -StrictMath.log(1 - random.nextDouble()) / weights[i];
    }
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    int[] picks = new int[count];
    int size = 0;
    for (int i = 0; i < times.length && size < count; i++) {
      if (times[i] <= sorted[count - 1]) {
        picks[size++] = i;
      }
    }
    return picks;
  }

  /** Probability of each item to be picked first. */
  double[] weights() {
    double[] weights = new double[items.size()];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] =
          items.popularity(i)
              * affinity[items.communityOf(i)]
              * StrictMath.exp(STRENGTH * LatentItems.dot(position, items.offset(i)));
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] =
          (1 - IGNORES_TASTE) * weights[i] / sum
              + IGNORES_TASTE * items.popularity(i) / items.byPopularity().total();
    }
    return weights;
  }
}
