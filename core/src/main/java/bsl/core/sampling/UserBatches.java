package bsl.core.sampling;

import bsl.core.Grouping;
import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.Arrays;
import java.util.Objects;

/**
 * Cuts the users, freshly shuffled in every epoch, into mini-batches, each user with all of its
 * train pairs, or with so many of them at a time. All pairs of a row share its negatives, so the
 * negative side is computed once per row instead of once per pair.
 *
 * <p><b>Negatives</b> are all items, or a sample for the whole mini-batch. Either way each column
 * has a weight, so that a row stands for all items under a distribution: uniform, or by popularity
 * (in proportion to the train pairs of an item). How a sample is drawn, {@link ColumnSampler} says.
 *
 * <p><b>Groups of positives.</b> Losses that take an expectation over a user's positives take it
 * over a group. Either all of the user's pairs are one group, which is the paper's formula. Or each
 * pair draws the number of a virtual mini-batch of B pairs, and the user's pairs of one number are
 * a group. With n pairs in all there are n / B numbers, rounded up. So two pairs of a user meet
 * about as often as in pair-wise mini-batches of B, if n is many times B, whatever the number of
 * users in a step. Where a user comes several times an epoch, two pairs meet at most as often as
 * they come together.
 *
 * <p>What a step gets depends only on the run's seed, the epoch and the step. So a step may be
 * {@linkplain #prepare prepared} while the one before it is still at work.
 */
public final class UserBatches {
  private static final int NONE = -1;

  private final UserVisits visits;
  private final int batchUsers;
  private final int virtualBatches;
  private final float[] targets;
  private final ColumnSampler sampler;
  private final int users;
  private final int items;
  private final long seed;
  private UserBatch batch = new UserBatch();
  private UserBatch other = new UserBatch();
  private int prepared = NONE;
  private final Grouping rows = new Grouping();
  private final int[] userOfVisit;
  private final int[] columnOfItem;
  private final NumberSort sort = new NumberSort();
  private int[] draws = {};
  private boolean begun;
  private int epoch;

  /**
   * @param train the observed pairs
   * @param batchUsers users per mini-batch, at least 1
   * @param pairsPerUser pairs of a user in a mini-batch at most, at least 1; 0 for all
   * @param virtualBatchSize pairs of the virtual mini-batch that groups positives, at least 1; 0
   *     for all of a user's positives in one group
   * @param negatives items sampled per mini-batch, at least 1; 0, or as many as there are, for all
   *     items
   * @param byPopularity whether a row stands for all items by popularity, not for all alike
   * @param seed the run's seed
   * @throws IllegalArgumentException if there are no train pairs or a number is out of range
   */
  public UserBatches(
      Interactions train,
      int batchUsers,
      int pairsPerUser,
      int virtualBatchSize,
      int negatives,
      boolean byPopularity,
      long seed) {
    if (train.size() == 0) {
      throw new IllegalArgumentException("there are no train pairs");
    }
    requireAtLeast(1, "users per mini-batch", batchUsers);
    requireAtLeast(0, "pairs per user", pairsPerUser);
    requireAtLeast(0, "pairs of a virtual mini-batch", virtualBatchSize);
    requireAtLeast(0, "negatives", negatives);
    this.visits = new UserVisits(train, pairsPerUser, seed);
    this.batchUsers = Math.min(batchUsers, visits.count());
    this.virtualBatches =
        virtualBatchSize == 0 ? 1 : Math.max(1, (train.size() - 1) / virtualBatchSize + 1);
    this.users = train.users();
    this.items = train.items();
    float[] popularity = ColumnSampler.popularity(train);
    this.targets = byPopularity ? popularity : null;
    this.sampler =
        negatives > 0 && negatives < items
            ? new ColumnSampler(popularity, byPopularity, negatives, seed)
            : null;
    this.seed = seed;
    this.userOfVisit = new int[this.batchUsers];
    this.columnOfItem = new int[train.items()];
    Arrays.fill(columnOfItem, -1);
  }

  private static void requireAtLeast(int least, String what, int value) {
    if (value < least) {
      throw new IllegalArgumentException(what + " must be at least " + least + ": " + value);
    }
  }

  /** Whether the columns are a sample; otherwise they are all items, by number. */
  public boolean sampled() {
    return sampler != null;
  }

  /**
   * Weights of all items as columns; null where each has weight 1, and where columns are a sample,
   * which brings weights of its own.
   */
  public float[] weights() {
    return sampled() ? null : targets;
  }

  /** Steps per epoch; the last mini-batch may be smaller. */
  public int steps() {
    return (visits.count() - 1) / batchUsers + 1;
  }

  /** Number of users of the train pairs, those without pairs included. */
  public int users() {
    return users;
  }

  /** Number of items of the train pairs. */
  public int items() {
    return items;
  }

