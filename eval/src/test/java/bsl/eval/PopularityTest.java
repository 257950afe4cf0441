package bsl.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Popularity groups, exposure, and what follows from them. */
class PopularityTest {
  /** Item i has {@code degrees[i]} users. */
  private static Interactions withDegrees(int... degrees) {
    int size = Arrays.stream(degrees).sum();
    int[] users = new int[size];
    int[] items = new int[size];
    int p = 0;
    for (int item = 0; item < degrees.length; item++) {
      for (int user = 0; user < degrees[item]; user++) {
        users[p] = user;
        items[p++] = item;
      }
    }
    return Interactions.of(Arrays.stream(degrees).max().orElse(0), degrees.length, users, items);
  }

  @Test
  void cutsWhereTheInteractionsAreEquallyMany() {
    // Sorted: 3 (0), 1 (1), 4 (1), 0 (2), 2 (4), with 0, 0, 1, 2, 4 interactions before them.
    PopularityGroups groups = new PopularityGroups(withDegrees(2, 1, 4, 0, 1), 2);

    assertThat(groups.groupOf(3)).isZero();
    assertThat(groups.groupOf(1)).isZero();
    assertThat(groups.groupOf(4)).isZero();
    assertThat(groups.groupOf(0)).isZero();
    assertThat(groups.groupOf(2)).isEqualTo(1);
    assertThat(groups.interactions(0)).isEqualTo(4);
    assertThat(groups.interactions(1)).isEqualTo(4);
  }

  @Test
  void equalDegreesAreCutByItem() {
    PopularityGroups groups = new PopularityGroups(withDegrees(1, 1, 1, 1), 2);

    assertThat(groups.groupOf(0)).isZero();
    assertThat(groups.groupOf(1)).isZero();
    assertThat(groups.groupOf(2)).isEqualTo(1);
    assertThat(groups.groupOf(3)).isEqualTo(1);
  }

  @Test
  void groupsAscendInPopularityAndMissTheirPartByLessThanAnItem() {
    Seeds.check(
        200,
        random ->
            assertGroupsAscendAndMissTheirPartByLessThanAnItem(
                1 + random.nextInt(12), random.nextLong()));
  }

  private static void assertGroupsAscendAndMissTheirPartByLessThanAnItem(int groups, long seed) {
    RandomCase random = RandomCase.quantised(30, 40, 4, seed);
    Interactions train = random.relevant();
    if (train.size() == 0) {
      assertThatThereIsNoPopularity(train);
      return;
    }
    Interactions byItem = train.transpose();
    PopularityGroups cut = new PopularityGroups(train, groups);
    long total = 0;
    int most = 0;
    for (int item = 0; item < train.items(); item++) {
      most = Math.max(most, byItem.degree(item));
      for (int other = 0; other < train.items(); other++) {
        if (byItem.degree(item) < byItem.degree(other)) {
          assertThat(cut.groupOf(item)).isLessThanOrEqualTo(cut.groupOf(other));
        }
      }
    }
    for (int group = 0; group < groups; group++) {
      total += cut.interactions(group);
      assertThat((double) cut.interactions(group))
          .isCloseTo((double) train.size() / groups, within((double) most));
    }
    assertThat(total).isEqualTo(train.size());
  }

  private static void assertThatThereIsNoPopularity(Interactions train) {
    assertThatThrownBy(() -> new PopularityGroups(train, 2))
        .hasMessage("no popularity without interactions");
  }

