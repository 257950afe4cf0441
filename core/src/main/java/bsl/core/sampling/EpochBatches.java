package bsl.core.sampling;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.WorkPool;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Cuts the train pairs, freshly shuffled or drawn in every epoch, into mini-batches and draws their
 * negatives. The last mini-batch of an epoch may be smaller.
 *
 * <p>What a step gets depends only on the run's seed, the epoch and the step.
 */
public final class EpochBatches {
  private static final int PAIRS_PER_BLOCK = 64;

  /**
   * Draws without a new item after which there is none, beside {@link #FRUITLESS_PER_ITEM}. An item
   * that is drawn as often as one in a million is missed with probability e^-10.
   */
  private static final long FRUITLESS = 10_000_000;

  /** The same for each item: of uniform draws e^-100 miss the last item. */
  private static final long FRUITLESS_PER_ITEM = 100;

  private final Interactions train;
  private final PairSampling sampling;
  private final int[] activeUsers;
  private final int[] pairUsers;
  private final int[] pairItems;
  private final int items;
  private final int[] pairs;
  private final int batchSize;
  private final int negatives;
  private final NegativeSampler sampler;
  private final WorkPool pool;
  private final long seed;
  private final MiniBatch batch;
  private final boolean[] drawn;
  private final int[] draw = new int[1];
  private boolean begun;
  private int epoch;

  /** With each pair once an epoch. */
  public EpochBatches(
      Interactions train,
      int batchSize,
      NegativeSharing sharing,
      int negatives,
      NegativeSampler sampler,
      long seed,
      WorkPool pool) {
    this(train, PairSampling.SHUFFLED, batchSize, sharing, negatives, sampler, seed, pool);
  }

  /**
   * @param train the observed pairs
   * @param sampling how often an epoch has each of them
   * @param batchSize pairs per mini-batch B, at least 1
   * @param sharing which pairs see which negatives
   * @param negatives negatives per pair N, at least 1; a shared set of 0, or of at least as many as
   *     there are items, is the whole catalogue; without meaning for {@link
   *     NegativeSharing#IN_BATCH}
   * @param sampler draws the negatives of {@link NegativeSharing#SHARED} and {@link
   *     NegativeSharing#INDEPENDENT}. A shared set is of N different items, so there it must be
   *     able to draw as many, none of them as rarely as once in ten million draws
   * @param seed the run's seed
   * @param pool threads to use
   * @throws IllegalArgumentException if there are no train pairs, a number is out of range, or
   *     in-batch negatives are of mini-batches of a single pair
   */
  public EpochBatches(
      Interactions train,
      PairSampling sampling,
      int batchSize,
      NegativeSharing sharing,
      int negatives,
      NegativeSampler sampler,
      long seed,
      WorkPool pool) {
    if (train.size() == 0) {
      throw new IllegalArgumentException("there are no train pairs");
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be at least 1: " + batchSize);
    }
    boolean inBatch = sharing == NegativeSharing.IN_BATCH;
    if (inBatch && Math.min(batchSize, train.size()) < 2) {
      throw new IllegalArgumentException(
          "in-batch negatives need mini-batches of 2 pairs or more: batch size "
              + batchSize
              + ", "
              + train);
    }
    if (!inBatch && negatives < (sharing == NegativeSharing.SHARED ? 0 : 1)) {
      throw new IllegalArgumentException(sharing + " negatives are too few: " + negatives);
    }
    this.train = train;
    this.sampling = sampling;
    this.activeUsers =
        IntStream.range(0, train.users()).filter(user -> train.degree(user) > 0).toArray();
    this.pairUsers = train.pairUsers();
    this.pairItems = train.pairItems();
    this.items = train.items();
    this.pairs = new int[train.size()];
    this.batchSize = Math.min(batchSize, train.size());
    boolean all = sharing == NegativeSharing.SHARED && (negatives == 0 || negatives > items);
    this.negatives = all ? items : negatives;
    this.sampler = sampler;
    this.seed = seed;
    this.pool = pool;
    this.batch = new MiniBatch(sharing);
    this.drawn = new boolean[items];
  }

  /** Steps per epoch. An in-batch rest of a single pair is left out: it has no negatives. */
  public int steps() {
    int full = pairs.length / batchSize;
    int rest = pairs.length % batchSize;
    boolean usable = rest > (batch.sharing() == NegativeSharing.IN_BATCH ? 1 : 0);
    return usable ? full + 1 : full;
  }

  /** Number of items of the train pairs. */
  public int items() {
    return items;
  }

