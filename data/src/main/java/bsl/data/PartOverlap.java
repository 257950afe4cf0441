package bsl.data;

import bsl.core.Interactions;

/**
 * What two parts of a data set have in common and what the later one has alone, in which mistakes
 * of a split show.
 *
 * @param pairs pairs of the later part
 * @param pairsInEarlier pairs of it that are in the earlier part, too
 * @param users users of the later part
 * @param unseenUsers users of it without a pair in the earlier part
 * @param items items of the later part
 * @param unseenItems items of it that are in no pair of the earlier part
 * @param pairsOfUnseen pairs of the later part whose user or item is not in the earlier part
 */
public record PartOverlap(
    int pairs,
    int pairsInEarlier,
    int users,
    int unseenUsers,
    int items,
    int unseenItems,
    int pairsOfUnseen) {
  private static final int SHARE_IN_EARLIER = 10;

  /**
   * Compares two parts.
   *
   * @param earlier what is known
   * @param later what is to be predicted; over the same users and items
   */
  public static PartOverlap of(Interactions earlier, Interactions later) {
    boolean[] seen = itemsOf(earlier);
    boolean[] inLater = itemsOf(later);
    int common = 0;
    int users = 0;
    int unseenUsers = 0;
    int ofUnseen = 0;
    for (int u = 0; u < later.users(); u++) {
      boolean unseen = earlier.degree(u) == 0;
      users += later.degree(u) > 0 ? 1 : 0;
      unseenUsers += later.degree(u) > 0 && unseen ? 1 : 0;
      for (int p = later.begin(u); p < later.end(u); p++) {
        common += earlier.contains(u, later.itemAt(p)) ? 1 : 0;
        ofUnseen += unseen || !seen[later.itemAt(p)] ? 1 : 0;
      }
    }
    int items = 0;
    int unseenItems = 0;
    for (int i = 0; i < inLater.length; i++) {
      items += inLater[i] ? 1 : 0;
      unseenItems += inLater[i] && !seen[i] ? 1 : 0;
    }
    return new PartOverlap(later.size(), common, users, unseenUsers, items, unseenItems, ofUnseen);
  }

  /** Whether a tenth or more of the later part is in the earlier part, too. */
  public boolean overlapsLargely() {
    return overlapsLargely(pairsInEarlier, pairs);
  }

  static boolean overlapsLargely(int pairsInEarlier, int pairs) {
    return (long) pairsInEarlier * SHARE_IN_EARLIER >= pairs;
  }

  private static boolean[] itemsOf(Interactions pairs) {
    boolean[] items = new boolean[pairs.items()];
    for (int p = 0; p < pairs.size(); p++) {
      items[pairs.itemAt(p)] = true;
    }
    return items;
  }
}