  @Test
  void aShareIsOfTheGroupOfTheItemThatIsFound() {
    // Sorted: 1 (1), 3 (1), 2 (2), 4 (2), 0 (3), with 0, 1, 2, 4, 6 of 9 interactions before them.
    PopularityGroups groups = new PopularityGroups(withDegrees(3, 1, 2, 1, 2), 3);
    // User 0 finds items 0 and 4 of three, user 1 finds item 2 of two, user 2 all there is, and
    // user 3 has nothing to find.
    Interactions relevant =
        Interactions.of(4, 5, new int[] {0, 0, 0, 1, 1, 2}, new int[] {0, 1, 4, 2, 4, 0});
    int[][] ranked = {{0, 3, 4, 1, 2}, {2, 1, 3, 0, 4}, {3, 0, 1, 2, 4}, {0, 1, 2, 3, 4}};
    GroupShares shares = new GroupShares(relevant, groups, 3);
    try (WorkPool pool = new WorkPool(2)) {
      new FullRankingEvaluator(relevant, List.of(), ScoreFunction.COSINE, Kernels.best(), pool, 4)
          .evaluate(
              (user, scores) -> {
                for (int rank = 0; rank < scores.length; rank++) {
                  scores[ranked[user][rank]] = -rank;
                }
              },
              shares);
    }

    // 1/2 of user 1; 1/3 of user 0; 1/3 of user 0 and 1 of user 2.
    assertThat(shares.shares())
        .containsExactly(new double[] {1.0 / 6, 1.0 / 9, 4.0 / 9}, within(1e-15));
    assertThat(shares.inequality()).isCloseTo(4.0 / 13, within(1e-15));
  }

  @Test
  void sharesAreThoseOfTheGroupsCutByHandAndAddUpToRecall() {
    Seeds.check(60, random -> assertShares(random.nextLong(), 1 + random.nextInt(3)));
  }

  private static void assertShares(long seed, int threads) {
    RandomCase random = RandomCase.quantised(60, 50, 16, seed);
    Interactions train = random.masked().get(0);
    if (train.size() == 0) {
      assertThatThereIsNoPopularity(train);
      return;
    }
    int[][] ranked = new int[60][];
    try (WorkPool pool = new WorkPool(threads)) {
      FullRankingEvaluator evaluator =
          new FullRankingEvaluator(
              random.relevant(),
              random.masked(),
              ScoreFunction.COSINE,
              Kernels.best(),
              pool,
              5,
              20);
      PopularityGroups groups = new PopularityGroups(train, PopularityGroups.PAPER);
      GroupShares atTwenty = new GroupShares(random.relevant(), groups, 20);
      GroupShares atFive = new GroupShares(random.relevant(), groups, 5);
      RankingObserver keeping =
          (user, ranking) ->
              ranked[user] = IntStream.range(0, ranking.size()).map(ranking::item).toArray();
      RankingMetrics metrics = evaluator.evaluate(random.embeddings(), atTwenty, atFive, keeping);

      assertThat(atTwenty.shares())
          .containsExactly(shares(train, random.relevant(), ranked, 20), within(1e-12));
      assertThat(atFive.shares())
          .containsExactly(shares(train, random.relevant(), ranked, 5), within(1e-12));
      assertByUser(atFive, train, random.relevant(), ranked);
      assertThat(Arrays.stream(atTwenty.shares()).sum())
          .isCloseTo(metrics.get("recall@20"), within(1e-12));
      assertThat(Arrays.stream(atFive.shares()).sum())
          .isCloseTo(metrics.get("recall@5"), within(1e-12));
      assertThat(atTwenty.inequality()).isBetween(0.0, 0.9 + 1e-12);
    }
  }

  /** What each of ten groups has of the recall, by loops. */
  private static double[] shares(
      Interactions train, Interactions relevant, int[][] ranked, int cutoff) {
    int[] degrees = new int[train.items()];
    for (int p = 0; p < train.size(); p++) {
      degrees[train.itemAt(p)]++;
    }
    double[] shares = new double[10];
    int users = 0;
    for (int user = 0; user < relevant.users(); user++) {
      int[] wanted = relevant.itemsOf(user);
      users += wanted.length > 0 ? 1 : 0;
      for (int rank = 0; rank < cutoff && wanted.length > 0 && rank < ranked[user].length; rank++) {
        int item = ranked[user][rank];
        int before = 0;
        for (int other = 0; other < degrees.length; other++) {
          boolean first =
              degrees[other] < degrees[item] || degrees[other] == degrees[item] && other < item;
          before += first ? degrees[other] : 0;
        }
        boolean hit = Arrays.stream(wanted).anyMatch(each -> each == item);
        shares[Math.min(9, 10 * before / train.size())] += hit ? 1.0 / wanted.length : 0;
      }
    }
    int all = users;
    return Arrays.stream(shares).map(share -> share / all).toArray();
  }

