package bsl.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.WorkPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserBatchesTest {
  private static final int USERS = 23;
  private static final int ITEMS = 30;

  /** User whose pairs are watched where groups are counted. */
  private static final int TRACKED_USER = 7;

  /** Below this probability a law is said not to hold. */
  private static final double IMPROBABLE = 0.001;

  private static final Interactions TRAIN = train();

  /** Every fifth user has no pairs, every sixth item neither; small numbers are popular. */
  private static Interactions train() {
    RandomStream random = RandomStream.of(3, Purpose.TEST);
    List<int[]> pairs = new ArrayList<>();
    for (int u = 0; u < USERS; u++) {
      for (int i = 0; i < ITEMS; i++) {
        if (u % 5 != 4 && i % 6 != 5 && random.nextDouble() < 3.0 / (5 + i / 2 + u / 2)) {
          pairs.add(new int[] {u, i});
        }
      }
    }
    return Interactions.of(
        USERS,
        ITEMS,
        pairs.stream().mapToInt(pair -> pair[0]).toArray(),
        pairs.stream().mapToInt(pair -> pair[1]).toArray());
  }

  private static List<Integer> usersWithPairs() {
    return IntStream.range(0, USERS).filter(u -> TRAIN.degree(u) > 0).boxed().toList();
  }

  private static int degree(int item) {
    return (int) Arrays.stream(TRAIN.pairItems()).filter(i -> i == item).count();
  }

  private static UserBatches batches(int virtualBatchSize, int negatives, boolean byPopularity) {
    return new UserBatches(TRAIN, 4, 0, virtualBatchSize, negatives, byPopularity, 1);
  }

  /** Everything a mini-batch says, as text. */
  private static String text(UserBatches batches, int step) {
    return text(batches, batches.batch(step));
  }

  private static String text(UserBatches batches, UserBatch batch) {
    int size = batch.pairs().size();
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < batch.rows(); r++) {
      text.append(batch.user(r)).append(':').append(batch.begin(r)).append('-');
      text.append(batch.end(r)).append(' ');
    }
    text.append(Arrays.toString(Arrays.copyOf(batch.pairs().users(), size)));
    text.append(Arrays.toString(Arrays.copyOf(batch.pairs().positives(), size)));
    text.append(Arrays.toString(Arrays.copyOf(batch.groupOfPair(), size)));
    text.append(Arrays.toString(Arrays.copyOf(batch.columnOfPair(), size)));
    text.append(Arrays.toString(Arrays.copyOf(batch.columns(), batch.columnCount())));
    int negatives = batches.sampled() ? batch.negatives() : 0;
    text.append(Arrays.toString(Arrays.copyOf(batch.weights(), negatives)));
    return text.append(batch.negatives()).toString();
  }

  @ParameterizedTest
  @CsvSource({"0, 0, false", "40, 7, true"})
  void theNextStepIsPreparedWhileThisOneIsAtWork(
      int virtualBatchSize, int negatives, boolean byPopularity) {
    UserBatches one = batches(virtualBatchSize, negatives, byPopularity);
    UserBatches ahead = batches(virtualBatchSize, negatives, byPopularity);
    for (int epoch = 1; epoch <= 2; epoch++) {
      one.beginEpoch(epoch);
      ahead.beginEpoch(epoch);
      for (int s = 0; s < one.steps(); s++) {
        UserBatch batch = ahead.batch(s);
        String expected = text(one, s);
        assertThat(text(ahead, batch)).isEqualTo(expected);
        // The last one is of no use: the epoch ends, and the next one begins with other users.
        ahead.prepare(s + 1 < one.steps() ? s + 1 : 0);
        assertThat(text(ahead, batch)).as("still at work").isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0, false", "40, 0, true", "0, 7, false", "40, 7, true", "1, 29, false"})
  void anEpochHasEveryUserOnceWithAllPairs(
      int virtualBatchSize, int negatives, boolean byPopularity) {
    UserBatches batches = batches(virtualBatchSize, negatives, byPopularity);
    List<Integer> users = new ArrayList<>();
    int pairs = 0;
    batches.beginEpoch(1);
    for (int s = 0; s < batches.steps(); s++) {
      UserBatch batch = batches.batch(s);
      boolean last = s == batches.steps() - 1;
      assertThat(batch.rows()).isEqualTo(last ? usersWithPairs().size() - 4 * s : 4).isPositive();
      assertThat(batch.begin(0)).isZero();
      assertThat(batch.end(batch.rows() - 1)).isEqualTo(batch.pairs().size());
      for (int r = 0; r < batch.rows(); r++) {
        users.add(batch.user(r));
        TreeSet<Integer> items = new TreeSet<>();
        for (int p = batch.begin(r); p < batch.end(r); p++) {
          assertThat(batch.pairs().users()[p]).isEqualTo(batch.user(r));
          items.add(batch.pairs().positives()[p]);
        }
        assertThat(items)
            .containsExactly(
                Arrays.stream(TRAIN.itemsOf(batch.user(r))).boxed().toArray(Integer[]::new));
        assertThat(batch.end(r) - batch.begin(r)).isEqualTo(items.size());
      }
      pairs += batch.pairs().size();
    }

    assertThat(users).hasSizeGreaterThan(12).containsExactlyInAnyOrderElementsOf(usersWithPairs());
    assertThat(pairs).isEqualTo(TRAIN.size());
  }

  @ParameterizedTest
  @CsvSource({"4, 1, 0", "1, 2, 7", "7, 2, 7", "1, 3, 0", "4, 100, 7"})
  void anEpochHasEveryPairOnceSomeOfAUsersAtATime(int batchUsers, int pairsPerUser, int negatives) {
    UserBatches batches = new UserBatches(TRAIN, batchUsers, pairsPerUser, 0, negatives, false, 1);
    List<List<Integer>> seen = new ArrayList<>();
    List<Set<String>> rowsOfEpoch = new ArrayList<>();
    for (int epoch = 1; epoch <= 2; epoch++) {
      batches.beginEpoch(epoch);
      List<Integer> pairs = new ArrayList<>();
      List<Integer> users = new ArrayList<>();
      Set<String> rows = new TreeSet<>();
      for (int s = 0; s < batches.steps(); s++) {
        UserBatch batch = batches.batch(s);
        Set<Integer> ofBatch = new TreeSet<>();
        for (int r = 0; r < batch.rows(); r++) {
          int degree = TRAIN.degree(batch.user(r));
          int visits = (degree - 1) / pairsPerUser + 1;
          int size = batch.end(r) - batch.begin(r);
          if (batchUsers == 1) {
            assertThat(size).isBetween(degree / visits, (degree - 1) / visits + 1);
          }
          users.add(batch.user(r));
          assertThat(ofBatch.add(batch.user(r))).as("a user has one row").isTrue();
          TreeSet<Integer> items = new TreeSet<>();
          for (int p = batch.begin(r); p < batch.end(r); p++) {
            assertThat(batch.pairs().users()[p]).isEqualTo(batch.user(r));
            items.add(batch.pairs().positives()[p]);
            pairs.add(batch.user(r) * ITEMS + batch.pairs().positives()[p]);
          }
          rows.add(batch.user(r) + " " + items);
        }
      }
      for (int user : usersWithPairs()) {
        int visits = (TRAIN.degree(user) - 1) / pairsPerUser + 1;
        assertThat(users.stream().filter(u -> u == user))
            .hasSizeBetween(batchUsers == 1 ? visits : 1, visits);
      }
      rowsOfEpoch.add(rows);
      seen.add(pairs);
    }
    int[] users = TRAIN.pairUsers();
    int[] items = TRAIN.pairItems();

    List<Integer> all =
        IntStream.range(0, TRAIN.size()).mapToObj(p -> users[p] * ITEMS + items[p]).toList();
    assertThat(seen.get(0)).containsExactlyInAnyOrderElementsOf(all);
    assertThat(seen.get(1)).containsExactlyInAnyOrderElementsOf(all);
    assertThat(rowsOfEpoch.get(0).equals(rowsOfEpoch.get(1)))
        .as("the same pairs together in both epochs")
        .isEqualTo(pairsPerUser == 100);
  }

  /** Whoever reads negatives there would take item 0 for one. */
  @Test
  void pairsOfAMiniBatchOfUsersHaveNoNegativesOfTheirOwn() {
    UserBatches batches = new UserBatches(TRAIN, 4, 0, 0, 0, false, 1);
    batches.beginEpoch(1);
    MiniBatch pairs = batches.batch(0).pairs();

    assertThat(pairs.size()).isPositive();
    assertThatThrownBy(pairs::negatives)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("its users' columns are their negatives");
    assertThatThrownBy(pairs::negativesPerPair).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(pairs::sharing).isInstanceOf(IllegalStateException.class);
  }

  /** With B of n pairs, two pairs of a user should be together with probability B / n. */
  @Test
  void pairsMeetAsOftenWhereUsersComeSeveralTimes() {
    Interactions train = manyPairs();
    UserBatches batches = new UserBatches(train, 16, 10, 20, 0, false, 5);
    int epochs = 2000;
    long together = 0;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      batches.beginEpoch(epoch);
      for (int s = 0; s < batches.steps(); s++) {
        UserBatch batch = batches.batch(s);
        int[] groups = batch.groupOfPair();
        for (int p = 0; p < batch.pairs().size(); p++) {
          for (int q = 0; q < p; q++) {
            together += groups[p] == groups[q] ? 1 : 0;
          }
        }
      }
    }
    double meetings = epochs * 40.0 * 190 * 20 / 800;

    assertThat((double) together).isCloseTo(meetings, within(0.01 * meetings));
  }

  @Test
  void eachUserIsTheFirstOfAnEpochEquallyOften() {
    List<Integer> users = usersWithPairs();
    UserBatches batches = batches(0, 0, false);
    long[] first = new long[users.size()];
    for (int epoch = 1; epoch <= 4000; epoch++) {
      batches.beginEpoch(epoch);
      first[users.indexOf(batches.batch(0).user(0))]++;
    }
    double[] equal = new double[first.length];
    Arrays.fill(equal, 1);

    assertThat(new ChiSquareTest().chiSquareTest(equal, first)).isGreaterThan(IMPROBABLE);
  }

  @Test
  void allPairsOfAUserAreOneGroup() {
    for (int virtualBatchSize : new int[] {0, TRAIN.size(), TRAIN.size() + 1}) {
      UserBatches batches = batches(virtualBatchSize, 0, false);
      batches.beginEpoch(1);
      UserBatch batch = batches.batch(1);
      for (int r = 0; r < batch.rows(); r++) {
        for (int p = batch.begin(r); p < batch.end(r); p++) {
          assertThat(batch.groupOfPair()[p]).isEqualTo(r);
        }
      }
    }
  }

  @Test
  void groupsAreConsecutivePairsOfOneUserNumberedInOrder() {
    UserBatches batches = batches(TRAIN.size() / 3, 0, false);
    batches.beginEpoch(1);
    boolean several = false;
    for (int s = 0; s < batches.steps(); s++) {
      UserBatch batch = batches.batch(s);
      int[] groups = batch.groupOfPair();
      assertThat(groups[0]).isZero();
      for (int p = 1; p < batch.pairs().size(); p++) {
        boolean sameUser = batch.pairs().users()[p] == batch.pairs().users()[p - 1];
        int next = groups[p] - groups[p - 1];
        assertThat(next).isBetween(sameUser ? 0 : 1, 1);
        several |= next == 0;
      }
    }

    assertThat(several).isTrue();
  }

  /** Which of some pairs are together, as {@code 0010} if all are but the third. */
  private static String partition(int[] group) {
    StringBuilder text = new StringBuilder();
    Map<Integer, Integer> seen = new HashMap<>();
    for (int g : group) {
      seen.putIfAbsent(g, seen.size());
      text.append(seen.get(g));
    }
    return text.toString();
  }

  /** 40 users with 20 pairs each: 800 pairs, 4 mini-batches of 200. */
  private static Interactions manyPairs() {
    int[] users = new int[800];
    int[] items = new int[800];
    for (int p = 0; p < 800; p++) {
      users[p] = p / 20;
      items[p] = (p * 7 + p / 20) % ITEMS;
    }
    Interactions pairs = Interactions.of(40, ITEMS, users, items);
    assertThat(pairs.size()).isEqualTo(800);
    return pairs;
  }

  /** How the tracked user's first four pairs fall into groups, epoch by epoch. */
  private static Map<String, Integer> partitionsOfGroups(Interactions train, int epochs) {
    Map<String, Integer> counts = new TreeMap<>();
    UserBatches batches = new UserBatches(train, 40, 0, 200, 0, false, 5);
    int[] tracked = Arrays.copyOf(train.itemsOf(TRACKED_USER), 4);
    for (int epoch = 1; epoch <= epochs; epoch++) {
      batches.beginEpoch(epoch);
      UserBatch batch = batches.batch(0);
      int[] group = new int[4];
      for (int p = 0; p < batch.pairs().size(); p++) {
        int k = Arrays.binarySearch(tracked, batch.pairs().positives()[p]);
        if (batch.pairs().users()[p] == TRACKED_USER && k >= 0) {
          group[k] = batch.groupOfPair()[p];
        }
      }
      counts.merge(partition(group), 1, Integer::sum);
    }
    return counts;
  }

  @Test
  void pairsFallIntoGroupsIndependently() {
    Map<String, Integer> observed = partitionsOfGroups(manyPairs(), 6000);
    Map<String, Integer> ways = new TreeMap<>();
    for (int w = 0; w < 256; w++) {
      ways.merge(partition(new int[] {w & 3, w >> 2 & 3, w >> 4 & 3, w >> 6}), 1, Integer::sum);
    }

    assertThat(ways).hasSize(15);
    assertThat(observed.keySet()).isEqualTo(ways.keySet());
    assertThat(
            new ChiSquareTest()
                .chiSquareTest(
                    ways.values().stream().mapToDouble(w -> w).toArray(),
                    observed.values().stream().mapToLong(n -> n).toArray()))
        .isGreaterThan(IMPROBABLE);
  }

  /**
   * Sixteen pairs that draw one of ten numbers each hardly ever fall into the same groups again.
   */
  @Test
  void groupsAreDrawnAnewForEverySeedEpochAndStep() {
    int[] users = IntStream.range(0, 480).map(p -> p / 16).toArray();
    int[] items = IntStream.range(0, 480).map(p -> p % 16).toArray();
    Interactions train = Interactions.of(30, 16, users, items);
    List<String> drawn = new ArrayList<>();
    for (int seed = 1; seed <= 2; seed++) {
      UserBatches batches = new UserBatches(train, 1, 0, 48, 0, false, seed);
      for (int epoch = 1; epoch <= 2; epoch++) {
        batches.beginEpoch(epoch);
        for (int s = 0; s < batches.steps(); s++) {
          UserBatch batch = batches.batch(s);
          int[] group = new int[16];
          for (int p = 0; p < 16; p++) {
            group[batch.pairs().positives()[p]] = batch.groupOfPair()[p];
          }
          drawn.add(partition(group));
        }
      }
    }

    assertThat(drawn).hasSize(120).doesNotHaveDuplicates();
  }

  /** Of ten pairs. What is left over is a virtual mini-batch, too. */
  @ParameterizedTest
  @CsvSource({"10, 1", "9, 2", "5, 2", "4, 3", "3, 4"})
  void thereAreVirtualMiniBatchesForAllPairs(int virtualBatchSize, int numbers) {
    Interactions train = Interactions.of(1, 10, new int[10], IntStream.range(0, 10).toArray());
    UserBatches batches = new UserBatches(train, 1, 0, virtualBatchSize, 0, false, 1);
    int most = 0;
    for (int epoch = 1; epoch <= 100; epoch++) {
      batches.beginEpoch(epoch);
      most = Math.max(most, batches.batch(0).groupOfPair()[9] + 1);
    }

    assertThat(most).isEqualTo(numbers);
  }

  @Test
  void groupsHaveTheLawOfMiniBatchesOfPairs() {
    Interactions train = manyPairs();
    int epochs = 6000;
    Map<String, Integer> groups = partitionsOfGroups(train, epochs);
    Map<String, Integer> miniBatches = new TreeMap<>();
    try (WorkPool pool = new WorkPool(1)) {
      EpochBatches batches =
          new EpochBatches(
              train, 200, NegativeSharing.SHARED, 1, NegativeSampler.uniform(ITEMS), 6, pool);
      int[] tracked = Arrays.copyOf(train.itemsOf(TRACKED_USER), 4);
      for (int epoch = 1; epoch <= epochs; epoch++) {
        batches.beginEpoch(epoch);
        int[] step = new int[4];
        for (int s = 0; s < batches.steps(); s++) {
          MiniBatch batch = batches.batch(s);
          for (int b = 0; b < batch.size(); b++) {
            int k = Arrays.binarySearch(tracked, batch.positives()[b]);
            if (batch.users()[b] == TRACKED_USER && k >= 0) {
              step[k] = s;
            }
          }
        }
        miniBatches.merge(partition(step), 1, Integer::sum);
      }
    }

    assertThat(miniBatches.keySet()).isEqualTo(groups.keySet());
    assertThat(
            new ChiSquareTest()
                .chiSquareTestDataSetsComparison(
                    groups.values().stream().mapToLong(n -> n).toArray(),
                    miniBatches.values().stream().mapToLong(n -> n).toArray()))
        .isGreaterThan(IMPROBABLE);
  }

  @ParameterizedTest
  @CsvSource({"1, false", "7, false", "7, true", "20, false", "20, true", "29, false"})
  void sumsOverSamplesAreSumsOverAllItemsOnAverage(int negatives, boolean byPopularity) {
    UserBatches batches = batches(0, negatives, byPopularity);
    double[] sums = new double[ITEMS];
    double[] weights = new double[ITEMS];
    int steps = 0;
    for (int epoch = 1; epoch <= 800; epoch++) {
      batches.beginEpoch(epoch);
      for (int s = 0; s < batches.steps(); s++, steps++) {
        UserBatch batch = batches.batch(s);
        assertThat(batch.negatives()).isBetween(negatives - 1, negatives + 1);
        TreeSet<Integer> distinct = new TreeSet<>();
        for (int c = 0; c < batch.negatives(); c++) {
          int item = batch.columns()[c];
          assertThat(distinct.add(item)).isTrue();
          weights[item] = batch.weights()[c];
          sums[item] += weights[item];
        }
      }
    }
    for (int item = 0; item < ITEMS; item++) {
      double target = target(item, negatives, byPopularity);
      // An item is drawn with probability target / weight, or not at all.
      double deviation = Math.sqrt(Math.max(0, target * (weights[item] - target)) / steps);
      assertThat(sums[item] / steps)
          .as("item %d", item)
          .isCloseTo(target, within(5 * deviation + 1e-6));
      assertThat(weights[item] > 0).isEqualTo(target > 0);
    }
    // Items that are not in every sample weigh the same; the others weigh what they stand for.
    double least = Arrays.stream(weights).filter(w -> w > 0).min().orElseThrow();
    for (int item = 0; item < ITEMS; item++) {
      double target = target(item, negatives, byPopularity);
      if (target > 0) {
        assertThat(weights[item])
            .as("item %d", item)
            .isCloseTo(Math.max(target, least), within(1e-6 * least));
      }
    }
  }

  /** What an item stands for; all items together are as many as are drawn. */
  private static double target(int item, int negatives, boolean byPopularity) {
    double share = byPopularity ? (double) degree(item) / TRAIN.size() : 1.0 / ITEMS;
    return negatives * share;
  }

  @ParameterizedTest
  @CsvSource({"7, false", "7, true", "12, false", "12, true"})
  void positivesThatAreNoNegativesAreBehindThem(int negatives, boolean byPopularity) {
    UserBatches batches = batches(0, negatives, byPopularity);
    boolean behind = false;
    boolean among = false;
    batches.beginEpoch(1);
    assertThat(batches.sampled()).isTrue();
    for (int s = 0; s < batches.steps(); s++) {
      UserBatch batch = batches.batch(s);
      TreeSet<Integer> sample = new TreeSet<>();
      TreeSet<Integer> others = new TreeSet<>();
      for (int c = 0; c < batch.columnCount(); c++) {
        boolean negative = c < batch.negatives();
        assertThat((negative ? sample : others).add(batch.columns()[c])).isTrue();
      }
      TreeSet<Integer> positives = new TreeSet<>();
      for (int p = 0; p < batch.pairs().size(); p++) {
        int column = batch.columnOfPair()[p];
        assertThat(batch.columns()[column]).isEqualTo(batch.pairs().positives()[p]);
        positives.add(batch.pairs().positives()[p]);
        behind |= column >= batch.negatives();
        among |= column < batch.negatives();
      }
      positives.removeAll(sample);
      assertThat(others).isEqualTo(positives);
    }

    assertThat(behind && among).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, false", "0, true", "30, false", "1000, true"})
  void allItemsAreColumnsByNumber(int negatives, boolean byPopularity) {
    UserBatches batches = batches(0, negatives, byPopularity);
    assertThat(batches.sampled()).isFalse();
    for (int item = 0; byPopularity && item < ITEMS; item++) {
      assertThat(batches.weights()[item])
          .isCloseTo((float) ITEMS * degree(item) / TRAIN.size(), within(1e-6f));
    }
    assertThat(batches.weights() == null).isEqualTo(!byPopularity);
    batches.beginEpoch(1);
    for (int s = 0; s < batches.steps(); s++) {
      UserBatch batch = batches.batch(s);
      assertThat(batch.columnCount()).isEqualTo(ITEMS);
      assertThat(batch.negatives()).isEqualTo(ITEMS);
      assertThat(Arrays.copyOf(batch.columns(), ITEMS))
          .isEqualTo(IntStream.range(0, ITEMS).toArray());
      for (int p = 0; p < batch.pairs().size(); p++) {
        assertThat(batch.columnOfPair()[p]).isEqualTo(batch.pairs().positives()[p]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, false", "7, false", "7, true"})
  void whatAStepGetsDependsOnSeedEpochAndStepAlone(int negatives, boolean byPopularity) {
    UserBatches inOrder = batches(30, negatives, byPopularity);
    List<String> steps = new ArrayList<>();
    inOrder.beginEpoch(2);
    for (int s = 0; s < inOrder.steps(); s++) {
      steps.add(text(inOrder, s));
    }
    UserBatches backwards = batches(30, negatives, byPopularity);
    backwards.beginEpoch(1);
    String before = text(backwards, 3);
    backwards.beginEpoch(2);
    for (int s = backwards.steps() - 1; s >= 0; s--) {
      assertThat(text(backwards, s)).isEqualTo(steps.get(s));
    }
    UserBatches otherSeed = new UserBatches(TRAIN, 4, 0, 30, negatives, byPopularity, 2);
    otherSeed.beginEpoch(2);

    assertThat(before).isNotEqualTo(steps.get(3));
    assertThat(text(otherSeed, 3)).isNotEqualTo(steps.get(3));
    assertThat(steps).doesNotHaveDuplicates();
  }

  @Test
  void moreUsersThanThereAreAreOneStep() {
    UserBatches batches = new UserBatches(TRAIN, Integer.MAX_VALUE, 0, 0, 5, false, 1);
    batches.beginEpoch(1);

    assertThat(batches.steps()).isEqualTo(1);
    assertThat(batches.batch(0).rows()).isEqualTo(usersWithPairs().size());
  }

  @Test
  void thereIsNoMiniBatchBeforeAnEpoch() {
    UserBatches batches = batches(30, 7, false);

    assertThatThrownBy(() -> batches.batch(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no epoch has begun");
    assertThatThrownBy(() -> batches.prepare(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no epoch has begun");
  }

  @Test
  void thereIsNoMiniBatchBehindTheLast() {
    UserBatches batches = batches(30, 7, false);
    batches.beginEpoch(1);

    assertThatThrownBy(() -> batches.batch(batches.steps()))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> batches.prepare(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void refusesToTrainOnNoPairs() {
    Interactions none = Interactions.of(3, 3, new int[0], new int[0]);

    assertThatThrownBy(() -> new UserBatches(none, 4, 0, 0, 0, false, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no train pairs");
  }

  /** As many as all of any user's pairs are one visit each, as 0 is. */
  @Test
  void asManyPairsPerUserAsThereCanBeAreAllOfThem() {
    UserBatches all = new UserBatches(TRAIN, USERS, Integer.MAX_VALUE, 0, 0, false, 1);
    all.beginEpoch(1);

    assertThat(all.steps()).isEqualTo(1);
    assertThat(all.batch(0).rows()).isEqualTo(usersWithPairs().size());
    assertThat(all.batch(0).pairs().size()).isEqualTo(TRAIN.size());
  }

  /** Visits times pairs are more than an int holds. */
  @Test
  void aUserOfManyPairsMayComeWithOneOfThemAtATime() {
    int pairs = 50_000;
    int[] items = IntStream.range(0, pairs).toArray();
    Interactions train = Interactions.of(1, pairs, new int[pairs], items);
    UserBatches batches = new UserBatches(train, pairs, 1, 0, 0, false, 1);
    batches.beginEpoch(1);
    UserBatch batch = batches.batch(0);

    assertThat(batch.pairs().size()).isEqualTo(pairs);
    assertThat(Arrays.stream(batch.pairs().positives()).limit(pairs).sorted().toArray())
        .isEqualTo(items);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0, users per mini-batch must be at least 1: 0",
    "4, -1, 0, 0, pairs per user must be at least 0: -1",
    "4, 0, -5, 0, pairs of a virtual mini-batch must be at least 0: -5",
    "4, 0, 0, -5, negatives must be at least 0: -5"
  })
  void refusesNumbersOutOfRange(
      int batchUsers, int pairsPerUser, int virtualBatchSize, int negatives, String message) {
    assertThatThrownBy(
            () ->
                new UserBatches(
                    TRAIN, batchUsers, pairsPerUser, virtualBatchSize, negatives, false, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
