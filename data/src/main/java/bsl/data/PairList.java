package bsl.data;

import bsl.core.Interactions;
import java.util.Arrays;
import java.util.BitSet;

/** Collects the pairs of a file in file order, repeated ones included. */
final class PairList {
  /** The largest array that every JVM has. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private int[] users = new int[1 << 12];
  private int[] items = new int[1 << 12];
  private int size;
  private int highestUser = -1;
  private int highestItem = -1;
  private long highestUserLine;
  private long highestItemLine;
  private boolean likeRatings;

  /**
   * @param line the line of the file that it stands in, from 1
   */
  void add(int user, int item, long line) {
    if (size == users.length) {
      int more = (int) Math.min(MOST, 2L * size);
      users = Arrays.copyOf(users, more);
      items = Arrays.copyOf(items, more);
    }
    users[size] = user;
    items[size] = item;
    size++;
    mention(user, line);
    if (item > highestItem) {
      highestItem = item;
      highestItemLine = line;
    }
  }

  /** Notes a user who may have no items. */
  void mention(int user, long line) {
    if (user > highestUser) {
      highestUser = user;
      highestUserLine = line;
    }
  }

  /** Notes whether the lines look like {@code user item rating}. */
  void likeRatings(boolean yes) {
    likeRatings = yes;
  }

  boolean looksLikeRatings() {
    return likeRatings;
  }

  /** First line that mentions the highest user; 0 if there is none. */
  long highestUserLine() {
    return highestUserLine;
  }

  /** First line that has the highest item; 0 if there is none. */
  long highestItemLine() {
    return highestItemLine;
  }

  /** Marks the users and items that occur in a pair. */
  void markUsed(BitSet usedUsers, BitSet usedItems) {
    for (int p = 0; p < size; p++) {
      usedUsers.set(users[p]);
      usedItems.set(items[p]);
    }
  }

  int size() {
    return size;
  }

  /** One more than the highest user mentioned. */
  int users() {
    return highestUser + 1;
  }

  /** One more than the highest item. */
  int items() {
    return highestItem + 1;
  }

  Interactions toInteractions(int atLeastUsers, int atLeastItems) {
    return Interactions.of(
        Math.max(users(), atLeastUsers),
        Math.max(items(), atLeastItems),
        Arrays.copyOf(users, size),
        Arrays.copyOf(items, size));
  }
}
