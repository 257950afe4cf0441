package bsl.baselines;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import java.util.stream.IntStream;

/** Random pairs, in which some items are in more demand than others. */
final class Pairs {
  private Pairs() {}

  /**
   * Draws pairs; some may be drawn twice, and users or items may be left without.
   *
   * @param draws number of draws
   */
  static Interactions random(int users, int items, int draws, RandomStream random) {
    int[] pairUsers = IntStream.range(0, draws).map(p -> random.nextInt(users)).toArray();
    int[] pairItems =
        IntStream.range(0, draws)
            .map(p -> (int) (items * random.nextDouble() * random.nextDouble()))
            .toArray();
    return Interactions.of(users, items, pairUsers, pairItems);
  }
}
