package bsl.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rankings that are handed out block by block, and rows that are similar to each other. */
class RecommendationBlocksTest {
  private record Line(int user, List<Integer> items, List<Float> scores) {}

  private static List<Line> lines(
      TopKRecommender recommender, RandomCase random, int[] users, int k) throws IOException {
    List<Line> lines = new ArrayList<>();
    recommender.<List<Line>>forEachBlock(
        random.embeddings(),
        users,
        k,
        block -> IntStream.range(0, block.size()).mapToObj(n -> line(block, n)).toList(),
        lines::addAll);
    return lines;
  }

  private static Line line(RankingBlock block, int n) {
    RankedItems ranking = block.ranking(n);
    return new Line(
        block.user(n),
        IntStream.range(0, ranking.size()).mapToObj(ranking::item).toList(),
        IntStream.range(0, ranking.size()).mapToObj(ranking::score).toList());
  }

  @ParameterizedTest
  @EnumSource(ScoreFunction.class)
  void areFullSortsInTheOrderAsked(ScoreFunction score) throws IOException {
    RandomCase random = RandomCase.quantised(700, 130, 9, 5);
    BruteForce oracle = new BruteForce(random.relevant(), random.masked(), score);
    int[] users = IntStream.range(0, 900).map(n -> 699 - n * 7 % 700).toArray();
    for (int threads : new int[] {1, 3}) {
      try (WorkPool pool = new WorkPool(threads)) {
        TopKRecommender recommender =
            new TopKRecommender(random.masked(), score, Kernels.best(), pool);

        List<Line> lines = lines(recommender, random, users, 6);

        assertThat(lines).hasSize(users.length);
        for (int n = 0; n < users.length; n++) {
          Line line = lines.get(n);
          assertThat(line.user()).isEqualTo(users[n]);
          List<Integer> ranking = oracle.ranking(random.embeddings(), users[n]);
          assertThat(line.items()).isEqualTo(ranking.subList(0, Math.min(6, ranking.size())));
          for (int rank = 0; rank < line.items().size(); rank++) {
            assertThat((double) line.scores().get(rank))
                .isEqualTo(
                    oracle.score(random.embeddings(), users[n], line.items().get(rank)) + 0.0);
          }
        }
      }
    }
  }

  @Test
  void areTheSameInManyChunksAsInOneList() throws IOException {
    // Rankings of 9000 items: no more than one block of 256 users is held at a time.
    RandomCase random = RandomCase.gaussian(600, 9000, 4, 6);
    int[] everyone = IntStream.range(0, 600).toArray();
    try (WorkPool pool = new WorkPool(2)) {
      TopKRecommender recommender =
          new TopKRecommender(random.masked(), ScoreFunction.COSINE, Kernels.best(), pool);

      List<Line> lines = lines(recommender, random, everyone, 9000);

      List<List<Recommendation>> expected =
          recommender.recommend(random.embeddings(), everyone, 9000);
      assertThat(lines).hasSize(600);
      for (Line line : lines) {
        assertThat(line.items())
            .isEqualTo(expected.get(line.user()).stream().map(Recommendation::item).toList());
      }
    }
  }

  @Test
  void endWithWhatTheTakerThrows() {
    RandomCase random = RandomCase.gaussian(10, 20, 4, 7);
    try (WorkPool pool = new WorkPool(2)) {
      TopKRecommender recommender =
          new TopKRecommender(random.masked(), ScoreFunction.COSINE, Kernels.best(), pool);

      assertThatThrownBy(
              () ->
                  recommender.forEachBlock(
                      random.embeddings(),
                      new int[] {1},
                      1,
                      RankingBlock::size,
                      size -> {
                        throw new IOException("full");
                      }))
          .isInstanceOf(IOException.class)
          .hasMessage("full");
      assertThatThrownBy(
              () ->
                  recommender.forEachBlock(
                      random.embeddings(), new int[] {10}, 1, RankingBlock::size, size -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("user 10 is outside [0, 10)");
    }
  }

  @Test
  void similarRowsAreThoseOfTheLargestCosinesButNotTheRowItself() {
    EmbeddingTable table = RandomCase.gaussian(1, 300, 5, 8).embeddings().items();
    Interactions nothing = Interactions.of(300, 300, new int[0], new int[0]);
    BruteForce oracle = new BruteForce(nothing, List.of(), ScoreFunction.COSINE);
    try (WorkPool pool = new WorkPool(1)) {
      TopKRecommender similar = SimilarRows.among(300, Kernels.best(), pool);
      for (int row : new int[] {0, 150, 299}) {
        List<Recommendation> best = similar.recommend(SimilarRows.embeddings(table), row, 10);

        List<Integer> expected =
            IntStream.range(0, 300)
                .filter(other -> other != row)
                .boxed()
                .sorted(
                    Comparator.comparing(
                        other -> -oracle.score(SimilarRows.embeddings(table), row, other)))
                .limit(10)
                .toList();
        assertThat(best).extracting(Recommendation::item).isEqualTo(expected);
        assertThat((double) best.get(3).score())
            .isCloseTo(
                oracle.score(SimilarRows.embeddings(table), row, expected.get(3)), within(1e-6));
      }
    }
  }
}
