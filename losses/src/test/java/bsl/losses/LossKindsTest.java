package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Hyperparameter;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.ValueRange;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossKindsTest {
  /** Parameters whose bounds another parameter moves, each with its loss. */
  private static final Set<String> TOGETHER =
      Set.of(
          "tau_ratio bsl-paper",
          "tau_ratio bsl-power",
          "tau mean-variance",
          "variance_weight mean-variance");

  static Stream<LossKind> all() {
    return LossKinds.all().stream();
  }

  private static double value(RankingLoss loss) {
    PositiveSide positives = new PositiveSide();
    positives.reset(new int[] {0, 0, 1}, 3);
    float[] scores = {0.9f, 0.4f, 0.2f};
    for (int b = 0; b < scores.length; b++) {
      positives.setScore(b, scores[b]);
    }
    loss.preparePositives(positives, 0, positives.groups().groups());
    ScoreTile tile = new ScoreTile();
    tile.view(new float[] {0.1f, 0.7f, -0.2f, 0.5f, 0.3f, -0.6f}, 0, 2, 0, 3, 2);
    return loss.evaluate(tile, positives);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyLossIsMadeByItsNameWithDefaults(LossKind kind) {
    assertThat(LossKinds.find(kind.name())).contains(kind);
    assertThat(kind.description()).isNotBlank().doesNotEndWith(".");
    assertThat(value(LossKinds.create(kind.name(), Map.of()))).isFinite();
  }

  /** A loss that looks at rows of one pair only would take the first positive for all. */
  @ParameterizedTest
  @MethodSource("all")
  void everyLossTakesRowsOfSeveralPositives(LossKind kind) {
    RankingLoss loss = LossKinds.create(kind.name(), Map.of());
    Batch batch = Batch.random(3, 6, 20, RandomStream.of(1, Purpose.TEST));

    assertThat(new Evaluation(batch, loss).value())
        .isCloseTo(new Evaluation(batch.split(), loss).value(), within(1e-5));
  }

  /** A parameter that is declared and not read would show up as another run for nothing. */
  @ParameterizedTest
  @MethodSource("all")
  void everyDeclaredParameterChangesTheValue(LossKind kind) {
    double before = value(LossKinds.create(kind.name(), Map.of()));
    for (Hyperparameter parameter : kind.parameters()) {
      String other = parameter.name().equals("mode") ? "reweight" : "1.7";
      assertThat(value(LossKinds.create(kind.name(), Map.of(parameter.name(), other))))
          .as(parameter.name())
          .isNotEqualTo(before);
    }
  }

  /** What help allows, the loss accepts, but for what depends on two parameters at once. */
  @ParameterizedTest
  @MethodSource("all")
  void theRangesAreThoseOfTheLoss(LossKind kind) {
    for (Hyperparameter parameter : kind.parameters()) {
      if (parameter.range() instanceof ValueRange.Real range) {
        for (double bound : new double[] {range.least(), range.most()}) {
          Map<String, Double> values = Map.of(parameter.name(), bound);
          assertThat(
                  accepts(kind, values) || TOGETHER.contains(parameter.name() + " " + kind.name()))
              .as(parameter.name() + " " + bound)
              .isTrue();
        }
        Map<String, Double> below = Map.of(parameter.name(), Math.nextDown(range.least()));
        assertThatThrownBy(() -> LossKinds.create(kind.name(), below))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  private static boolean accepts(LossKind kind, Map<String, Double> values) {
    try {
      LossKinds.create(kind.name(), values);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Test
  void theNamesStandForTheirLosses() {
    assertThat(value(LossKinds.create("sl", Map.of("tau", 0.3, "mode", "reweight"))))
        .isEqualTo(value(new SoftmaxLoss(0.3)));
    assertThat(value(LossKinds.create("bsl", Map.of("tau", 0.3, "tau_ratio", 1.2))))
        .isEqualTo(value(BilateralSoftmaxLoss.codeForm(0.3, 1.2, BilateralSoftmaxLoss.Mode.MULTI)));
    assertThat(value(LossKinds.create("ccl", Map.of("negative_weight", 3, "margin", 0.2))))
        .isEqualTo(value(new CosineContrastiveLoss(3, 0.2)));
  }

  @Test
  void unknownNamesAreRefusedWithWhatThereIs() {
    assertThatThrownBy(() -> LossKinds.named("bls"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("loss 'bls' is none of sl, bsl, bsl-paper")
        .hasMessageEndingWith("; did you mean 'bsl'?");
    assertThatThrownBy(() -> LossKinds.create("bpr", Map.of("tau", 1)))
        .hasMessage("loss bpr: there is no hyper-parameter 'tau'; there are none");
    assertThatThrownBy(() -> LossKinds.create("sl", Map.of("tau", -1)))
        .hasMessage("loss sl: tau '-1' is not a number from 1e-18 to 1e30");
  }

  /** Listed in this module's test resources, as a loss of another project is in its own. */
  @Test
  void aLossOnTheClassPathIsFound() {
    assertThat(LossKinds.names()).contains("linear").endsWith("linear");
    assertThat(LossKinds.isStandard("linear")).isFalse();
    assertThat(LossKinds.isStandard("sl")).isTrue();
    assertThat(value(LossKinds.create("linear", Map.of("slope", 2))))
        .isCloseTo(2 * value(LossKinds.create("linear", Map.of())), within(1e-12));
  }
}
