package bsl.ingest;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Leaves the largest set of interactions in which every user and every item has enough of them.
 * Taking a user away may leave an item with too few, and the other way round; so both are taken
 * away until nothing changes. Each interaction is looked at once or twice, whatever the number of
 * rounds would be.
 */
final class KCore {
  private final InteractionLog log;
  private final int leastPerUser;
  private final int leastPerItem;
  private final int[] userDegrees;
  private final int[] itemDegrees;
  private final BitSet gone = new BitSet();
  private int[] waiting = new int[1 << 10];
  private int waitingSize;

  private KCore(InteractionLog log, int leastPerUser, int leastPerItem) {
    this.log = log;
    this.leastPerUser = leastPerUser;
    this.leastPerItem = leastPerItem;
    this.userDegrees = new int[log.users()];
    this.itemDegrees = new int[log.items()];
  }

  /**
   * Leaves what is in the core.
   *
   * @param leastPerUser interactions that a user has to have
   * @param leastPerItem interactions that an item has to have
   */
  static InteractionLog of(InteractionLog log, int leastPerUser, int leastPerItem) {
    if (leastPerUser <= 1 && leastPerItem <= 1) {
      return log;
    }
    return new KCore(log, leastPerUser, leastPerItem).core();
  }

  private InteractionLog core() {
    int[] userOf = new int[log.size()];
    for (int u = 0; u < log.users(); u++) {
      Arrays.fill(userOf, log.begin(u), log.end(u), u);
      userDegrees[u] = log.end(u) - log.begin(u);
    }
    for (int p = 0; p < log.size(); p++) {
      itemDegrees[log.item(p)]++;
    }
    int[] itemBegins = new int[log.items() + 1];
    for (int i = 0; i < log.items(); i++) {
      itemBegins[i + 1] = itemBegins[i] + itemDegrees[i];
    }
    int[] byItem = new int[log.size()];
    int[] next = Arrays.copyOf(itemBegins, log.items());
    for (int p = 0; p < log.size(); p++) {
      byItem[next[log.item(p)]++] = p;
    }
    for (int u = 0; u < log.users(); u++) {
      if (userDegrees[u] < leastPerUser) {
        push(u);
      }
    }
    for (int i = 0; i < log.items(); i++) {
      if (itemDegrees[i] < leastPerItem) {
        push(~i);
      }
    }
    while (waitingSize > 0) {
      int node = waiting[--waitingSize];
      if (node >= 0) {
        for (int p = log.begin(node); p < log.end(node); p++) {
          if (!gone.get(p)) {
            removeFromItem(p);
          }
        }
      } else {
        for (int at = itemBegins[~node]; at < itemBegins[~node + 1]; at++) {
          if (!gone.get(byItem[at])) {
            removeFromUser(byItem[at], userOf[byItem[at]]);
          }
        }
      }
    }
    return log.where(p -> !gone.get(p));
  }

  private void removeFromItem(int position) {
    gone.set(position);
    // Once, when it falls below; what is below already has been pushed.
    if (itemDegrees[log.item(position)]-- == leastPerItem) {
      push(~log.item(position));
    }
  }

  private void removeFromUser(int position, int user) {
    gone.set(position);
    if (userDegrees[user]-- == leastPerUser) {
      push(user);
    }
  }

  private void push(int node) {
    if (waitingSize == waiting.length) {
      waiting = Arrays.copyOf(waiting, waitingSize * 2);
    }
    waiting[waitingSize++] = node;
  }
}
