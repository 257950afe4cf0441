package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.report.MarkdownRenderer;
import bsl.run.RunData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorstCaseWeightsTest {
  /** One user along the first axis; items at the cosines 1, 0.5, 0 and -1. */
  private static final double[] COSINES = {1, 0.5, 0, -1};

  private static final Embeddings MODEL = model();

  private static Embeddings model() {
    EmbeddingTable users = new EmbeddingTable(1, 2);
    users.setRow(0, new float[] {3, 0});
    EmbeddingTable items = new EmbeddingTable(4, 2);
    for (int i = 0; i < 4; i++) {
      float along = (float) COSINES[i];
      items.setRow(i, new float[] {2 * along, 2 * (float) Math.sqrt(1 - along * along)});
    }
    return new Embeddings(users, items);
  }

  private static Interactions items(int... items) {
    return Interactions.of(1, 4, new int[items.length], items);
  }

  private static WorstCaseWeights weights(Interactions noise) {
    Interactions test = items(1);
    return new WorstCaseWeights(
        MODEL, new RunData(items(0, 3), noise, test, test, true, Map.of(), List.of()));
  }

  @Test
  void positivesWeighInProportionToTheExponentialOfTheirScores() {
    WorstCaseWeights.Row row = weights(items(3)).rows().get(4);
    double share = 1 / (1 + Math.exp(-2 / row.temperature()));

    assertThat(row.cleanPositive()).isCloseTo(2 * share, within(1e-6));
    assertThat(row.noisyPositive()).isCloseTo(2 * (1 - share), within(1e-6));
  }

  @Test
  void negativesAreToldApartByWhatTheyReallyAre() {
    WorstCaseWeights weights = weights(items(3));
    WorstCaseWeights.Row row = weights.rows().get(4);

    // Item 0 is a train pair, 1 a test pair; 2 is clean, and so is 3, which noise put into train.
    assertThat(row.trainNegative() / row.testNegative())
        .isCloseTo(Math.exp(0.5 / row.temperature()), within(1e-5));
    assertThat(row.cleanNegative()).isLessThan(row.testNegative()).isLessThan(1);
    assertThat(WorstCaseWeights.table(List.of(weights), "", "").rows())
        .hasSize(weights.rows().size());
  }

  /** Noise draws among all items that a user lacks in train, those of the test set too. */
  @Test
  void noiseThatIsATestPairIsOneOfTheTestSet() {
    Interactions both = items(1, 3);
    WorstCaseWeights weights =
        new WorstCaseWeights(
            MODEL, new RunData(items(0, 3), items(3), both, both, true, Map.of(), List.of()));

    // Item 2 alone is clean, so that it weighs in proportion to its score's exponential.
    WorstCaseWeights.Row row = weights.rows().get(4);
    assertThat(row.trainNegative() / row.cleanNegative())
        .isCloseTo(Math.exp((COSINES[0] - COSINES[2]) / row.temperature()), within(1e-5));
  }

  /** All items weigh the same, so that there is no radius to find a temperature for. */
  @Test
  void equalScoresHaveNoWorstCase() {
    Embeddings flat = new Embeddings(MODEL.users(), new EmbeddingTable(4, 2));
    Interactions test = items(1);
    WorstCaseWeights weights =
        new WorstCaseWeights(
            flat, new RunData(items(0, 3), items(), test, test, true, Map.of(), List.of()));

    assertThat(weights.rows())
        .allSatisfy(
            row -> {
              assertThat(row.radius()).isZero();
              assertThat(row.approximation()).isNaN();
              assertThat(row.testNegative()).isEqualTo(1);
            });
  }

  @Test
  void lowTemperaturesStandForLargeRadii() {
    WorstCaseWeights weights = weights(items());

    for (int k = 1; k < weights.rows().size(); k++) {
      assertThat(weights.rows().get(k).radius()).isLessThan(weights.rows().get(k - 1).radius());
    }
    assertThat(weights.rows().get(4).approximation()).isCloseTo(1, within(0.2));
    assertThat(weights.rows().get(0).noisyPositive()).isNaN();
    assertThat(MarkdownRenderer.table(WorstCaseWeights.table(List.of(weights), "", "")))
        .contains(" |  |\n");
  }
}
