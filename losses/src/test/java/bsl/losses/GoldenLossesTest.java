package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.losses.BilateralSoftmaxLoss.Mode;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values and gradients of the reference implementation in double precision (losses.json). */
class GoldenLossesTest {
  static Stream<JsonNode> cases() throws IOException {
    try (InputStream in = GoldenLossesTest.class.getResourceAsStream("losses.json")) {
      JsonNode cases = new ObjectMapper().readTree(in).get("cases");
      return StreamSupport.stream(cases.spliterator(), false);
    }
  }

  private static RankingLoss loss(String name, JsonNode params) {
    return switch (name) {
      case "bpr" -> new BprLoss();
      case "mse" -> new MeanSquaredErrorLoss();
      case "bce" -> new BinaryCrossEntropyLoss();
      case "bsl-code-form" ->
          BilateralSoftmaxLoss.codeForm(
              params.get("tau").asDouble(),
              params.get("rho").asDouble(),
              Mode.valueOf(params.get("mode").asText().toUpperCase(Locale.ROOT)));
      default -> throw new IllegalArgumentException("no loss for " + name);
    };
  }

  @Test
  void coversEveryCase() throws IOException {
    assertThat(cases()).hasSize(27);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valueAndGradientAreTheReferences(JsonNode golden) {
    RankingLoss loss = loss(golden.get("loss").asText(), golden.get("params"));
    JsonNode scores = golden.get("scores");
    int pairs = scores.size();
    int negatives = scores.get(0).size() - 1;
    int[] users = new int[pairs];
    for (int b = 0; b < pairs; b++) {
      users[b] = golden.get("users").get(b).asInt();
    }
    ScoreBatch batch = new ScoreBatch(users, negatives);
    for (int b = 0; b < pairs; b++) {
      batch.setPositive(b, (float) scores.get(b).get(0).asDouble());
      for (int j = 0; j < negatives; j++) {
        batch.setNegative(b, j, (float) scores.get(b).get(j + 1).asDouble());
      }
    }
    double expected = golden.get("value").asDouble();

    // Rounding a score to single precision moves it by 6e-8, its share of the loss by that over
    // tau.
    assertThat(batch.evaluate(loss))
        .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
    double largest = 0;
    for (JsonNode row : golden.get("gradient")) {
      for (JsonNode slope : row) {
        largest = Math.max(largest, Math.abs(slope.asDouble()));
      }
    }
    for (int b = 0; b < pairs; b++) {
      for (int j = 0; j <= negatives; j++) {
        double actual = j == 0 ? batch.positive(b) : batch.negative(b, j - 1);
        assertThat(actual)
            .as("pair %d, column %d", b, j)
            .isCloseTo(golden.get("gradient").get(b).get(j).asDouble(), within(2e-6 * largest));
      }
    }
  }
}
