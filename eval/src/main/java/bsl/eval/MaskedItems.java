package bsl.eval;

import bsl.core.Interactions;
import java.util.Arrays;
import java.util.List;

/** Items that must not be ranked, gathered from several sets such as train and validation. */
final class MaskedItems {
  private MaskedItems() {}

  /**
   * The pairs that occur in any of the sets.
   *
   * @throws IllegalArgumentException if a set does not have the given shape
   */
  static Interactions union(int users, int items, List<Interactions> sets) {
    int[] pairUsers = new int[0];
    int[] pairItems = new int[0];
    for (Interactions set : sets) {
      if (set.users() != users || set.items() != items) {
        throw new IllegalArgumentException(
            "masked pairs must cover " + users + " users and " + items + " items: " + set);
      }
      if (sets.size() == 1) {
        return set;
      }
      pairUsers = concatenated(pairUsers, set.pairUsers());
      pairItems = concatenated(pairItems, set.pairItems());
    }
    return Interactions.of(users, items, pairUsers, pairItems);
  }

  private static int[] concatenated(int[] head, int[] tail) {
    int[] whole = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, whole, head.length, tail.length);
    return whole;
  }
}