  /** What a little more weight of one user does to the inequality of shares made by loops. */
  private static void assertByUser(
      GroupShares shares, Interactions train, Interactions relevant, int[][] ranked) {
    double[] all = shares(train, relevant, ranked, 5);
    double[] byUser = shares.inequalityByUser();
    assertThat(Arrays.stream(byUser).average().orElse(0))
        .isCloseTo(Exposure.gini(all), within(1e-12));
    int next = 0;
    for (int user = 0; user < relevant.users(); user++) {
      if (relevant.degree(user) == 0) {
        continue;
      }
      double value = byUser[next++];
      int[][] alone = new int[relevant.users()][0];
      alone[user] = ranked[user];
      double[] own = shares(train, relevant, alone, 5);
      double[] more = new double[all.length];
      double[] less = new double[all.length];
      double step = 1e-7;
      for (int g = 0; g < all.length; g++) {
        // A user's own shares are a mean over all users, too.
        double ownShare = own[g] * byUser.length;
        more[g] = all[g] + step * (ownShare - all[g]);
        less[g] = all[g] - step * (ownShare - all[g]);
      }
      double moved = (Exposure.gini(more) - Exposure.gini(less)) / (2 * step);
      assertThat(value - Exposure.gini(all)).as("user %d", user).isCloseTo(moved, within(1e-5));
    }
    assertThat(next).isEqualTo(byUser.length);
  }

  @Test
  void observersOfOtherPairsAreRefused() {
    Interactions relevant = Interactions.of(1, 3, new int[1], new int[] {2});
    Interactions others = Interactions.of(1, 3, new int[1], new int[] {1});
    PopularityGroups groups = new PopularityGroups(relevant, 1);
    UserScorer scorer = (user, scores) -> Arrays.fill(scores, 0f);
    try (WorkPool pool = new WorkPool(1)) {
      FullRankingEvaluator evaluator =
          new FullRankingEvaluator(
              relevant, List.of(), ScoreFunction.COSINE, Kernels.best(), pool, 2);
      for (RankingObserver wrong :
          List.of(new Exposure(4, 2), new GroupShares(others, groups, 2))) {
        assertThatThrownBy(() -> evaluator.evaluate(scorer, wrong))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("not go with");
      }
      Interactions same = Interactions.of(1, 3, new int[1], new int[] {2});
      evaluator.evaluate(scorer, new Exposure(3, 2), new GroupShares(same, groups, 2));
    }
  }

