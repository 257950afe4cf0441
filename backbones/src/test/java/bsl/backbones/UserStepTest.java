package bsl.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.MiniBatch;
import bsl.core.sampling.NegativeSharing;
import bsl.core.sampling.UserBatch;
import bsl.core.sampling.UserBatches;
import bsl.losses.BilateralSoftmaxLoss;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import bsl.losses.BprLoss;
import bsl.losses.MeanSquaredErrorLoss;
import bsl.losses.NonFiniteScoreException;
import bsl.losses.PositiveSide;
import bsl.losses.RankingLoss;
import bsl.losses.ScoreTile;
import bsl.losses.SoftmaxLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The step of a mini-batch of users against the same loss in double precision. */
class UserStepTest {
  private static final double L2 = 0.05;
  private static final int DIMENSION = 5;
  private static final int USERS = 90;
  private static final int ITEMS = 60;

  /** Every fifth user and every sixth item have none. */
  private static final Interactions TRAIN = pairs(1, 0.15);

  private static final Interactions OTHER = pairs(2, 0.3);

  private final Kernels kernels = Kernels.best();

  private static Interactions pairs(int seed, double probability) {
    RandomStream random = RandomStream.of(seed, Purpose.TEST);
    List<int[]> pairs = new ArrayList<>();
    for (int u = 0; u < USERS; u++) {
      for (int i = 0; i < ITEMS; i++) {
        double popular = i % 4 == 0 ? 2 : 1;
        if (u % 5 != 4 && i % 6 != 5 && random.nextDouble() < popular * probability) {
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

  private static Embeddings embeddings(int users, int items) {
    EmbeddingTable userTable = new EmbeddingTable(users, DIMENSION);
    EmbeddingTable itemTable = new EmbeddingTable(items, DIMENSION);
    for (EmbeddingTable table : new EmbeddingTable[] {userTable, itemTable}) {
      for (int r = 0; r < table.rows(); r++) {
        RandomStream random = RandomStream.of(table.rows(), Purpose.TEST, r);
        float[] row = new float[DIMENSION];
        for (int d = 0; d < DIMENSION; d++) {
          row[d] = (float) random.nextGaussian();
        }
        table.setRow(r, row);
      }
    }
    return new Embeddings(userTable, itemTable);
  }

  private static double[][] doubles(EmbeddingTable table) {
    double[][] rows = new double[table.rows()][DIMENSION];
    for (int r = 0; r < table.rows(); r++) {
      for (int d = 0; d < DIMENSION; d++) {
        rows[r][d] = table.row(r)[d];
      }
    }
    return rows;
  }

  private static RankingLoss loss(UserByUser.Loss loss, Kernels kernels) {
    return switch (loss) {
      case BSL ->
          BilateralSoftmaxLoss.codeForm(UserByUser.TAU, UserByUser.RHO, Mode.MULTI, kernels);
      case SL -> new SoftmaxLoss(UserByUser.TAU, kernels);
      case BPR -> new BprLoss(kernels);
      case MSE -> new MeanSquaredErrorLoss(UserByUser.NEGATIVE_WEIGHT, kernels);
    };
  }

  private static UserStep step(
      RankingLoss loss,
      ScoreFunction score,
      UserBatches batches,
      Interactions own,
      double ownWeight,
      double dropout,
      Kernels kernels,
      WorkPool pool) {
    return new UserStep(loss, score, batches, own, ownWeight, DIMENSION, dropout, 1, kernels, pool);
  }

  private static Map<Integer, float[]> byRow(RowGradients gradients) {
    Map<Integer, float[]> rows = new TreeMap<>();
    for (int k = 0; k < gradients.count(); k++) {
      float[] row = new float[DIMENSION];
      System.arraycopy(gradients.values(), gradients.offset(k), row, 0, DIMENSION);
      assertThat(rows.put(gradients.row(k), row)).as("row " + gradients.row(k) + " twice").isNull();
    }
    return rows;
  }

  private static Map<Integer, Long> occurrences(RowGradients gradients) {
    Map<Integer, Long> rows = new TreeMap<>();
    for (int k = 0; k < gradients.count(); k++) {
      rows.put(gradients.row(k), gradients.occurrences(k));
    }
    return rows;
  }

  private static UserBatches batches(int[] sizes, boolean byPopularity) {
    return new UserBatches(TRAIN, sizes[0], sizes[1], sizes[2], sizes[3], byPopularity, 1);
  }

  @ParameterizedTest
  @CsvSource({
    // Losses over all items.
    "BSL, COSINE, 13, 400, 0, false, 1, true",
    "BSL, INNER_PRODUCT, 13, 0, 0, true, 1, true",
    "SL, INNER_PRODUCT, 90, 0, 0, false, 1, true",
    "BPR, INNER_PRODUCT, 13, 0, 0, true, 1, true",
    "BPR, COSINE, 1, 0, 0, false, 1, true",
    "MSE, INNER_PRODUCT, 13, 0, 0, false, 1, true",
    "MSE, COSINE, 13, 0, 0, true, 1, true",
    // Own pairs with another weight.
    "BSL, COSINE, 13, 0, 0, false, 0, true",
    "BSL, COSINE, 13, 400, 0, true, 3, true",
    "SL, COSINE, 13, 0, 0, true, 0, false",
    "SL, COSINE, 90, 0, 0, false, 3, false",
    "BPR, COSINE, 13, 0, 0, false, 0, true",
    "MSE, COSINE, 13, 0, 0, true, 3, false",
    // A sample.
    "BSL, COSINE, 13, 400, 20, false, 1, true",
    "BSL, INNER_PRODUCT, 90, 0, 20, true, 1, true",
    "SL, COSINE, 13, 0, 3, true, 1, true",
    "BPR, COSINE, 13, 0, 20, false, 1, true",
    "MSE, INNER_PRODUCT, 13, 0, 20, true, 1, true",
    // A sample in which own pairs have another weight.
    "BSL, COSINE, 90, 400, 40, false, 0, true",
    "BSL, COSINE, 13, 400, 40, true, 3, true",
    "SL, COSINE, 13, 0, 40, true, 0, false",
    "SL, INNER_PRODUCT, 13, 0, 40, false, 3, false",
    "BPR, COSINE, 13, 0, 40, true, 0, true",
    "MSE, COSINE, 13, 0, 40, true, 3, true",
    // Samples of one or two items, which are all that some users have as negatives, and their own.
    "BSL, COSINE, 13, 400, 1, false, 0, true",
    "SL, INNER_PRODUCT, 90, 0, 2, true, 0, true",
    "BPR, COSINE, 13, 0, 1, true, 0, true"
  })
  void lossAndGradientAgreeWithDoublePrecision(
      UserByUser.Loss loss,
      ScoreFunction score,
      int batchUsers,
      int virtualBatchSize,
      int negatives,
      boolean byPopularity,
      double ownWeight,
      boolean ownIsTrain) {
    agreesWithDoublePrecision(
        loss,
        score,
        new int[] {batchUsers, 0, virtualBatchSize, negatives},
        byPopularity,
        ownIsTrain ? TRAIN : OTHER,
        ownWeight);
  }

  @ParameterizedTest
  @CsvSource({
    "BSL, COSINE, 40, 3, 100, 0, 1",
    "BSL, INNER_PRODUCT, 300, 1, 0, 20, 1",
    "SL, COSINE, 90, 2, 0, 20, 0",
    "BPR, COSINE, 40, 3, 0, 0, 0"
  })
  void usersWithSomeOfTheirPairsAtATimeAgreeWithDoublePrecision(
      UserByUser.Loss loss,
      ScoreFunction score,
      int batchUsers,
      int pairsPerUser,
      int virtualBatchSize,
      int negatives,
      double ownWeight) {
    agreesWithDoublePrecision(
        loss,
        score,
        new int[] {batchUsers, pairsPerUser, virtualBatchSize, negatives},
        true,
        TRAIN,
        ownWeight);
  }

  private void agreesWithDoublePrecision(
      UserByUser.Loss loss,
      ScoreFunction score,
      int[] sizes,
      boolean byPopularity,
      Interactions own,
      double ownWeight) {
    int negatives = sizes[3];
    Embeddings embeddings = embeddings(USERS, ITEMS);
    double[][] users = doubles(embeddings.users());
    double[][] items = doubles(embeddings.items());
    try (WorkPool pool = new WorkPool(2)) {
      UserStep step =
          step(
              loss(loss, kernels),
              score,
              batches(sizes, byPopularity),
              own,
              ownWeight,
              0,
              kernels,
              pool);
      UserBatches same = batches(sizes, byPopularity);
      step.beginEpoch(1);
      same.beginEpoch(1);
      // A second step has rows, columns and weights that the first one used otherwise.
      for (int s = 0; s < Math.min(2, same.steps()); s++) {
        UserBatch batch = same.batch(s);
        UserByUser naive =
            new UserByUser(batch, negatives > 0, byPopularity, TRAIN, own, ownWeight, loss, score);
        MiniBatch pairs = step.begin(s);
        double value = step.run(embeddings, 1, s);
        double weight = L2 / (2 * pairs.size());
        L2Term l2 = new L2Term(kernels, pool);
        double penalty = l2.add(weight, embeddings.users(), step.userGradients());
        penalty += l2.add(weight, embeddings.items(), step.itemGradients());

        double expected = naive.value(users, items);
        assertThat(value).isCloseTo(expected, within(3e-6 * Math.max(1, Math.abs(expected))));
        double expectedPenalty = weight * naive.squares(users, items);
        assertThat(penalty).isCloseTo(expectedPenalty, within(3e-6 * expectedPenalty));
        DoubleSupplier minimised =
            () -> naive.value(users, items) + weight * naive.squares(users, items);
        compare(byRow(step.userGradients()), users, minimised);
        compare(byRow(step.itemGradients()), items, minimised);
      }
    }
  }

  /**
   * Every third element of every third row, or of every row if they are few, against central
   * differences. Rows left out must have none.
   */
  private static void compare(
      Map<Integer, float[]> ours, double[][] table, DoubleSupplier minimised) {
    double largest = 0;
    double worst = 0;
    for (int r = 0; r < table.length; r++) {
      boolean few = ours.containsKey(r) && ours.size() < USERS / 2;
      int first = r % 3 == 0 || few ? (r + r / 3) % 3 : DIMENSION;
      for (int d = first; d < DIMENSION; d += 3) {
        double at = table[r][d];
        double h = 1e-5;
        table[r][d] = at + h;
        double above = minimised.getAsDouble();
        table[r][d] = at - h;
        double below = minimised.getAsDouble();
        table[r][d] = at;
        double slope = (above - below) / (2 * h);
        double actual = ours.containsKey(r) ? ours.get(r)[d] : 0;
        largest = Math.max(largest, Math.abs(slope));
        worst = Math.max(worst, Math.abs(slope - actual));
      }
    }
    assertThat(largest).isPositive();
    assertThat(worst).isLessThan(2e-5 * largest);
  }

  /** Whatever a step that failed has left behind, the next one does not see it. */
  @ParameterizedTest
  @CsvSource({"0, false, 0", "0, true, 3", "40, true, 3", "40, false, 0"})
  void aStepAfterOneThatFailedIsThatOfAFreshObject(
      int negatives, boolean byPopularity, double ownWeight) {
    Embeddings good = embeddings(USERS, ITEMS);
    Embeddings bad = good.copy();
    Arrays.fill(bad.users().values(), Float.NaN);
    for (int threads : new int[] {1, 3}) {
      try (WorkPool pool = new WorkPool(threads)) {
        UserStep failed = ownStep(negatives, byPopularity, ownWeight, pool);
        failed.beginEpoch(1);
        failed.begin(0);
        assertThatThrownBy(() -> failed.run(bad, 1, 0)).isInstanceOf(NonFiniteScoreException.class);
        UserStep fresh = ownStep(negatives, byPopularity, ownWeight, pool);
        failed.beginEpoch(2);
        fresh.beginEpoch(2);
        for (int s = 0; s < 3; s++) {
          failed.begin(s);
          fresh.begin(s);

          assertThat(failed.run(good, 2, s)).isEqualTo(fresh.run(good, 2, s));
          assertThat(used(failed.userGradients())).isEqualTo(used(fresh.userGradients()));
          assertThat(used(failed.itemGradients())).isEqualTo(used(fresh.itemGradients()));
        }
      }
    }
  }

  private UserStep ownStep(int negatives, boolean byPopularity, double ownWeight, WorkPool pool) {
    return step(
        loss(UserByUser.Loss.SL, kernels),
        ScoreFunction.COSINE,
        batches(new int[] {13, 0, 0, negatives}, byPopularity),
        TRAIN,
        ownWeight,
        0,
        kernels,
        pool);
  }

  @ParameterizedTest
  @CsvSource({
    "BSL, 0, false, 1",
    "BSL, 0, true, 0",
    "SL, 25, true, 3",
    "BPR, 25, false, 1",
    "MSE, 0, true, 1"
  })
  void threadsKernelsAndTilesChangeNoBit(
      UserByUser.Loss loss, int negatives, boolean byPopularity, double ownWeight) {
    Embeddings embeddings = embeddings(USERS, ITEMS);
    double expected = 0;
    float[] users = null;
    float[] items = null;
    // 72 users: tiles of 32, 32, 24 and 18 rows.
    for (int threads = 1; threads <= 4; threads++) {
      for (Kernels each : new Kernels[] {kernels, Kernels.scalar()}) {
        try (WorkPool pool = new WorkPool(threads)) {
          UserStep step =
              step(
                  loss(loss, each),
                  ScoreFunction.COSINE,
                  new UserBatches(TRAIN, USERS, 0, 400, negatives, byPopularity, 1),
                  TRAIN,
                  ownWeight,
                  0.1,
                  each,
                  pool);
          step.beginEpoch(1);
          step.begin(0);
          double value = step.run(embeddings, 1, 0);
          if (users == null) {
            expected = value;
            users = used(step.userGradients());
            items = used(step.itemGradients());
          }
          assertThat(value).isEqualTo(expected);
          assertThat(used(step.userGradients())).isEqualTo(users);
          assertThat(used(step.itemGradients())).isEqualTo(items);
        }
      }
    }
  }

  private static float[] used(RowGradients gradients) {
    return Arrays.copyOf(gradients.values(), gradients.offset(gradients.count()));
  }

  /** The same pairs, with the columns as shared negatives. */
  private static MiniBatch pairWise(UserBatch batch) {
    MiniBatch pairs = new MiniBatch(NegativeSharing.SHARED);
    pairs.reset(batch.pairs().size(), batch.negatives());
    for (int p = 0; p < pairs.size(); p++) {
      pairs.users()[p] = batch.pairs().users()[p];
      pairs.positives()[p] = batch.pairs().positives()[p];
    }
    System.arraycopy(batch.columns(), 0, pairs.negatives(), 0, batch.negatives());
    return pairs;
  }

  /**
   * With all of a user's pairs in one group, a user's row is that of each of its pairs; so it is
   * whatever the groups, if each user has a single pair. Where all items are equally popular, all
   * of a sample weigh the same, and losses that average over negatives do not see how much.
   */
  @ParameterizedTest
  @CsvSource({
    "BSL, 0, false, true",
    "BSL, 0, true, true",
    "BSL, 25, false, true",
    "BSL, 25, true, true",
    "BPR, 25, false, true",
    "SL, 0, true, true",
    "BSL, 0, false, false",
    "BPR, 0, false, false",
    "MSE, 0, false, false"
  })
  void equalsTheStepOfPairsThatShareTheColumns(
      UserByUser.Loss loss, int negatives, boolean byPopularity, boolean singlePairs) {
    Interactions train = singlePairs ? onePairEach() : TRAIN;
    Embeddings embeddings = embeddings(USERS, ITEMS);
    int virtualBatchSize = singlePairs ? 10 : 0;
    try (WorkPool pool = new WorkPool(2)) {
      UserStep step =
          step(
              loss(loss, kernels),
              ScoreFunction.COSINE,
              new UserBatches(train, 40, 0, virtualBatchSize, negatives, byPopularity, 1),
              train,
              1,
              0,
              kernels,
              pool);
      UserBatches same =
          new UserBatches(train, 40, 0, virtualBatchSize, negatives, byPopularity, 1);
      step.beginEpoch(3);
      same.beginEpoch(3);
      step.begin(0);
      double value = step.run(embeddings, 3, 0);
      MiniBatch pairs = pairWise(same.batch(0));
      FusedStep fused =
          new FusedStep(loss(loss, kernels), ScoreFunction.COSINE, DIMENSION, 0, 1, kernels, pool);
      fused.begin(pairs, ITEMS);
      double expected = fused.run(embeddings, 3, 0);

      assertThat(value).isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
      assertClose(step.userGradients(), fused.userGradients());
      assertClose(step.itemGradients(), fused.itemGradients());
      assertThat(occurrences(step.userGradients())).isEqualTo(occurrences(fused.userGradients()));
    }
  }

  private static Interactions onePairEach() {
    int[] users = new int[ITEMS];
    int[] items = new int[ITEMS];
    for (int u = 0; u < ITEMS; u++) {
      users[u] = u;
      items[u] = 7 * u % ITEMS;
    }
    return Interactions.of(USERS, ITEMS, users, items);
  }

  private static void assertClose(RowGradients actual, RowGradients expected) {
    Map<Integer, float[]> ours = byRow(actual);
    Map<Integer, float[]> theirs = byRow(expected);
    assertThat(ours.keySet()).isEqualTo(theirs.keySet());
    double largest = 0;
    double worst = 0;
    for (int row : theirs.keySet()) {
      for (int d = 0; d < DIMENSION; d++) {
        largest = Math.max(largest, Math.abs(theirs.get(row)[d]));
        worst = Math.max(worst, Math.abs(theirs.get(row)[d] - ours.get(row)[d]));
      }
    }
    assertThat(largest).isPositive();
    assertThat(worst).isLessThan(2e-6 * largest);
  }

  @Test
  void droppedElementsGetNoGradientFromTheirUser() {
    Embeddings embeddings = embeddings(USERS, ITEMS);
    try (WorkPool pool = new WorkPool(2)) {
      UserStep step =
          step(
              loss(UserByUser.Loss.BSL, kernels),
              ScoreFunction.COSINE,
              new UserBatches(TRAIN, USERS, 0, 0, 0, false, 1),
              TRAIN,
              1,
              0.5,
              kernels,
              pool);
      step.beginEpoch(1);
      step.begin(0);
      step.run(embeddings, 1, 0);
      List<Boolean> dropped = dropped(step);
      step.begin(0);
      step.run(embeddings, 1, 0);
      List<Boolean> again = dropped(step);
      step.begin(0);
      step.run(embeddings, 1, 1);
      List<Boolean> otherStep = dropped(step);

      // 360 elements, half of them dropped: standard deviation 9.5.
      assertThat(dropped).hasSize(72 * DIMENSION);
      assertThat(dropped.stream().filter(d -> d).count()).isBetween(180L - 48, 180L + 48);
      assertThat(again).isEqualTo(dropped);
      assertThat(otherStep).isNotEqualTo(dropped);
    }
  }

  /** The masks are those of the epoch and the step, another one for each user. */
  @ParameterizedTest
  @CsvSource({
    "BSL, COSINE, 0",
    "BSL, COSINE, 20",
    "SL, INNER_PRODUCT, 0",
    "BPR, INNER_PRODUCT, 20"
  })
  void theGradientUnderDropoutIsThatOfTheValue(
      UserByUser.Loss loss, ScoreFunction score, int negatives) {
    Embeddings embeddings = embeddings(USERS, ITEMS);
    try (WorkPool pool = new WorkPool(1)) {
      Supplier<UserStep> begun =
          () -> {
            UserBatches batches = batches(new int[] {13, 0, 0, negatives}, false);
            UserStep step = step(loss(loss, kernels), score, batches, TRAIN, 1, 0.4, kernels, pool);
            step.beginEpoch(3);
            step.begin(2);
            return step;
          };
      UserStep first = begun.get();
      first.run(embeddings, 3, 2);
      DoubleSupplier value = () -> begun.get().run(embeddings, 3, 2);

      assertThat(byRow(first.userGradients())).hasSize(13);
      DifferenceQuotients.assertGradients(byRow(first.userGradients()), embeddings.users(), value);
      DifferenceQuotients.assertGradients(byRow(first.itemGradients()), embeddings.items(), value);
    }
  }

  private static List<Boolean> dropped(UserStep step) {
    List<Boolean> dropped = new ArrayList<>();
    for (float[] row : byRow(step.userGradients()).values()) {
      for (float slope : row) {
        dropped.add(slope == 0f);
      }
    }
    return dropped;
  }

  /** Elements that are kept are scaled up, so inner products keep their mean over the masks. */
  @Test
  void dropoutKeepsTheMeanOfAScore() {
    Embeddings embeddings = embeddings(USERS, ITEMS);
    double[][] users = doubles(embeddings.users());
    double[][] items = doubles(embeddings.items());
    Interactions single = Interactions.of(USERS, ITEMS, new int[] {7}, new int[] {11});
    try (WorkPool pool = new WorkPool(1)) {
      UserStep step =
          step(
              new ScoreOfThePositive(),
              ScoreFunction.INNER_PRODUCT,
              new UserBatches(single, 1, 0, 0, 0, false, 1),
              single,
              1,
              0.25,
              kernels,
              pool);
      step.beginEpoch(1);
      double sum = 0;
      int steps = 4000;
      for (int s = 0; s < steps; s++) {
        step.begin(0);
        sum += step.run(embeddings, 1, s);
      }
      double variance = 0;
      for (int d = 0; d < DIMENSION; d++) {
        double term = users[7][d] * items[11][d];
        variance += term * term * 0.25 / 0.75;
      }
      double mean = PairByPair.score(users[7], items[11], ScoreFunction.INNER_PRODUCT);

      assertThat(sum / steps).isCloseTo(mean, within(5 * Math.sqrt(variance / steps)));
    }
  }

  /** Of a single pair: the positive's score. */
  private static final class ScoreOfThePositive implements RankingLoss {
    @Override
    public double evaluate(ScoreTile tile, PositiveSide positives) {
      Arrays.fill(tile.values(), tile.rowOffset(0), tile.rowOffset(0) + tile.columns(), 0f);
      positives.setGradient(0, 1f);
      return positives.score(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "25, 1", "0, 0"})
  void aNanInATableIsNamedByItsPair(int negatives, double ownWeight) {
    Embeddings embeddings = embeddings(USERS, ITEMS);
    embeddings.users().values()[embeddings.users().offset(3)] = Float.NaN;
    try (WorkPool pool = new WorkPool(2)) {
      UserStep step =
          step(
              loss(UserByUser.Loss.BSL, kernels),
              ScoreFunction.COSINE,
              new UserBatches(TRAIN, USERS, 0, 0, negatives, false, 1),
              TRAIN,
              ownWeight,
              0,
              kernels,
              pool);
      step.beginEpoch(1);
      step.begin(0);

      assertThatThrownBy(() -> step.run(embeddings, 1, 0))
          .isInstanceOf(NonFiniteScoreException.class)
          .hasMessageContaining("pair");
    }
  }
}
