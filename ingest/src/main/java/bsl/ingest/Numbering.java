package bsl.ingest;

import bsl.core.Interactions;
import bsl.core.Split;
import java.util.BitSet;
import java.util.Optional;

/** Gives users and items that are left new numbers from 0 without gaps, in their old order. */
final class Numbering {
  /** So many rows has a table at most that can be trained; what is read back has the same limit. */
  private static final int MOST_ROWS = 1 << 24;

  private final InteractionLog log;
  private final int[] users;
  private final int[] items;
  private final int[] newItems;

  /**
   * @param log interactions with parts
   * @throws ImportException if there are more users or items than a model can have
   */
  Numbering(InteractionLog log) throws ImportException {
    this.log = log;
    this.users = numbers(log.activeUsers(), "users");
    this.items = numbers(log.activeItems(), "items");
    this.newItems = new int[log.items()];
    for (int i = 0; i < items.length; i++) {
      newItems[items[i]] = i;
    }
  }

  private static int[] numbers(BitSet active, String what) throws ImportException {
    int count = active.cardinality();
    if (count > MOST_ROWS) {
      throw new ImportException(
          "there are " + count + " " + what + ", and a model has at most " + MOST_ROWS);
    }
    return active.stream().toArray();
  }

  /** The number that a user had in the log. */
  int originalUser(int user) {
    return users[user];
  }

  /** The number that an item had in the log. */
  int originalItem(int item) {
    return items[item];
  }

  /** The data set; without validation pairs if there are none. */
  Split split(String name) {
    Interactions valid = part(Part.VALID);
    return new Split(
        name,
        part(Part.TRAIN),
        valid.size() == 0 ? Optional.empty() : Optional.of(valid),
        part(Part.TEST));
  }

  private Interactions part(Part part) {
    int size = 0;
    for (int p = 0; p < log.size(); p++) {
      size += log.part(p) == part.code() ? 1 : 0;
    }
    int[] pairUsers = new int[size];
    int[] pairItems = new int[size];
    int to = 0;
    for (int u = 0; u < users.length; u++) {
      for (int p = log.begin(users[u]); p < log.end(users[u]); p++) {
        if (log.part(p) == part.code()) {
          pairUsers[to] = u;
          pairItems[to] = newItems[log.item(p)];
          to++;
        }
      }
    }
    return Interactions.of(users.length, items.length, pairUsers, pairItems);
  }
}