  @Test
  void groupsOfOtherItemsAreRefused() {
    Interactions relevant = Interactions.of(1, 3, new int[1], new int[] {2});
    for (int items : new int[] {2, 4}) {
      PopularityGroups groups =
          new PopularityGroups(Interactions.of(1, items, new int[1], new int[1]), 1);

      assertThatThrownBy(() -> new GroupShares(relevant, groups, 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("groups of " + items + " items do not go with " + relevant);
    }
  }

  @Test
  void anObserverSeesOneEvaluation() {
    Interactions relevant = Interactions.of(1, 3, new int[1], new int[] {2});
    GroupShares shares = new GroupShares(relevant, new PopularityGroups(relevant, 1), 3);
    Exposure exposure = new Exposure(3, 3);
    UserScorer scorer = (user, scores) -> Arrays.fill(scores, 0f);
    try (WorkPool pool = new WorkPool(1)) {
      FullRankingEvaluator evaluator =
          new FullRankingEvaluator(
              relevant, List.of(), ScoreFunction.COSINE, Kernels.best(), pool, 3);
      evaluator.evaluate(scorer, shares, exposure);

      for (RankingObserver used : List.of(shares, exposure)) {
        assertThatThrownBy(() -> evaluator.evaluate(scorer, used))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageEndingWith("has seen an evaluation; each needs its own");
      }
    }
    assertThat(shares.shares()).containsExactly(1);
    assertThat(exposure.counts()).containsExactly(1, 1, 1);
  }

  @Test
  void cutoffsThatTheEvaluatorDoesNotHaveAreRefused() {
    Interactions relevant = Interactions.of(1, 3, new int[1], new int[] {2});
    PopularityGroups groups = new PopularityGroups(relevant, 1);
    UserScorer scorer = (user, scores) -> Arrays.fill(scores, 0f);
    try (WorkPool pool = new WorkPool(1)) {
      FullRankingEvaluator evaluator =
          new FullRankingEvaluator(
              relevant, List.of(), ScoreFunction.COSINE, Kernels.best(), pool, 1, 20);
      for (RankingObserver beyond :
          List.of(new Exposure(3, 21), new GroupShares(relevant, groups, 21))) {
        assertThatThrownBy(() -> evaluator.evaluate(scorer, beyond))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("an observer looks at 21 ranks, and the largest cutoff is 20");
        assertThatThrownBy(() -> evaluator.evaluatePerUser(scorer, beyond))
            .isInstanceOf(IllegalArgumentException.class);
      }
      // Of three items there are three ranks.
      assertThat(evaluator.evaluate(scorer, new Exposure(3, 20)).get("recall@20")).isEqualTo(1);
    }
    assertThatThrownBy(() -> new Exposure(3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cutoff must be at least 1: 0");
    assertThatThrownBy(() -> new GroupShares(relevant, groups, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cutoff must be at least 1: -1");
  }

  @Test
  void countsWhatIsRecommended() {
    // Two users, items ranked 0, 1, 2; user 1 must not see item 0.
    Interactions relevant = Interactions.of(2, 3, new int[] {0, 1}, new int[] {2, 2});
    Interactions train = Interactions.of(2, 3, new int[] {1}, new int[] {0});
    Exposure exposure = new Exposure(3, 2);
    try (WorkPool pool = new WorkPool(2)) {
      new FullRankingEvaluator(
              relevant, List.of(train), ScoreFunction.COSINE, Kernels.best(), pool, 2)
          .evaluate(
              (user, scores) -> {
                for (int item = 0; item < scores.length; item++) {
                  scores[item] = -item;
                }
              },
              exposure);
    }

    assertThat(exposure.counts()).containsExactly(1, 2, 1);
    assertThat(exposure.coverage()).isEqualTo(1);
    assertThat(exposure.gini()).isCloseTo(1.0 / 6, within(1e-15));
    assertThat(exposure.averagePopularity(train)).isEqualTo(0.25);
  }

  @Test
  void theGiniCoefficientRunsFromEqualityToOneForAll() {
    assertThat(Exposure.gini(new double[] {3, 3, 3})).isZero();
    assertThat(Exposure.gini(new double[] {0, 0, 0, 8})).isEqualTo(0.75);
    assertThat(Exposure.gini(new double[] {1, 3})).isEqualTo(0.25);
    assertThat(Exposure.gini(new double[] {0, 0})).isZero();
    assertThat(Exposure.gini(new double[0])).isZero();
    assertThatThrownBy(() -> Exposure.gini(new double[] {-1, 2})).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> Exposure.gini(new double[] {1, Double.POSITIVE_INFINITY}))
        .hasMessageContaining("Infinity");
  }

  /** Half the mean absolute difference over the mean, from all pairs. */
  @Test
  void theGiniCoefficientIsTheMeanDifference() {
    Seeds.check(
        1000,
        random -> {
          int bound = 1 + random.nextInt(51);
          assertGiniIsTheMeanDifference(
              Stream.generate(() -> random.nextInt(bound)).limit(1 + random.nextInt(9)).toList());
        });
  }

  private static void assertGiniIsTheMeanDifference(List<Integer> counts) {
    double sum = 0;
    double differences = 0;
    for (int a : counts) {
      sum += a;
      for (int b : counts) {
        differences += Math.abs(a - b);
      }
    }
    double[] values = counts.stream().mapToDouble(Integer::doubleValue).toArray();
    double expected = sum == 0 ? 0 : differences / (2 * counts.size() * sum);

    assertThat(Exposure.gini(values)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void coverageAndPopularityOfNothingAreZero() {
    assertThat(Exposure.coverage(new int[0])).isZero();
    assertThat(Exposure.averagePopularity(new int[2], withDegrees(1, 2))).isZero();
    assertThatThrownBy(() -> Exposure.averagePopularity(new int[3], withDegrees(1, 2)))
        .hasMessageContaining("3 counts");
    assertThatThrownBy(() -> new PopularityGroups(withDegrees(0, 0), 3))
        .hasMessage("no popularity without interactions");
    assertThatThrownBy(() -> new PopularityGroups(withDegrees(1), 0))
        .hasMessage("groups must be at least 1: 0");
  }
}