  /** Shuffles the users for an epoch; to be called before the first mini-batch. */
  public void beginEpoch(int epoch) {
    this.epoch = epoch;
    this.begun = true;
    this.prepared = NONE;
    visits.beginEpoch(epoch);
  }

  /**
   * The mini-batch of a step in {@code [0, steps())}. It holds until two others have been made.
   *
   * @throws IllegalStateException if no epoch has begun
   * @throws IndexOutOfBoundsException if there is no such step
   */
  public UserBatch batch(int step) {
    prepare(step);
    return batch;
  }

  /**
   * Makes the mini-batch of a step, which {@link #batch} then returns at once. The one before it
   * stays as it is, so a thread may work on that one meanwhile. One call at a time.
   *
   * @throws IllegalStateException if no epoch has begun
   * @throws IndexOutOfBoundsException if there is no such step
   */
  public void prepare(int step) {
    if (!begun) {
      throw new IllegalStateException("no epoch has begun");
    }
    Objects.checkIndex(step, steps());
    if (prepared != step) {
      UserBatch free = other;
      other = batch;
      batch = free;
      prepared = NONE;
      make(step);
      prepared = step;
    }
  }

  private void make(int step) {
    int from = step * batchUsers;
    int count = Math.min(batchUsers, visits.count() - from);
    int size = 0;
    for (int v = 0; v < count; v++) {
      userOfVisit[v] = visits.user(from + v);
      size = Math.addExact(size, visits.end(from + v) - visits.begin(from + v));
    }
    rows.reset(userOfVisit, count);
    batch.reset(rows.groups(), size, sampled() ? Math.min(items, sampler.most() + size) : items);
    fillPairs(from, step);
    if (sampled()) {
      sampleColumns(step, size);
    } else {
      allColumns(size);
    }
  }

  /** Visits of one user that meet in a mini-batch are one row. */
  private void fillPairs(int from, int step) {
    RandomStream random = RandomStream.of(seed, Purpose.GROUPING, epoch, step);
    int at = 0;
    int group = 0;
    for (int r = 0; r < rows.groups(); r++) {
      batch.begins()[r] = at;
      for (int k = rows.begin(r); k < rows.end(r); k++) {
        int visit = from + rows.position(k);
        group = fillVisit(visit, at, group, random);
        at += visits.end(visit) - visits.begin(visit);
      }
    }
    batch.begins()[rows.groups()] = at;
  }

  private int fillVisit(int visit, int at, int group, RandomStream random) {
    int begin = visits.begin(visit);
    int size = visits.end(visit) - begin;
    Arrays.fill(batch.pairs().users(), at, at + size, visits.user(visit));
    int numbers = visits.virtualBatches(visit, virtualBatches);
    if (numbers > 1) {
      return drawGroups(begin, size, at, group, numbers, random);
    }
    for (int k = 0; k < size; k++) {
      batch.pairs().positives()[at + k] = visits.item(begin + k);
      batch.groupOfPair()[at + k] = group;
    }
    return group + 1;
  }

  /** Sorts a user's pairs by the virtual mini-batch that each draws. */
  private int drawGroups(
      int begin, int degree, int at, int firstGroup, int numbers, RandomStream random) {
    if (draws.length < degree) {
      draws = new int[degree];
    }
    for (int k = 0; k < degree; k++) {
      draws[k] = random.nextInt(numbers);
    }
    int[] order = sort.sort(draws, degree, numbers);
    int[] positives = batch.pairs().positives();
    int[] groups = batch.groupOfPair();
    int group = firstGroup - 1;
    int last = -1;
    for (int k = 0; k < degree; k++) {
      int number = draws[order[k]];
      if (number != last) {
        group++;
        last = number;
      }
      positives[at + k] = visits.item(begin + order[k]);
      groups[at + k] = group;
    }
    return group + 1;
  }

  private void allColumns(int size) {
    int[] columns = batch.columns();
    for (int c = 0; c < items; c++) {
      columns[c] = c;
    }
    batch.setColumns(items, items);
    System.arraycopy(batch.pairs().positives(), 0, batch.columnOfPair(), 0, size);
  }

  private void sampleColumns(int step, int size) {
    int[] columns = batch.columns();
    int sample = sampler.draw(epoch, step, columns, batch.weights());
    for (int c = 0; c < sample; c++) {
      columnOfItem[columns[c]] = c;
    }
    int[] positives = batch.pairs().positives();
    int count = sample;
    for (int p = 0; p < size; p++) {
      int item = positives[p];
      if (columnOfItem[item] < 0) {
        columns[count] = item;
        columnOfItem[item] = count++;
      }
      batch.columnOfPair()[p] = columnOfItem[item];
    }
    batch.setColumns(count, sample);
    for (int c = 0; c < count; c++) {
      columnOfItem[columns[c]] = -1;
    }
  }
}
