package bsl.core.sampling;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.Arrays;

/**
 * The visits of an epoch in random order. A visit is a user with some of its train pairs, at most
 * so many at a time. In an epoch each pair has one visit, drawn anew in every epoch.
 *
 * <p>One visit per user is the cheapest, as a visit's pairs share the negative side. More visits
 * give a user more gradients per epoch, up to one for each pair.
 */
final class UserVisits {
  private final Interactions train;
  private final int mostPairs;
  private final long seed;
  private final int[] userOfVisit;
  private final int[] firstVisit;
  private final int[] order;
  private final int[] items;

  /**
   * @param train the observed pairs
   * @param mostPairs pairs of a visit at most; 0 for all of the user's
   * @param seed the run's seed
   */
  UserVisits(Interactions train, int mostPairs, long seed) {
    this.train = train;
    this.mostPairs = mostPairs;
    this.seed = seed;
    this.firstVisit = new int[train.users() + 1];
    for (int u = 0; u < train.users(); u++) {
      firstVisit[u + 1] = firstVisit[u] + visits(train.degree(u));
    }
    this.userOfVisit = new int[firstVisit[train.users()]];
    for (int u = 0; u < train.users(); u++) {
      Arrays.fill(userOfVisit, firstVisit[u], firstVisit[u + 1], u);
    }
    this.order = new int[userOfVisit.length];
    this.items = train.pairItems();
  }

  private int visits(int degree) {
    return mostPairs == 0 || degree == 0 ? Math.min(degree, 1) : (degree - 1) / mostPairs + 1;
  }

  /** Visits of an epoch. */
  int count() {
    return order.length;
  }

  /** Draws the visits of an epoch and their order. */
  void beginEpoch(int epoch) {
    for (int v = 0; v < order.length; v++) {
      order[v] = v;
    }
    RandomStream.of(seed, Purpose.SHUFFLE, epoch).shuffle(order);
    if (mostPairs == 0) {
      return;
    }
    RandomStream random = RandomStream.of(seed, Purpose.VISITS, epoch);
    for (int u = 0; u < train.users(); u++) {
      if (train.degree(u) > mostPairs) {
        shuffle(train.begin(u), train.end(u), random);
      }
    }
  }

  private void shuffle(int begin, int end, RandomStream random) {
    for (int p = begin; p < end; p++) {
      items[p] = train.itemAt(p);
    }
    for (int p = end - 1; p > begin; p--) {
      int other = begin + random.nextInt(p - begin + 1);
      int item = items[p];
      items[p] = items[other];
      items[other] = item;
    }
  }

  /** User of the visit at a place in the order. */
  int user(int at) {
    return userOfVisit[order[at]];
  }

  /** First pair of the visit, for {@link #item}. */
  int begin(int at) {
    return boundary(at, 0);
  }

  /** One past its last pair. */
  int end(int at) {
    return boundary(at, 1);
  }

  /** A user's visits have the same number of pairs, give or take one. */
  private int boundary(int at, int next) {
    int user = user(at);
    int part = order[at] - firstVisit[user] + next;
    long visits = (long) firstVisit[user + 1] - firstVisit[user];
    return train.begin(user) + (int) (part * (long) train.degree(user) / visits);
  }

  /** Item of a pair of this epoch. */
  int item(int pair) {
    return items[pair];
  }

  /**
   * The number of virtual mini-batches that pairs of one visit draw from. Two pairs of the user are
   * to meet as often as if all pairs drew from all virtual mini-batches. The number that does so is
   * rounded to a whole one, at least 1. So two pairs meet at most as often as they come in one
   * visit.
   *
   * @param virtualBatches number of virtual mini-batches of an epoch, at least 1
   */
  int virtualBatches(int at, int virtualBatches) {
    int user = user(at);
    int visits = firstVisit[user + 1] - firstVisit[user];
    if (visits == 1) {
      return virtualBatches;
    }
    double degree = train.degree(user);
    double together = (degree / visits - 1) / (degree - 1);
    return Math.max(1, (int) Math.round(virtualBatches * together));
  }
}
