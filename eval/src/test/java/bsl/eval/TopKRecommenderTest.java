package bsl.eval;

import static bsl.eval.BruteForce.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopKRecommenderTest {
  private final WorkPool pool = new WorkPool(2);

  @AfterEach
  void closePool() {
    pool.close();
  }

  @Test
  void recommendsTheBestUnmaskedItemsWithTheirCosines() {
    Embeddings embeddings =
        new Embeddings(
            table(new float[] {3, 4}),
            table(
                new float[] {40, 30},
                new float[] {0.6f, 0.8f},
                new float[] {0, 0},
                new float[] {-3e20f, -4e20f},
                new float[] {4e-10f, 3e-10f}));
    TopKRecommender recommender = recommender(ScoreFunction.COSINE, of(1, 5, new int[] {1}));

    List<Recommendation> best = recommender.recommend(embeddings, 0, 10);

    assertThat(best).extracting(Recommendation::item).containsExactly(0, 4, 2, 3);
    assertThat(best.get(0).score()).isCloseTo(0.96f, within(1e-6f));
    assertThat(best.get(1).score()).isCloseTo(0.96f, within(1e-6f));
    assertThat(best.get(2).score()).isZero();
    assertThat(best.get(3).score()).isCloseTo(-1f, within(1e-6f));
  }

  @Test
  void recommendsNothingWhereAllItemsAreMaskedOrThereAreNone() {
    Embeddings three = new Embeddings(new EmbeddingTable(1, 2), new EmbeddingTable(3, 2));
    Embeddings none = new Embeddings(new EmbeddingTable(1, 2), new EmbeddingTable(0, 2));

    assertThat(
            recommender(ScoreFunction.COSINE, of(1, 3, new int[] {0, 1, 2})).recommend(three, 0, 2))
        .isEmpty();
    assertThat(recommender(ScoreFunction.COSINE, of(1, 0, new int[0])).recommend(none, 0, 2))
        .isEmpty();
  }

  @Test
  void answersInTheOrderAsked() {
    Embeddings embeddings =
        new Embeddings(
            table(new float[] {1}, new float[] {-1}), table(new float[] {1}, new float[] {2}));
    Interactions nothing = of(2, 2, new int[0]);

    assertThat(
            recommender(ScoreFunction.INNER_PRODUCT, nothing)
                .recommend(embeddings, new int[] {1, 0, 1}, 1))
        .containsExactly(
            List.of(new Recommendation(0, -1f)),
            List.of(new Recommendation(1, 2f)),
            List.of(new Recommendation(0, -1f)));
  }

  @Test
  void recommendsByAnyModel() {
    TopKRecommender recommender =
        recommender(
            ScoreFunction.COSINE,
            Interactions.of(2, 4, new int[] {0, 1, 1, 1}, new int[] {2, 0, 1, 3}));

    List<List<Recommendation>> best =
        recommender.recommend(
            (user, scores) -> {
              for (int item = 0; item < 4; item++) {
                scores[item] = user == 0 ? item : -item;
              }
            },
            new int[] {1, 0},
            2);

    assertThat(best)
        .containsExactly(
            List.of(new Recommendation(2, -2f)),
            List.of(new Recommendation(3, 3f), new Recommendation(1, 1f)));
    assertThatThrownBy(() -> recommender.recommend((user, scores) -> {}, new int[] {1}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("user 1 and item 0");
    assertThatThrownBy(() -> recommender.recommend((user, scores) -> {}, new int[] {2}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("user 2 is outside");
  }

  @Test
  void masksTheRightUsersWhateverTheOrder() {
    RandomCase random = RandomCase.gaussian(600, 70, 4, 21);
    int[] descending = new int[600];
    Arrays.setAll(descending, n -> 599 - n);
    try (WorkPool alone = new WorkPool(1)) {
      TopKRecommender recommender =
          new TopKRecommender(random.masked(), ScoreFunction.INNER_PRODUCT, Kernels.best(), alone);

      List<List<Recommendation>> lists =
          recommender.recommend(random.embeddings(), descending, 100);

      for (int n = 0; n < descending.length; n++) {
        int user = descending[n];
        List<Integer> unmasked =
            IntStream.range(0, 70)
                .filter(i -> random.masked().stream().noneMatch(m -> m.contains(user, i)))
                .boxed()
                .toList();
        assertThat(lists.get(n))
            .extracting(Recommendation::item)
            .containsExactlyInAnyOrderElementsOf(unmasked);
      }
    }
  }

  /** 256 users at a time of ten million items are more than an array has. */
  @Test
  void rankingsThatExceedAnArrayAreRefused() {
    int items = 10_000_000;
    TopKRecommender recommender =
        recommender(ScoreFunction.COSINE, Interactions.of(300, items, new int[0], new int[0]));
    Embeddings none = new Embeddings(new EmbeddingTable(0, 1), new EmbeddingTable(0, 1));

    assertThatThrownBy(
            () ->
                recommender.forEachBlock(
                    none, IntStream.range(0, 300).toArray(), items, block -> "", text -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rankings of 256 users at a time exceed one array; k is too large: 10000000");
  }

  @Test
  void refusesUsersAndNumbersOutOfRange() {
    Embeddings embeddings = new Embeddings(new EmbeddingTable(2, 1), new EmbeddingTable(2, 1));
    TopKRecommender recommender = recommender(ScoreFunction.COSINE, of(2, 2, new int[0]));

    assertThatThrownBy(() -> recommender.recommend(embeddings, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("user 2 is outside [0, 2)");
    assertThatThrownBy(() -> recommender.recommend(embeddings, -1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("user -1 is outside [0, 2)");
    assertThatThrownBy(() -> recommender.recommend(embeddings, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k must be at least 1: 0");
    assertThatThrownBy(
            () -> new TopKRecommender(List.of(), ScoreFunction.COSINE, Kernels.best(), pool))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at least one set of masked pairs is needed");
  }

  @Test
  void listsEqualAFullSort() {
    Seeds.check(
        200,
        random ->
            assertListsEqualAFullSort(
                1 + random.nextInt(10),
                1 + random.nextInt(random.nextInt(4) == 0 ? 20 : 600),
                1 + random.nextInt(40),
                1 + random.nextInt(700),
                ScoreFunction.values()[random.nextInt(ScoreFunction.values().length)],
                random.nextLong()));
  }

  private static void assertListsEqualAFullSort(
      int users, int items, int dimension, int k, ScoreFunction score, long seed) {
    RandomCase random = RandomCase.quantised(users, items, dimension, seed);
    BruteForce oracle = new BruteForce(random.relevant(), random.masked(), score);
    int[] everyone = new int[users];
    for (int u = 0; u < users; u++) {
      everyone[u] = u;
    }
    try (WorkPool threads = new WorkPool(2)) {
      TopKRecommender recommender =
          new TopKRecommender(random.masked(), score, Kernels.best(), threads);

      List<List<Recommendation>> lists = recommender.recommend(random.embeddings(), everyone, k);

      for (int u = 0; u < users; u++) {
        int user = u;
        List<Integer> ranking = oracle.ranking(random.embeddings(), user);
        assertThat(lists.get(user))
            .extracting(Recommendation::item)
            .isEqualTo(ranking.subList(0, Math.min(k, ranking.size())));
        assertThat(lists.get(user))
            .allSatisfy(
                r ->
                    assertThat((double) r.score())
                        .isEqualTo(oracle.score(random.embeddings(), user, r.item()) + 0.0));
      }
    }
  }

  private TopKRecommender recommender(ScoreFunction score, Interactions masked) {
    return new TopKRecommender(List.of(masked), score, Kernels.best(), pool);
  }

  /** All pairs belong to user 0. */
  private static Interactions of(int users, int items, int[] itemsOfFirst) {
    return Interactions.of(users, items, new int[itemsOfFirst.length], itemsOfFirst);
  }
}
