package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against cosines worked out by hand, and sums over them by loops. */
class ScoreStatisticsTest {
  /** Of users (3, 4) and (0, 2) and items (6, 8), (4, 3), (0, 0). */
  private static final double[][] COSINES = {{1, 0.96, 0}, {0.8, 0.6, 0}};

  private static final Embeddings MODEL =
      new Embeddings(
          table(new float[][] {{3, 4}, {0, 2}}), table(new float[][] {{6, 8}, {4, 3}, {0, 0}}));

  private static EmbeddingTable table(float[][] rows) {
    EmbeddingTable table = new EmbeddingTable(rows.length, rows[0].length);
    for (int r = 0; r < rows.length; r++) {
      table.setRow(r, rows[r]);
    }
    return table;
  }

  @Test
  void cosinesAreThoseOfTheRows() {
    for (int user = 0; user < 2; user++) {
      for (int item = 0; item < 3; item++) {
        assertThat(ScoreStatistics.cosine(MODEL.users(), user, MODEL.items(), item))
            .isCloseTo(COSINES[user][item], within(1e-12));
      }
    }
  }

  @Test
  void meansAndVariancesAreThoseOfTheirCosines() {
    int[] users = {0, 0, 1};
    int[] items = {0, 1, 1};

    Map<String, Double> statistics =
        new ScoreStatistics(Interactions.of(2, 3, users, items)).of(MODEL);

    // 16 items for each pair, from the stream that draws them.
    RandomStream random = RandomStream.of(0, Purpose.RESAMPLING);
    double sum = 0;
    double variances = 0;
    for (int user : users) {
      double[] negatives = new double[16];
      for (int n = 0; n < negatives.length; n++) {
        negatives[n] = COSINES[user][random.nextInt(3)];
        sum += negatives[n];
      }
      variances += variance(negatives);
    }
    assertThat(statistics).hasSize(4);
    assertThat(statistics.get("positive_score_mean")).isCloseTo(2.56 / 3, within(1e-12));
    // Squares add up to 1 + 0.9216 + 0.36, of which 3 times the square of the mean is 6.5536 / 3.
    assertThat(statistics.get("positive_score_variance"))
        .isCloseTo((2.2816 - 6.5536 / 3) / 2, within(1e-12));
    assertThat(statistics.get("negative_score_mean")).isCloseTo(sum / 48, within(1e-12));
    assertThat(statistics.get("negative_score_variance")).isCloseTo(variances / 3, within(1e-12));
  }

  /** Of two users, the first likes all items and the other none: 2,048 pairs are of each. */
  @Test
  void ofManyPairsSomeAreTakenEvenly() {
    int items = 5000;
    float[][] alike = new float[items][];
    Arrays.fill(alike, new float[] {2, 0});
    Embeddings model = new Embeddings(table(new float[][] {{1, 0}, {-1, 0}}), table(alike));
    int[] users = IntStream.range(0, 2 * items).map(pair -> pair / items).toArray();
    int[] all = IntStream.range(0, 2 * items).map(pair -> pair % items).toArray();

    Map<String, Double> statistics =
        new ScoreStatistics(Interactions.of(2, items, users, all)).of(model);

    assertThat(statistics.get("positive_score_mean")).isCloseTo(0, within(1e-12));
    assertThat(statistics.get("positive_score_variance")).isCloseTo(4096.0 / 4095, within(1e-12));
    assertThat(statistics.get("negative_score_mean")).isCloseTo(0, within(1e-12));
    assertThat(statistics.get("negative_score_variance")).isCloseTo(0, within(1e-12));
  }

  /** Over n - 1, from all pairs of values. */
  private static double variance(double[] values) {
    double squares = 0;
    for (double a : values) {
      for (double b : values) {
        squares += (a - b) * (a - b);
      }
    }
    return squares / 2 / values.length / (values.length - 1);
  }
}
