package bsl.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.Interactions;
import bsl.core.WorkPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochBatchesTest {
  private static final int ITEMS = 30;

  /** 101 pairs of 10 users: one more than a whole number of mini-batches of 25. */
  private static Interactions train() {
    int[] users = new int[101];
    int[] items = new int[101];
    for (int p = 0; p < 101; p++) {
      users[p] = p % 10;
      items[p] = p / 10;
    }
    return Interactions.of(10, ITEMS, users, items);
  }

  private static EpochBatches batches(
      NegativeSharing sharing, int negatives, long seed, WorkPool pool) {
    return batches(train(), 25, sharing, negatives, seed, pool);
  }

  private static EpochBatches batches(
      Interactions train,
      int batchSize,
      NegativeSharing sharing,
      int negatives,
      long seed,
      WorkPool pool) {
    NegativeSampler uniform = NegativeSampler.uniform(train.items());
    return new EpochBatches(train, batchSize, sharing, negatives, uniform, seed, pool);
  }

  /** An epoch of 1,000 pairs in mini-batches of 200, which threads share; steps in any order. */
  private static List<String> epoch(
      NegativeSharing sharing, long seed, int epoch, int threads, int... order) {
    int[] users = IntStream.range(0, 1000).map(p -> p / 20).toArray();
    int[] items = IntStream.range(0, 1000).map(p -> p % 20 * 3).toArray();
    Interactions train = Interactions.of(50, 60, users, items);
    String[] steps = new String[order.length];
    try (WorkPool pool = new WorkPool(threads)) {
      EpochBatches batches = batches(train, 200, sharing, 7, seed, pool);
      assertThat(batches.steps()).isEqualTo(order.length);
      batches.beginEpoch(epoch);
      for (int s : order) {
        MiniBatch batch = batches.batch(s);
        steps[s] =
            Arrays.toString(Arrays.copyOf(batch.users(), batch.size()))
                + Arrays.toString(Arrays.copyOf(batch.positives(), batch.size()))
                + Arrays.toString(batch.negatives());
      }
    }
    return List.of(steps);
  }

  @ParameterizedTest
  @EnumSource(NegativeSharing.class)
  void anEpochHasEveryPairOnce(NegativeSharing sharing) {
    Set<Integer> seen = new TreeSet<>();
    try (WorkPool pool = new WorkPool(1)) {
      EpochBatches batches = batches(sharing, 7, 1, pool);
      batches.beginEpoch(1);
      for (int s = 0; s < batches.steps(); s++) {
        MiniBatch batch = batches.batch(s);
        for (int b = 0; b < batch.size(); b++) {
          assertThat(train().contains(batch.users()[b], batch.positives()[b])).isTrue();
          assertThat(seen.add(batch.users()[b] * ITEMS + batch.positives()[b])).isTrue();
        }
      }
    }
    // A rest of one pair has no in-batch negatives and is left out.
    assertThat(seen).hasSize(sharing == NegativeSharing.IN_BATCH ? 100 : 101);
  }

  /** Two users with 90 and 9 pairs, and one without. */
  @Test
  void drawsUsersAlikeAndThenOneOfTheirPairs() {
    int[] users = new int[99];
    int[] items = new int[99];
    for (int p = 0; p < 99; p++) {
      users[p] = p < 90 ? 0 : 2;
      items[p] = p < 90 ? p : p - 90;
    }
    Interactions train = Interactions.of(3, 90, users, items);
    long[][] counts = {new long[90], {}, new long[9]};
    try (WorkPool pool = new WorkPool(1)) {
      EpochBatches batches =
          new EpochBatches(
              train,
              PairSampling.BY_USER,
              25,
              NegativeSharing.SHARED,
              1,
              NegativeSampler.uniform(90),
              1,
              pool);
      for (int epoch = 1; epoch <= 1000; epoch++) {
        batches.beginEpoch(epoch);
        for (int s = 0; s < batches.steps(); s++) {
          MiniBatch batch = batches.batch(s);
          for (int b = 0; b < batch.size(); b++) {
            counts[batch.users()[b]][batch.positives()[b]]++;
          }
        }
      }
    }
    long[] byUser = {Arrays.stream(counts[0]).sum(), Arrays.stream(counts[2]).sum()};
    assertThat(byUser[0] + byUser[1]).isEqualTo(1000 * 99);
    assertThat(pValue(byUser)).isGreaterThan(1e-3);
    assertThat(pValue(counts[0])).isGreaterThan(1e-3);
    assertThat(pValue(counts[2])).isGreaterThan(1e-3);
  }

  /** Of counts of equally likely outcomes. */
  private static double pValue(long[] counts) {
    double[] expected = new double[counts.length];
    Arrays.fill(expected, 1);
    return new ChiSquareTest().chiSquareTest(expected, counts);
  }

  @Test
  void sharedNegativesAreDistinctAndUniform() {
    int[] counts = new int[ITEMS];
    try (WorkPool pool = new WorkPool(1)) {
      EpochBatches batches = batches(NegativeSharing.SHARED, 7, 1, pool);
      for (int epoch = 1; epoch <= 2000; epoch++) {
        batches.beginEpoch(epoch);
        MiniBatch batch = batches.batch(0);
        Set<Integer> distinct = new TreeSet<>();
        for (int n = 0; n < 7; n++) {
          assertThat(distinct.add(batch.negatives()[n])).isTrue();
          counts[batch.negatives()[n]]++;
        }
      }
    }
    // Binomial with mean 2000 * 7 / 30 = 467 and standard deviation 19.
    assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThan(467 - 95);
    assertThat(Arrays.stream(counts).max().orElseThrow()).isLessThan(467 + 95);
  }

  @Test
  void popularNegativesAreDrawnByTrainDegree() {
    long[] counts = new long[ITEMS];
    try (WorkPool pool = new WorkPool(1)) {
      EpochBatches batches = batches(NegativeSharing.POPULAR, 50, 1, pool);
      for (int epoch = 1; epoch <= 400; epoch++) {
        batches.beginEpoch(epoch);
        for (int s = 0; s < batches.steps(); s++) {
          MiniBatch batch = batches.batch(s);
          for (int n = 0; n < batch.negativesPerPair(); n++) {
            counts[batch.negatives()[n]]++;
          }
        }
      }
    }
    // Ten items with ten pairs each, one with a single pair, and items without pairs.
    double[] degrees = new double[11];
    for (int item : train().pairItems()) {
      degrees[item]++;
    }

    assertThat(new ChiSquareTest().chiSquareTest(degrees, Arrays.copyOf(counts, 11)))
        .isGreaterThan(0.001);
    assertThat(Arrays.stream(counts).skip(11).sum()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, ITEMS, 1000})
  void noOrAsManySharedNegativesAsItemsAreTheWholeCatalogue(int negatives) {
    try (WorkPool pool = new WorkPool(1)) {
      EpochBatches batches = batches(NegativeSharing.SHARED, negatives, 1, pool);
      batches.beginEpoch(1);
      MiniBatch batch = batches.batch(0);

      assertThat(batch.negativesPerPair()).isEqualTo(ITEMS);
      assertThat(batch.negatives())
          .containsExactly(java.util.stream.IntStream.range(0, ITEMS).toArray());
    }
  }

  @ParameterizedTest
  @EnumSource(NegativeSharing.class)
  void whatAStepGetsDependsOnSeedAndEpochAlone(NegativeSharing sharing) {
    int[] order = {0, 1, 2, 3, 4};
    List<String> first = epoch(sharing, 1, 1, 1, order);

    assertThat(first).doesNotHaveDuplicates();
    assertThat(epoch(sharing, 1, 1, 3, 3, 0, 4, 1, 2)).isEqualTo(first);
    assertThat(epoch(sharing, 1, 2, 1, order)).isNotEqualTo(first);
    assertThat(epoch(sharing, 2, 1, 1, order)).isNotEqualTo(first);
  }

  /** Rows of 20 negatives of 400 items: two are hardly ever alike unless their draws are. */
  @ParameterizedTest
  @EnumSource(names = {"SHARED", "POPULAR", "INDEPENDENT"})
  void negativesAreDrawnAnewForEverySeedEpochStepAndPair(NegativeSharing sharing) {
    int[] each = IntStream.range(0, 400).toArray();
    Interactions train = Interactions.of(400, 400, each, each);
    List<String> drawn = new ArrayList<>();
    try (WorkPool pool = new WorkPool(2)) {
      for (int seed = 1; seed <= 2; seed++) {
        EpochBatches batches = batches(train, 200, sharing, 20, seed, pool);
        for (int epoch = 1; epoch <= 2; epoch++) {
          batches.beginEpoch(epoch);
          for (int s = 0; s < batches.steps(); s++) {
            MiniBatch batch = batches.batch(s);
            int rows = sharing == NegativeSharing.INDEPENDENT ? batch.size() : 1;
            for (int r = 0; r < rows; r++) {
              int[] row = Arrays.copyOfRange(batch.negatives(), 20 * r, 20 * (r + 1));
              drawn.add(Arrays.toString(row));
            }
          }
        }
      }
    }

    assertThat(drawn).hasSizeGreaterThanOrEqualTo(8).doesNotHaveDuplicates();
  }

  @Test
  void aSamplerIsToldWhomTheNegativesAreFor() {
    int everyone = 20;
    NegativeSampler ofUser =
        (user, negatives, from, to, random) ->
            Arrays.fill(negatives, from, to, user == NegativeSampler.EVERYONE ? everyone : user);
    try (WorkPool pool = new WorkPool(1)) {
      EpochBatches shared =
          new EpochBatches(train(), 25, NegativeSharing.SHARED, 1, ofUser, 1, pool);
      shared.beginEpoch(1);
      assertThat(shared.batch(0).negatives()[0]).isEqualTo(everyone);

      EpochBatches independent =
          new EpochBatches(train(), 25, NegativeSharing.INDEPENDENT, 3, ofUser, 1, pool);
      independent.beginEpoch(1);
      MiniBatch batch = independent.batch(0);
      for (int n = 0; n < 3 * batch.size(); n++) {
        assertThat(batch.negatives()[n]).isEqualTo(batch.users()[n / 3]);
      }
    }
  }

  @Test
  void thereIsNoMiniBatchBeforeAnEpoch() {
    try (WorkPool pool = new WorkPool(1)) {
      EpochBatches batches = batches(NegativeSharing.SHARED, 7, 1, pool);

      assertThatThrownBy(() -> batches.batch(0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no epoch has begun");
    }
  }

  @Test
  void thereIsNoMiniBatchBehindTheLast() {
    try (WorkPool pool = new WorkPool(1)) {
      EpochBatches batches = batches(NegativeSharing.SHARED, 7, 1, pool);
      batches.beginEpoch(1);

      assertThatThrownBy(() -> batches.batch(batches.steps()))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void refusesWhatCannotBeABatch() {
    assertThatThrownBy(() -> new MiniBatch(NegativeSharing.IN_BATCH).reset(1, 5))
        .hasMessageContaining("no mini-batch of 1 pairs with 0 negatives");
    assertThatThrownBy(() -> new MiniBatch(NegativeSharing.SHARED).reset(0, 5))
        .hasMessageContaining("no mini-batch of 0 pairs with 5 negatives");
    assertThatThrownBy(() -> NegativeSampler.uniform(0)).hasMessageContaining("no items");
  }

  @Test
  void refusesNumbersOutOfRange() {
    Interactions onePair = Interactions.of(1, 2, new int[1], new int[1]);
    refuses(train(), 0, NegativeSharing.SHARED, 5, "batch size must be at least 1: 0");
    refuses(train(), 9, NegativeSharing.SHARED, -1, "SHARED negatives are too few: -1");
    refuses(train(), 9, NegativeSharing.INDEPENDENT, 0, "INDEPENDENT negatives are too few: 0");
    refuses(train(), 9, NegativeSharing.POPULAR, 0, "POPULAR negatives are too few: 0");
    refuses(train(), 1, NegativeSharing.IN_BATCH, 0, "need mini-batches of 2 pairs or more");
    refuses(onePair, 8, NegativeSharing.IN_BATCH, 0, "need mini-batches of 2 pairs or more");
  }

  private static void refuses(
      Interactions train, int batchSize, NegativeSharing sharing, int negatives, String message) {
    try (WorkPool pool = new WorkPool(1)) {
      NegativeSampler sampler = NegativeSampler.uniform(ITEMS);

      assertThatThrownBy(
              () -> new EpochBatches(train, batchSize, sharing, negatives, sampler, 1, pool))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(message);
    }
  }

  /** A sampler of three items cannot give four different ones. */
  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aSamplerOfFewItemsHasNoLargeSharedSets() {
    NegativeSampler three =
        (user, negatives, from, to, random) -> {
          for (int n = from; n < to; n++) {
            negatives[n] = 2 + random.nextInt(3);
          }
        };
    try (WorkPool pool = new WorkPool(1)) {
      EpochBatches enough =
          new EpochBatches(train(), 25, NegativeSharing.SHARED, 3, three, 1, pool);
      enough.beginEpoch(1);
      assertThat(Arrays.copyOf(enough.batch(0).negatives(), 3)).containsExactlyInAnyOrder(2, 3, 4);

      EpochBatches four = new EpochBatches(train(), 25, NegativeSharing.SHARED, 4, three, 1, pool);
      four.beginEpoch(1);
      assertThatThrownBy(() -> four.batch(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the sampler draws no more than 3 different items, and 4 are to be shared");
    }
  }

  /** The first item behind the last, and the one before the first. */
  @ParameterizedTest
  @ValueSource(ints = {ITEMS, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void anItemThatThereIsNotIsRefused(int item) {
    NegativeSampler wrong =
        (user, negatives, from, to, random) -> {
          Arrays.fill(negatives, from, to, 7);
          negatives[to - 1] = item;
        };
    String range = ", which is not in [0, " + ITEMS + ")";
    try (WorkPool pool = new WorkPool(1)) {
      EpochBatches shared =
          new EpochBatches(train(), 25, NegativeSharing.SHARED, 3, wrong, 1, pool);
      shared.beginEpoch(1);
      assertThatThrownBy(() -> shared.batch(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the sampler drew item " + item + " for everyone" + range);

      EpochBatches independent =
          new EpochBatches(train(), 25, NegativeSharing.INDEPENDENT, 3, wrong, 1, pool);
      independent.beginEpoch(1);
      assertThatThrownBy(() -> independent.batch(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching("the sampler drew item " + item + " for user \\d\\Q" + range + "\\E");
    }
  }

  /** It fails once after three items; of five, four are then to be had as before. */
  @Test
  void aSamplerThatFailedLeavesNothingBehind() {
    AtomicInteger calls = new AtomicInteger();
    NegativeSampler failing =
        (user, negatives, from, to, random) -> {
          if (calls.incrementAndGet() == 4) {
            throw new IllegalStateException("once");
          }
          Arrays.setAll(negatives, n -> (calls.get() - 1) % 5);
        };
    try (WorkPool pool = new WorkPool(1)) {
      EpochBatches batches =
          new EpochBatches(train(), 25, NegativeSharing.SHARED, 4, failing, 1, pool);
      batches.beginEpoch(1);
      assertThatThrownBy(() -> batches.batch(0)).hasMessage("once");
      calls.set(5);

      assertThat(Arrays.copyOf(batches.batch(0).negatives(), 4)).containsExactly(0, 1, 2, 3);
    }
  }
}
