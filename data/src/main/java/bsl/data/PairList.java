package bsl.data;

import bsl.core.Interactions;
import java.util.Arrays;

/** Pairs as they stand in a file, in file order, repeated ones included. */
final class PairList {
  private int[] users = new int[1 << 12];
  private int[] items = new int[1 << 12];
  private int size;
  private int highestUser = -1;
  private int highestItem = -1;

  void add(int user, int item) {
    if (size == users.length) {
      users = Arrays.copyOf(users, size * 2);
      items = Arrays.copyOf(items, size * 2);
    }
    users[size] = user;
    items[size] = item;
    size++;
    highestUser = Math.max(highestUser, user);
    highestItem = Math.max(highestItem, item);
  }

  /** Notes a user who may have no items. */
  void mention(int user) {
    highestUser = Math.max(highestUser, user);
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