  /** Puts the pairs of an epoch in their order; to be called before the first mini-batch. */
  public void beginEpoch(int epoch) {
    this.epoch = epoch;
    this.begun = true;
    RandomStream random = RandomStream.of(seed, Purpose.SHUFFLE, epoch);
    if (sampling == PairSampling.BY_USER) {
      Arrays.setAll(pairs, p -> drawByUser(random));
      return;
    }
    Arrays.setAll(pairs, p -> p);
    random.shuffle(pairs);
  }

  private int drawByUser(RandomStream random) {
    int user = activeUsers[random.nextInt(activeUsers.length)];
    return train.begin(user) + random.nextInt(train.degree(user));
  }

  /**
   * The mini-batch of a step in {@code [0, steps())}; the same object each time.
   *
   * @throws IllegalStateException if no epoch has begun
   * @throws IndexOutOfBoundsException if there is no such step
   * @throws IllegalArgumentException if the sampler does not draw as many different items as a
   *     shared set has, or draws one that there is not
   */
  public MiniBatch batch(int step) {
    if (!begun) {
      throw new IllegalStateException("no epoch has begun");
    }
    Objects.checkIndex(step, steps());
    int from = step * batchSize;
    int size = Math.min(batchSize, pairs.length - from);
    batch.reset(size, negatives);
    int[] users = batch.users();
    int[] positives = batch.positives();
    for (int b = 0; b < size; b++) {
      int pair = pairs[from + b];
      users[b] = pairUsers[pair];
      positives[b] = pairItems[pair];
    }
    switch (batch.sharing()) {
      case SHARED -> drawShared(step);
      case POPULAR -> drawPopular(step);
      case INDEPENDENT -> drawIndependent(step);
      case IN_BATCH -> {
        // The other pairs' positives are the negatives.
      }
    }
    return batch;
  }

  /** Distinct items: an item drawn twice would only count double in every pair. */
  private void drawShared(int step) {
    int[] shared = batch.negatives();
    if (negatives == items) {
      for (int i = 0; i < items; i++) {
        shared[i] = i;
      }
      return;
    }
    RandomStream random = RandomStream.of(seed, Purpose.NEGATIVES, epoch, step);
    int n = 0;
    try {
      while (n < negatives) {
        int item = drawNew(n, random);
        drawn[item] = true;
        shared[n++] = item;
      }
    } finally {
      // Also where the sampler has failed: what stayed marked would never be drawn again.
      for (int k = 0; k < n; k++) {
        drawn[shared[k]] = false;
      }
    }
  }

  /**
   * An item that is not marked as drawn.
   *
   * @param before how many items are
   */
  private int drawNew(int before, RandomStream random) {
    long most = FRUITLESS + FRUITLESS_PER_ITEM * items;
    for (long draws = 0; draws < most; draws++) {
      sampler.sample(NegativeSampler.EVERYONE, draw, 0, 1, random);
      int item = requireItem(NegativeSampler.EVERYONE, draw[0]);
      if (!drawn[item]) {
        return item;
      }
    }
    throw new IllegalArgumentException(
        "the sampler draws no more than "
            + before
            + " different items, and "
            + negatives
            + " are to be shared");
  }

  /** Steps take items as places in arrays, and some of them look at no bound. */
  private int requireItem(int user, int item) {
    if (item < 0 || item >= items) {
      String whom = user == NegativeSampler.EVERYONE ? "everyone" : "user " + user;
      throw new IllegalArgumentException(
          "the sampler drew item "
              + item
              + " for "
              + whom
              + ", which is not in [0, "
              + items
              + ")");
    }
    return item;
  }

  private void drawPopular(int step) {
    int[] shared = batch.negatives();
    RandomStream random = RandomStream.of(seed, Purpose.NEGATIVES, epoch, step);
    for (int n = 0; n < negatives; n++) {
      shared[n] = pairItems[random.nextInt(pairItems.length)];
    }
  }

  private void drawIndependent(int step) {
    int size = batch.size();
    int[] own = batch.negatives();
    pool.run(
        size,
        PAIRS_PER_BLOCK,
        (begin, end, worker) -> {
          int block = begin / PAIRS_PER_BLOCK;
          RandomStream random = RandomStream.of(seed, Purpose.NEGATIVES, epoch, step, block);
          for (int b = begin; b < end; b++) {
            int user = batch.users()[b];
            sampler.sample(user, own, b * negatives, (b + 1) * negatives, random);
            for (int n = b * negatives; n < (b + 1) * negatives; n++) {
              requireItem(user, own[n]);
            }
          }
        });
  }
}
