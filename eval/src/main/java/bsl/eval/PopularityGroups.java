package bsl.eval;

import bsl.core.Interactions;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Cuts the items into groups by popularity, for questions of fairness: group 0 has the least
 * popular items, and all groups have about equally many train interactions. The paper's figure of
 * fairness has ten.
 *
 * <p>Items are sorted by train degree, equal degrees by lower item first. An item belongs to group
 * {@code floor(groups * before / total)}, where {@code before} counts the interactions of the items
 * sorted before it. So a group misses its equal part by less than the degree of one item.
 * Immutable.
 */
public final class PopularityGroups {
  /** The paper's number of groups. */
  public static final int PAPER = 10;

  private final int groups;
  private final int[] groupOf;
  private final long[] interactions;

  /**
   * Cuts the items.
   *
   * @param train the interactions that make items popular
   * @param groups number of groups, at least 1
   * @throws IllegalArgumentException if there is no group, or there are no interactions
   */
  public PopularityGroups(Interactions train, int groups) {
    if (groups < 1) {
      throw new IllegalArgumentException("groups must be at least 1: " + groups);
    }
    if (train.size() == 0) {
      throw new IllegalArgumentException("no popularity without interactions");
    }
    int[] degrees = train.itemDegrees();
    this.groups = groups;
    this.groupOf = new int[train.items()];
    this.interactions = new long[groups];
    int[] sorted =
        IntStream.range(0, groupOf.length)
            .boxed()
            .sorted(Comparator.comparingInt(item -> degrees[item]))
            .mapToInt(Integer::intValue)
            .toArray();
    long before = 0;
    for (int item : sorted) {
      int group = (int) Math.min(groups - 1, groups * before / train.size());
      groupOf[item] = group;
      interactions[group] += degrees[item];
      before += degrees[item];
    }
  }

  /** Number of groups. */
  public int groups() {
    return groups;
  }

  /** Number of items. */
  int items() {
    return groupOf.length;
  }

  /** Group of an item, 0 being the least popular. */
  public int groupOf(int item) {
    return groupOf[item];
  }

  /** Train interactions of a group's items. */
  public long interactions(int group) {
    return interactions[group];
  }
}
