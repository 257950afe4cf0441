package bsl.eval;

import static bsl.eval.BruteForce.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FullRankingEvaluatorTest {
  private static final double ROUNDING = 1e-13;

  /** One user with embedding 1 and items with embeddings 5, 4, 3, 2, 1: ranked by index. */
  private static final Embeddings DESCENDING =
      new Embeddings(
          table(new float[] {1}),
          table(
              new float[] {5}, new float[] {4}, new float[] {3}, new float[] {2}, new float[] {1}));

  @Test
  void reportsHandComputedMetricsOfASmallCase() {
    Interactions test = pairs(1, 5, 0, 2, 0, 4);
    Interactions train = pairs(1, 5, 0, 0);

    RankingMetrics metrics = evaluate(DESCENDING, test, List.of(train), 1, 2, 3);

    // Item 0 is masked, so items 1, 2, 3, 4 are ranked; 2 and 4 are wanted.
    double second = 0.6309297535714574;
    assertThat(metrics.users()).isEqualTo(1);
    assertThat(metrics.get("recall@1")).isZero();
    assertThat(metrics.get("recall@2")).isEqualTo(0.5);
    assertThat(metrics.get("precision@2")).isEqualTo(0.5);
    assertThat(metrics.get("precision@3")).isEqualTo(1.0 / 3);
    assertThat(metrics.get("ndcg@3")).isCloseTo(second / (1 + second), within(1e-15));
  }

  @Test
  void averagesOverUsersWithRelevantItemsOnly() {
    Embeddings embeddings =
        new Embeddings(
            table(new float[] {1}, new float[] {1}, new float[] {-1}), DESCENDING.items());
    Interactions test = pairs(3, 5, 0, 0, 2, 0, 2, 4);
    Interactions nothing = pairs(3, 5);

    try (WorkPool pool = new WorkPool(1)) {
      PerUserMetrics perUser =
          new FullRankingEvaluator(
                  test, List.of(nothing), ScoreFunction.INNER_PRODUCT, Kernels.best(), pool, 1, 5)
              .evaluatePerUser(embeddings);

      assertThat(perUser.users()).containsExactly(0, 2);
      assertThat(perUser.keys())
          .containsExactly(
              "recall@1",
              "ndcg@1",
              "precision@1",
              "hitrate@1",
              "mrr@1",
              "map@1",
              "recall@5",
              "ndcg@5",
              "precision@5",
              "hitrate@5",
              "mrr@5",
              "map@5");
      assertThat(perUser.values("recall@1")).containsExactly(1, 0.5);
      assertThat(perUser.values("precision@5")).containsExactly(0.2, 0.4);
      assertThat(perUser.mean().users()).isEqualTo(2);
      assertThat(perUser.mean().get("recall@1")).isEqualTo(0.75);
      assertThat(perUser.mean().asMap().keySet()).containsExactlyElementsOf(perUser.keys());
    }
  }

  @Test
  void cutoffsAreThoseThatWereGivenAtFirst() {
    int[] cutoffs = {1, 2};
    try (WorkPool pool = new WorkPool(1)) {
      FullRankingEvaluator evaluator =
          new FullRankingEvaluator(
              pairs(1, 5, 0, 1), List.of(), ScoreFunction.COSINE, Kernels.best(), pool, cutoffs);
      Arrays.fill(cutoffs, 5);
      RankingMetrics metrics = evaluator.evaluate(DESCENDING);

      assertThat(metrics.get("precision@1")).isZero();
      assertThat(metrics.get("precision@2")).isEqualTo(0.5);
    }
  }

  @Test
  void cutsOffWhereThePaperDoesUnlessToldOtherwise() {
    Interactions test = pairs(1, 5, 0, 1);
    try (WorkPool pool = new WorkPool(1)) {
      RankingMetrics metrics =
          new FullRankingEvaluator(test, List.of(), ScoreFunction.COSINE, Kernels.best(), pool)
              .evaluate(DESCENDING);

      assertThat(metrics.asMap().keySet())
          .hasSize(24)
          .startsWith("recall@5", "ndcg@5", "precision@5")
          .endsWith("recall@20", "ndcg@20", "precision@20", "hitrate@20", "mrr@20", "map@20");
      assertThat(metrics.get(RankingMetric.PRECISION, 20)).isEqualTo(0.05);
    }
  }

  @Test
  void ranksEqualScoresByLowerItem() {
    Embeddings equal = new Embeddings(new EmbeddingTable(1, 3), new EmbeddingTable(1200, 3));

    RankingMetrics metrics =
        evaluate(equal, pairs(1, 1200, 0, 0, 0, 2, 0, 1100), List.of(pairs(1, 1200, 0, 1)), 1, 2);

    assertThat(metrics.get("precision@2")).isEqualTo(1);
    assertThat(metrics.get("recall@2")).isEqualTo(2.0 / 3);
  }

  @Test
  void countsRelevantItemsThatAreMasked() {
    Interactions test = pairs(1, 5, 0, 0, 0, 1);

    RankingMetrics metrics = evaluate(DESCENDING, test, List.of(pairs(1, 5, 0, 0)), 5);

    assertThat(metrics.get("recall@5")).isEqualTo(0.5);
  }

  @Test
  void findsNothingWhereAllItemsAreMasked() {
    Interactions all = pairs(1, 5, 0, 0, 0, 1, 0, 2, 0, 3, 0, 4);

    RankingMetrics metrics = evaluate(DESCENDING, all, List.of(all), 5, 10);

    assertThat(metrics.users()).isEqualTo(1);
    assertThat(metrics.asMap().values()).containsOnly(0.0);
  }

  @Test
  void masksTheUnionOfAllSets() {
    Interactions test = pairs(1, 5, 0, 2);

    RankingMetrics metrics =
        evaluate(DESCENDING, test, List.of(pairs(1, 5, 0, 1), pairs(1, 5, 0, 0, 0, 1)), 1);

    assertThat(metrics.get("recall@1")).isEqualTo(1);
  }

  @Test
  void anyScorerIsRankedLikeEmbeddingsWithItsScores() {
    Seeds.check(
        50, random -> assertScorerIsRankedLikeEmbeddings(random.nextLong(), 1 + random.nextInt(3)));
  }

  private static void assertScorerIsRankedLikeEmbeddings(long seed, int threads) {
    RandomCase random = RandomCase.quantised(40, 700, 16, seed);
    BruteForce exact = new BruteForce(random.relevant(), random.masked(), ScoreFunction.COSINE);
    try (WorkPool pool = new WorkPool(threads)) {
      FullRankingEvaluator evaluator =
          new FullRankingEvaluator(
              random.relevant(),
              random.masked(),
              ScoreFunction.COSINE,
              Kernels.best(),
              pool,
              3,
              900);
      UserScorer scorer =
          (user, scores) -> {
            for (int item = 0; item < scores.length; item++) {
              scores[item] = (float) exact.score(random.embeddings(), user, item);
            }
          };

      assertThat(evaluator.evaluate(scorer)).isEqualTo(evaluator.evaluate(random.embeddings()));
      Exposure ofScorer = new Exposure(700, 3);
      Exposure ofEmbeddings = new Exposure(700, 3);
      PerUserMetrics perUser = evaluator.evaluatePerUser(scorer, ofScorer);
      assertSameBits(perUser, evaluator.evaluatePerUser(random.embeddings(), ofEmbeddings));
      assertThat(perUser.mean()).isEqualTo(evaluator.evaluate(scorer));
      assertThat(ofScorer.counts()).isEqualTo(ofEmbeddings.counts());
      assertThat(Arrays.stream(ofScorer.counts()).sum()).isPositive();
    }
  }

  @Test
  void aScorerThatGivesNaNIsNamed() {
    assertThatThrownBy(
            () ->
                evaluateScorer(
                    (user, scores) -> {
                      Arrays.fill(scores, 1f);
                      scores[3] = Float.NaN;
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the scorer left the score of user 0 and item 3 unset, or set it to NaN");
  }

  /** What it does not set must not be what another user was given. */
  @Test
  void aScorerThatLeavesItemsOutIsNamed() {
    assertThatThrownBy(
            () ->
                evaluateScorer(
                    (user, scores) -> {
                      if (user == 0) {
                        Arrays.fill(scores, 1f);
                      } else {
                        scores[0] = 1f;
                        scores[1] = 2f;
                        scores[4] = 3f;
                      }
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the scorer left the score of user 2 and item 2 unset, or set it to NaN");
  }

  @Test
  void aScorerNeverSeesWhatItGaveForAnotherUser() {
    evaluateScorer(
        (user, scores) -> {
          for (float score : scores) {
            assertThat(score).isNaN();
          }
          Arrays.fill(scores, user);
        });
  }

  /** One thread, so that one array serves users 0 and 2, one after the other. */
  private static void evaluateScorer(UserScorer scorer) {
    try (WorkPool pool = new WorkPool(1)) {
      new FullRankingEvaluator(
              pairs(3, 5, 0, 1, 2, 1), List.of(), ScoreFunction.COSINE, Kernels.best(), pool, 2)
          .evaluate(scorer);
    }
  }

  @Test
  void reportsZeroUsersWhereNoneHasRelevantItems() {
    RankingMetrics metrics = evaluate(DESCENDING, pairs(1, 5), List.of(), 5);

    assertThat(metrics.users()).isZero();
    assertThat(metrics.asMap().values()).containsOnly(0.0);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 4", "4, 0"})
  void acceptsEmptyTables(int users, int items) {
    Embeddings embeddings =
        new Embeddings(new EmbeddingTable(users, 3), new EmbeddingTable(items, 3));

    assertThat(evaluate(embeddings, pairs(users, items), List.of(), 5).users()).isZero();
  }

  @Test
  void ranksWholeCataloguesTooLargeForOneGroupOfUsers() {
    RandomCase large = RandomCase.gaussian(180, 6000, 1, 5);
    Interactions nothing = pairs(180, 6000);

    RankingMetrics metrics = evaluate(large.embeddings(), large.relevant(), List.of(nothing), 9000);

    assertThat(metrics.get("recall@9000")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(floats = {1e30f, Float.POSITIVE_INFINITY})
  void ranksInfiniteScores(float large) {
    Embeddings embeddings =
        new Embeddings(
            table(new float[] {large}),
            table(new float[] {-1e30f}, new float[] {1e20f}, new float[] {1e30f}));

    RankingMetrics metrics = evaluate(embeddings, pairs(1, 3, 0, 0), List.of(), 2, 3);

    assertThat(metrics.get("recall@2")).isZero();
    assertThat(metrics.get("recall@3")).isEqualTo(1);
  }

  @Test
  void ranksScoresThatOverflowOnTheWay() {
    Embeddings embeddings =
        new Embeddings(
            table(new float[] {1e30f, 1e30f}),
            table(new float[] {-1e30f, 1e30f}, new float[] {1, 1}, new float[] {1e30f, -1e30f}));

    RankingMetrics metrics = evaluate(embeddings, pairs(1, 3, 0, 2), List.of(), 1);

    assertThat(metrics.get("recall@1")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void namesTheFirstUserWhoseScoreIsNotANumber(int threads) {
    RandomCase random = RandomCase.gaussian(900, 1300, 5, 11);
    Interactions diagonal = firstItemForAll(900, 1300);
    Embeddings embeddings = random.embeddings();
    embeddings.users().values()[embeddings.users().offset(899)] = Float.NaN;
    embeddings.users().values()[embeddings.users().offset(333) + 4] = Float.NaN;
    try (WorkPool pool = new WorkPool(threads)) {
      for (ScoreFunction score : ScoreFunction.values()) {
        FullRankingEvaluator evaluator =
            new FullRankingEvaluator(diagonal, List.of(), score, Kernels.best(), pool);

        assertThatThrownBy(() -> evaluator.evaluate(embeddings))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("the score of user 333 and item 0 is NaN");
      }
    }
  }

  @Test
  void namesTheItemWhoseScoreIsNotANumberEvenIfMasked() {
    RandomCase random = RandomCase.gaussian(60, 1300, 5, 11);
    Embeddings embeddings = random.embeddings();
    embeddings.items().values()[embeddings.items().offset(1200)] = Float.NaN;

    assertThatThrownBy(
            () -> evaluate(embeddings, pairs(60, 1300, 7, 3), List.of(pairs(60, 1300, 7, 1200)), 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the score of user 7 and item 1200 is NaN");
  }

  @Test
  void noticesInfinitiesThatCancel() {
    // 1e60 overflows to infinity; minus infinity is then added to it.
    Embeddings embeddings =
        new Embeddings(
            table(new float[] {1e30f, Float.NEGATIVE_INFINITY}), table(new float[] {1e30f, 1}));

    assertThatThrownBy(() -> evaluate(embeddings, pairs(1, 1, 0, 0), List.of(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the score of user 0 and item 0 is NaN");
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    Interactions test = pairs(1, 5, 0, 1);

    assertThatThrownBy(() -> evaluate(DESCENDING, test, List.of(pairs(1, 4)), 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("masked pairs must cover 1 users and 5 items:");
    assertThatThrownBy(() -> evaluate(DESCENDING, pairs(2, 5), List.of(), 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("embeddings of 1 users and 5 items do not fit");
    assertThatThrownBy(() -> evaluate(DESCENDING, test, List.of(), 10, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cutoffs must be ascending and at least 1: [10, 5]");
    assertThatThrownBy(() -> evaluate(DESCENDING, test, List.of(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cutoffs must be ascending and at least 1: [0]");
    assertThatThrownBy(() -> evaluate(DESCENDING, test, List.of(), new int[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at least one cutoff is needed");
    RankingMetrics metrics = evaluate(DESCENDING, test, List.of(), 5);
    assertThatThrownBy(() -> metrics.get("recall@6"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no metric recall@6; there are [recall@5, ndcg@5, precision@5, hitrate@5, mrr@5, map@5]");
  }

  @Test
  void equalsBruteForceOnSmallCasesFullOfTies() {
    Seeds.check(
        300,
        random ->
            assertEqualsBruteForce(
                RandomCase.quantised(
                    1 + random.nextInt(12),
                    1 + random.nextInt(random.nextInt(4) == 0 ? 5 : 90),
                    1 + random.nextInt(40),
                    random.nextLong()),
                score(random),
                1 + random.nextInt(100)));
  }

  private static ScoreFunction score(RandomStream random) {
    return ScoreFunction.values()[random.nextInt(ScoreFunction.values().length)];
  }

  @ParameterizedTest
  @CsvSource({
    // around the sizes of tiles, groups and blocks
    "47, 511, 64",
    "48, 512, 32",
    "49, 513, 33",
    "239, 1023, 5",
    "241, 1025, 17",
    "481, 31, 4",
  })
  void equalsBruteForceAtOddSizes(int users, int items, int dimension) {
    for (ScoreFunction score : ScoreFunction.values()) {
      assertEqualsBruteForce(RandomCase.quantised(users, items, dimension, 3), score, 20);
      assertEqualsBruteForce(RandomCase.gaussian(users, items, dimension, 4), score, 20);
    }
  }

  private static void assertEqualsBruteForce(RandomCase random, ScoreFunction score, int k) {
    int[] cutoffs = {k, k + 3};
    BruteForce oracle = new BruteForce(random.relevant(), random.masked(), score);
    try (WorkPool pool = new WorkPool(2)) {
      PerUserMetrics perUser =
          new FullRankingEvaluator(
                  random.relevant(), random.masked(), score, Kernels.best(), pool, cutoffs)
              .evaluatePerUser(random.embeddings());
      int[] users = perUser.users();
      double[] sums = new double[perUser.keys().size()];
      for (int n = 0; n < users.length; n++) {
        Map<String, Double> expected = oracle.metrics(random.embeddings(), users[n], cutoffs);
        assertThat(perUser.keys()).containsExactlyElementsOf(expected.keySet());
        int m = 0;
        for (String key : expected.keySet()) {
          assertThat(perUser.values(key)[n])
              .as("%s of user %d", key, users[n])
              .isCloseTo(expected.get(key), within(ROUNDING));
          sums[m++] += expected.get(key);
        }
      }
      int m = 0;
      for (double mean : perUser.mean().asMap().values()) {
        double expected = users.length == 0 ? 0 : sums[m] / users.length;
        assertThat(mean).isCloseTo(expected, within(ROUNDING));
        m++;
      }
      assertThat(users)
          .containsExactly(
              IntStream.range(0, random.relevant().users())
                  .filter(u -> random.relevant().degree(u) > 0)
                  .toArray());
    }
  }

  @Test
  void recallAndHitsNeverFallWithTheCutoff() {
    Seeds.check(
        100,
        random ->
            assertRecallAndHitsNeverFall(
                RandomCase.quantised(
                    1 + random.nextInt(8), 1 + random.nextInt(60), 20, random.nextLong()),
                score(random)));
  }

  private static void assertRecallAndHitsNeverFall(RandomCase random, ScoreFunction score) {
    int[] cutoffs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89};
    try (WorkPool pool = new WorkPool(1)) {
      PerUserMetrics perUser =
          new FullRankingEvaluator(
                  random.relevant(), random.masked(), score, Kernels.best(), pool, cutoffs)
              .evaluatePerUser(random.embeddings());
      for (int c = 1; c < cutoffs.length; c++) {
        double[] before = perUser.values("recall@" + cutoffs[c - 1]);
        double[] after = perUser.values("recall@" + cutoffs[c]);
        double[] precision = perUser.values("precision@" + cutoffs[c]);
        for (int n = 0; n < before.length; n++) {
          assertThat(after[n]).isBetween(before[n], 1.0);
          int relevant = random.relevant().degree(perUser.users()[n]);
          assertThat(precision[n] * cutoffs[c])
              .isCloseTo(after[n] * relevant, within(ROUNDING * 100));
        }
      }
    }
  }

  @Test
  void numberingOfItemsDoesNotMatterWhereScoresDiffer() {
    Seeds.check(
        100,
        random ->
            assertNumberingDoesNotMatter(
                1 + random.nextInt(random.nextInt(4) == 0 ? 10 : 700), random.nextLong()));
  }

  private static void assertNumberingDoesNotMatter(int items, long seed) {
    // Coordinates are two orders of the items, so no two items score the same for these users.
    EmbeddingTable users =
        table(new float[] {1, 1024}, new float[] {1024, -1}, new float[] {-1024, 1});
    int[] first = shuffled(items, seed, 1);
    int[] second = shuffled(items, seed, 2);
    int[] renamed = shuffled(items, seed, 3);
    EmbeddingTable table = new EmbeddingTable(items, 2);
    EmbeddingTable renamedTable = new EmbeddingTable(items, 2);
    for (int i = 0; i < items; i++) {
      float[] row = {first[i], second[i]};
      table.setRow(i, row);
      renamedTable.setRow(renamed[i], row);
    }
    Interactions relevant = RandomCase.gaussian(3, items, 1, seed).relevant();
    Interactions masked = RandomCase.gaussian(3, items, 1, seed + 1).relevant();

    assertThat(
            evaluate(
                new Embeddings(users, renamedTable),
                renamed(relevant, renamed),
                List.of(renamed(masked, renamed)),
                5,
                20))
        .isEqualTo(evaluate(new Embeddings(users, table), relevant, List.of(masked), 5, 20));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void givesTheSameBitsOnEveryNumberOfThreads(int threads) {
    RandomCase random = RandomCase.gaussian(1000, 1300, 24, 9);
    for (ScoreFunction score : ScoreFunction.values()) {
      assertSameBits(
          perUser(random, score, Kernels.best(), threads),
          perUser(random, score, Kernels.best(), 1));
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 5, 1", "50, 517, 33", "250, 1300, 64"})
  void givesTheSameBitsWithScalarKernels(int users, int items, int dimension) {
    RandomCase random = RandomCase.gaussian(users, items, dimension, 9);
    for (ScoreFunction score : ScoreFunction.values()) {
      assertSameBits(
          perUser(random, score, Kernels.scalar(), 2), perUser(random, score, Kernels.best(), 2));
    }
  }

  private static PerUserMetrics perUser(
      RandomCase random, ScoreFunction score, Kernels kernels, int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      return new FullRankingEvaluator(random.relevant(), random.masked(), score, kernels, pool)
          .evaluatePerUser(random.embeddings());
    }
  }

  private static void assertSameBits(PerUserMetrics actual, PerUserMetrics expected) {
    assertThat(actual.users()).isEqualTo(expected.users());
    assertThat(actual.keys()).isEqualTo(expected.keys());
    for (String key : expected.keys()) {
      assertThat(actual.values(key)).as(key).isEqualTo(expected.values(key));
    }
    assertThat(actual.mean()).isEqualTo(expected.mean());
  }

  private static RankingMetrics evaluate(
      Embeddings embeddings, Interactions relevant, List<Interactions> masked, int... cutoffs) {
    try (WorkPool pool = new WorkPool(2)) {
      return new FullRankingEvaluator(
              relevant, masked, ScoreFunction.INNER_PRODUCT, Kernels.best(), pool, cutoffs)
          .evaluate(embeddings);
    }
  }

  /** Pairs written as user, item, user, item, ... */
  private static Interactions pairs(int users, int items, int... pairs) {
    int[] pairUsers = new int[pairs.length / 2];
    int[] pairItems = new int[pairs.length / 2];
    for (int p = 0; p < pairUsers.length; p++) {
      pairUsers[p] = pairs[2 * p];
      pairItems[p] = pairs[2 * p + 1];
    }
    return Interactions.of(users, items, pairUsers, pairItems);
  }

  private static Interactions firstItemForAll(int users, int items) {
    int[] all = new int[users];
    Arrays.setAll(all, u -> u);
    return Interactions.of(users, items, all, new int[users]);
  }

  private static Interactions renamed(Interactions pairs, int[] names) {
    return Interactions.of(
        pairs.users(),
        pairs.items(),
        pairs.pairUsers(),
        Arrays.stream(pairs.pairItems()).map(i -> names[i]).toArray());
  }

  private static int[] shuffled(int size, long seed, int stream) {
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    RandomStream.of(seed, RandomStream.Purpose.TEST, stream).shuffle(order);
    return order;
  }
}
