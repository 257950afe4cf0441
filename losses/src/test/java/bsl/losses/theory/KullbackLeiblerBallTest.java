package bsl.losses.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.losses.theory.NumericalDuality.Solution;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KullbackLeiblerBallTest {
  private static final double[] VALUES = {0.8, -0.2, 0.5, -0.6, 0.1};
  private static final double[] PROBABILITIES = {0.1, 0.3, 0.2, 0.15, 0.25};
  private static final EntropicRisk RISK = EntropicRisk.of(VALUES, PROBABILITIES);

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.01, 0.1, 0.5, 1.5})
  void isTheMaximumThatASearchOfTheBoundaryFinds(double radius) {
    KullbackLeiblerBall ball = new KullbackLeiblerBall(RISK, radius);
    Solution found = new NumericalDuality(VALUES, PROBABILITIES).constrained(radius);

    assertThat(found.value()).isCloseTo(ball.value(), within(1e-8));
    assertThat(found.distribution())
        .containsExactly(RISK.worstCase(ball.temperature()), within(1e-3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-8, 1e-4, 0.01, 0.5, 2})
  void theWorstCaseAtItsTemperatureLiesOnTheBoundaryAndHasItsValue(double radius) {
    KullbackLeiblerBall ball = new KullbackLeiblerBall(RISK, radius);
    double tau = ball.temperature();

    assertThat(RISK.divergence(tau)).isCloseTo(radius, within(1e-9 * radius));
    assertThat(RISK.mean(RISK.worstCase(tau))).isCloseTo(ball.value(), within(1e-12));
    for (double other : new double[] {0.5 * tau, 0.9 * tau, 1.1 * tau, 2 * tau}) {
      assertThat(RISK.value(other) + other * radius).isGreaterThan(ball.value());
    }
  }

  /** tau* / sqrt(Var / 2 eta) = 1 + O(sqrt(eta)). */
  @Test
  void theTemperatureTendsToItsApproximationAsTheRootOfTheRadius() {
    double[] errors = new double[5];
    for (int k = 0; k < 5; k++) {
      KullbackLeiblerBall ball = new KullbackLeiblerBall(RISK, Math.pow(10, -2 * k));
      errors[k] = Math.abs(ball.temperature() / ball.approximateTemperature() - 1);
    }

    assertThat(errors[4]).isLessThan(1e-4);
    for (int k = 2; k < 5; k++) {
      assertThat(errors[k - 1] / errors[k]).as("a hundredth of the radius").isBetween(7.0, 13.0);
    }
  }

  @Test
  void aBallThatHoldsTheLargestOutcomeAloneHasItsValue() {
    double edge = Math.log(1 / 0.1);

    assertThat(new KullbackLeiblerBall(RISK, edge + 1e-9).value()).isEqualTo(0.8);
    assertThat(new KullbackLeiblerBall(RISK, edge + 1e-9).temperature()).isZero();
    assertThat(new KullbackLeiblerBall(RISK, edge - 1e-3).temperature()).isPositive();
    assertThat(new NumericalDuality(VALUES, PROBABILITIES).constrained(edge + 0.1).value())
        .isCloseTo(0.8, within(1e-9));
  }

  @Test
  void theSmallestSuchBallIsOneOfThem() {
    EntropicRisk risk = EntropicRisk.uniform(3, 1, 2, 0);

    assertThat(new KullbackLeiblerBall(risk, Math.log(4)).temperature()).isZero();
    assertThat(new KullbackLeiblerBall(risk, Math.log(4)).value()).isEqualTo(3);
    assertThat(new KullbackLeiblerBall(risk, 0.999 * Math.log(4)).temperature()).isPositive();
  }

  /** With two outcomes the ball is an interval; KL((.2802, .7198) || (.5, .5)) is 0.1. */
  @Test
  void theSearchFindsTheMaximumOfTwoOutcomesInEitherOrder() {
    double[] half = {0.5, 0.5};

    assertThat(new NumericalDuality(new double[] {0, 1}, half).constrained(0.1).value())
        .isCloseTo(0.7198, within(1e-4));
    assertThat(new NumericalDuality(new double[] {1, 0}, half).constrained(0.1).value())
        .isCloseTo(0.7198, within(1e-4));
  }

  @Test
  void theSearchFindsTheMaximumOfAnyVariable() {
    RandomStream random = RandomStream.of(31, Purpose.TEST);
    for (int trial = 0; trial < 40; trial++) {
      int outcomes = 2 + trial % 5;
      double[] values = new double[outcomes];
      double[] probabilities = new double[outcomes];
      double sum = 0;
      for (int j = 0; j < outcomes; j++) {
        values[j] = random.nextGaussian();
        probabilities[j] = -Math.log(1 - random.nextDouble());
        sum += probabilities[j];
      }
      for (int j = 0; j < outcomes; j++) {
        probabilities[j] /= sum;
      }
      double radius = Math.pow(10, -3 * random.nextDouble());
      double exact =
          new KullbackLeiblerBall(EntropicRisk.of(values, probabilities), radius).value();

      assertThat(new NumericalDuality(values, probabilities).constrained(radius).value())
          .as("seed 31, trial %d: %s, %s, %s", trial, values, probabilities, radius)
          .isCloseTo(exact, within(1e-8));
    }
  }

  /** Radii that a bracket of tau and a search in its logarithm disagreed on. */
  @Test
  void everyRadiusHasItsTemperature() {
    RandomStream random = RandomStream.of(32, Purpose.TEST);
    for (int trial = 0; trial < 4000; trial++) {
      double size = Math.pow(10, -300 + 588 * random.nextDouble());
      double middle = random.nextGaussian() * (trial % 3);
      double reach = random.nextGaussian();
      double[] values = {size * (middle - reach), size * middle, size * (middle + reach)};
      double radius = Math.pow(10, -20 + 19 * random.nextDouble());
      hasTheDivergence(values, Math.max(KullbackLeiblerBall.SMALLEST_RADIUS, radius));
    }
    double small = KullbackLeiblerBall.SMALLEST_RADIUS;
    hasTheDivergence(new double[] {-0.3532623404024062, 0.6839999709217064}, 1.455286768499107e-20);
    hasTheDivergence(new double[] {-1e290, 1e290, 3}, small);
    hasTheDivergence(new double[] {0, 1e-310}, small);
  }

  private static void hasTheDivergence(double[] values, double radius) {
    EntropicRisk risk = EntropicRisk.uniform(values);
    double tau = new KullbackLeiblerBall(risk, radius).temperature();

    assertThat(risk.divergence(tau))
        .as("values %s, radius %s", values, radius)
        .isCloseTo(radius, within(1e-9 * radius));
  }

  @Test
  void aConstantIsItsOwnWorstCase() {
    KullbackLeiblerBall ball = new KullbackLeiblerBall(EntropicRisk.uniform(0.3, 0.3), 0.1);

    assertThat(ball.value()).isEqualTo(0.3);
    assertThat(ball.temperature()).isZero();
    assertThat(ball.approximateTemperature()).isZero();
  }

  /** Also where the sum of the probabilities is not 1 to the last bit. */
  @ParameterizedTest
  @ValueSource(doubles = {KullbackLeiblerBall.SMALLEST_RADIUS, 1e-18, 1e-16, 0.1})
  void aConstantOfManyOutcomesHasTemperatureZero(double radius) {
    double[] constant = new double[10];
    Arrays.fill(constant, 0.7);
    KullbackLeiblerBall ball = new KullbackLeiblerBall(EntropicRisk.uniform(constant), radius);

    assertThat(ball.temperature()).isZero();
    assertThat(ball.value()).isEqualTo(0.7);
  }

  /** At a radius this small the approximation is exact to the square root of the radius. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-12, 1e-16, KullbackLeiblerBall.SMALLEST_RADIUS})
  void theSmallestRadiiHaveTheTemperatureOfTheApproximation(double radius) {
    KullbackLeiblerBall ball = new KullbackLeiblerBall(RISK, radius);

    assertThat(ball.temperature() / ball.approximateTemperature())
        .isCloseTo(1, within(Math.sqrt(radius) + 1e-6));
    assertThat(ball.value()).isCloseTo(RISK.mean(), within(1e-5));
  }

  @Test
  void theApproximationNeedsNoSolution() {
    double mean = 0;
    double square = 0;
    for (int j = 0; j < VALUES.length; j++) {
      mean += PROBABILITIES[j] * VALUES[j];
      square += PROBABILITIES[j] * VALUES[j] * VALUES[j];
    }
    double root = Math.sqrt((square - mean * mean) / (2 * 0.3));

    assertThat(KullbackLeiblerBall.approximateTemperature(RISK, 0.3))
        .isCloseTo(root, within(1e-12));
    assertThatThrownBy(() -> KullbackLeiblerBall.approximateTemperature(RISK, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("radius must be positive and finite: 0.0");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-30, 1, 1e100, EntropicRisk.LARGEST_VALUE})
  void theSizeOfTheValuesIsTheUnitOfTheTemperature(double size) {
    EntropicRisk scaled =
        EntropicRisk.of(Arrays.stream(VALUES).map(f -> f * size).toArray(), PROBABILITIES);
    KullbackLeiblerBall ball = new KullbackLeiblerBall(scaled, 0.1);
    KullbackLeiblerBall unit = new KullbackLeiblerBall(RISK, 0.1);

    assertThat(ball.temperature() / size).isCloseTo(unit.temperature(), within(1e-9));
    assertThat(ball.value() / size).isCloseTo(unit.value(), within(1e-9));
  }

  @Test
  void refusesRadiiThatRoundingSwallows() {
    assertThatThrownBy(() -> new KullbackLeiblerBall(RISK, 1e-21))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("radius must be at least 1.0E-20: 1.0E-21");
    assertThatThrownBy(() -> new NumericalDuality(VALUES, PROBABILITIES).penalised(0))
        .hasMessage("tau must be positive and finite: 0.0");
    assertThatThrownBy(() -> new NumericalDuality(VALUES, PROBABILITIES).constrained(Double.NaN))
        .hasMessage("radius must be positive and finite: NaN");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesRadiiThatAreNone(double radius) {
    assertThatThrownBy(() -> new KullbackLeiblerBall(RISK, radius))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("radius must be positive and finite");
  }
}
