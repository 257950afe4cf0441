package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Hyperparameter;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.ValueRange;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import bsl.losses.PairwiseSoftmaxLoss.Activation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
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

  static List<String> standardNames() {
    return LossKinds.names().stream().filter(LossKinds::isStandard).toList();
  }

  /** A built-in name without a formula fails. No parameter has its default. */
  @ParameterizedTest
  @MethodSource("standardNames")
  void everyNameStandsForItsFormula(String name) {
    Batch batch = Batch.random(4, 5, 12, RandomStream.of(2, Purpose.TEST));
    Map<String, String> values =
        Map.of(
            "tau", "0.3",
            "tau_ratio", "1.2",
            "negative_weight", "0.7",
            "margin", "-0.2",
            "variance_weight", "0.6",
            "order", "1.7");
    for (String mode : List.of("multi", "reweight")) {
      Map<String, String> read = new HashMap<>(values);
      read.put("mode", mode);
      read.keySet()
          .retainAll(
              LossKinds.named(name).parameters().stream().map(Hyperparameter::name).toList());

      assertThat(new Evaluation(batch, LossKinds.create(name, read)).value())
          .as("mode %s", mode)
          .isCloseTo(formula(name, batch, mode.equals("multi")), within(1e-5));
    }
  }

  /** With the values of the test. */
  private static double formula(String name, Batch batch, boolean multi) {
    return switch (name) {
      case "sl" ->
          multi
              ? ReferenceLosses.codeForm(batch, 0.3, 1, true)
              : ReferenceLosses.softmax(batch, 0.3);
      case "bsl" -> ReferenceLosses.codeForm(batch, 0.3, 1.2, multi);
      case "bsl-paper" -> ReferenceLosses.paperForm(batch, 0.3, 0.25, multi);
      case "bsl-power" -> ReferenceLosses.powerForm(batch, 0.3, 0.25, multi);
      case "infonce" -> ReferenceLosses.softmaxWithPositive(batch, 0.3);
      case "bpr" -> ReferenceLosses.bpr(batch);
      case "bce" -> ReferenceLosses.binaryCrossEntropy(batch, 0.7);
      case "mse" -> ReferenceLosses.meanSquaredError(batch, 0.7);
      case "ccl" -> ReferenceLosses.cosineContrastive(batch, 0.7, -0.2);
      case "psl-tanh" ->
          ReferenceLosses.pairwiseSoftmax(batch, ReferenceLosses::logTanhActivation, 0.3, 2);
      case "psl-atan" ->
          ReferenceLosses.pairwiseSoftmax(batch, ReferenceLosses::logAtanActivation, 0.3, 2);
      case "psl-relu" ->
          ReferenceLosses.pairwiseSoftmax(batch, ReferenceLosses::logReluActivation, 0.3, 2);
      case "mean-variance" -> ReferenceLosses.meanVariance(batch, 0.3, 0.6);
      case "renyi" -> ReferenceLosses.renyi(batch, 1.7, -0.2, 0.7);
      default -> throw new AssertionError("no formula of loss " + name);
    };
  }

  /** A parameter of a loss as an argument of its constructor, the others in mid-range. */
  private record Argument(
      String loss, String parameter, double least, double most, DoubleFunction<RankingLoss> maker) {
    @Override
    public String toString() {
      return loss + " " + parameter;
    }
  }

  /** Where a parameter is a ratio of temperatures, the temperature that it moves. */
  static Stream<Argument> constructorArguments() {
    Mode mode = Mode.MULTI;
    return Stream.of(
        new Argument("sl", "tau", 1e-18, 1e30, SoftmaxLoss::new),
        new Argument("infonce", "tau", 1e-18, 1e30, SoftmaxLoss::withPositive),
        new Argument("bsl", "tau", 1e-18, 1e30, x -> BilateralSoftmaxLoss.codeForm(x, 1, mode)),
        new Argument(
            "bsl", "tau_ratio", 1e-18, 1e18, x -> BilateralSoftmaxLoss.codeForm(1, x, mode)),
        new Argument(
            "bsl-paper", "tau", 1e-18, 1e30, x -> BilateralSoftmaxLoss.paperForm(x, 1, mode)),
        new Argument(
            "bsl-paper", "tau_ratio", 1e-18, 1e30, x -> BilateralSoftmaxLoss.paperForm(1, x, mode)),
        new Argument(
            "bsl-power", "tau", 1e-18, 1e30, x -> BilateralSoftmaxLoss.powerForm(x, 1, mode)),
        new Argument(
            "bsl-power", "tau_ratio", 1e-18, 1e30, x -> BilateralSoftmaxLoss.powerForm(1, x, mode)),
        new Argument("bce", "negative_weight", 1e-18, 1e18, BinaryCrossEntropyLoss::new),
        new Argument("mse", "negative_weight", 1e-18, 1e18, MeanSquaredErrorLoss::new),
        new Argument("ccl", "negative_weight", 1e-18, 1e18, x -> new CosineContrastiveLoss(x, 0)),
        new Argument("ccl", "margin", -1e15, 1e15, x -> new CosineContrastiveLoss(1, x)),
        new Argument(
            "psl-tanh", "tau", 1e-18, 1e30, x -> new PairwiseSoftmaxLoss(Activation.TANH, x)),
        new Argument(
            "psl-atan", "tau", 1e-18, 1e30, x -> new PairwiseSoftmaxLoss(Activation.ATAN, x)),
        new Argument(
            "psl-relu", "tau", 1e-18, 1e30, x -> new PairwiseSoftmaxLoss(Activation.RELU, x)),
        new Argument("mean-variance", "tau", 1e-18, 1e30, x -> new MeanVarianceLoss(x, 0)),
        new Argument("mean-variance", "variance_weight", 0, 1e18, x -> new MeanVarianceLoss(1, x)),
        new Argument("renyi", "order", 1.0001, 1e30, x -> new RenyiDivergenceLoss(x, 0, 1)),
        new Argument("renyi", "margin", -1e15, 1e15, x -> new RenyiDivergenceLoss(2, x, 1)),
        new Argument(
            "renyi", "negative_weight", 1e-18, 1e18, x -> new RenyiDivergenceLoss(2, 0, x)));
  }

  /** What is made in code does not pass the check of settings. */
  @ParameterizedTest
  @MethodSource("constructorArguments")
  void constructorsAcceptTheirRangeAndNothingBeyondIt(Argument argument) {
    for (double inside : new double[] {argument.least, argument.most}) {
      assertThat(argument.maker.apply(inside)).as("at %s", inside).isNotNull();
    }
    for (double beyond :
        new double[] {
          Math.nextDown(argument.least),
          Math.nextUp(argument.most),
          Double.NEGATIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          Double.NaN
        }) {
      assertThatThrownBy(() -> argument.maker.apply(beyond))
          .as("at %s", beyond)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(" must be ");
    }
  }

  @Test
  void everyNumberThatABuiltInLossReadsIsAmongThem() {
    List<String> numbers = new ArrayList<>();
    for (String name : standardNames()) {
      for (Hyperparameter parameter : LossKinds.named(name).parameters()) {
        if (parameter.range() instanceof ValueRange.Real) {
          numbers.add(name + " " + parameter.name());
        }
      }
    }

    assertThat(constructorArguments().map(Argument::toString))
        .containsExactlyInAnyOrderElementsOf(numbers);
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
