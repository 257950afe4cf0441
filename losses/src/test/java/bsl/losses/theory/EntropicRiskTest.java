package bsl.losses.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.losses.BilateralSoftmaxLoss;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import bsl.losses.ScoreBatch;
import bsl.losses.SoftmaxLoss;
import bsl.losses.theory.NumericalDuality.Solution;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntropicRiskTest {
  private static final double[] VALUES = {0.9, -0.3, 0.4, 0.05, -0.8, 0.2};
  private static final double[] PROBABILITIES = {0.05, 0.3, 0.15, 0.2, 0.2, 0.1};
  private static final EntropicRisk RISK = EntropicRisk.of(VALUES, PROBABILITIES);

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.1, 0.3, 1, 10})
  void isTheMaximumThatAnOptimiserFinds(double tau) {
    Solution found = new NumericalDuality(VALUES, PROBABILITIES).penalised(tau);

    assertThat(found.value()).isCloseTo(RISK.value(tau), within(1e-7));
    assertThat(found.distribution()).containsExactly(RISK.worstCase(tau), within(1e-4));
    assertThat(found.evaluations()).isGreaterThan(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 1, 100})
  void itsWorstCaseAttainsItAndNoOtherDistributionDoes(double tau) {
    double[] worst = RISK.worstCase(tau);
    assertThat(RISK.objective(worst, tau)).isCloseTo(RISK.value(tau), within(1e-12));
    for (int j = 0; j < worst.length; j++) {
      double[] other = worst.clone();
      int k = (j + 1) % other.length;
      double moved = 0.3 * other[j];
      other[j] -= moved;
      other[k] += moved;

      assertThat(RISK.objective(other, tau)).isLessThanOrEqualTo(RISK.value(tau));
    }
    assertThat(RISK.divergence(tau)).isCloseTo(RISK.divergence(worst), within(1e-12));
  }

  @Test
  void goesFromTheLargestOutcomeToTheMeanAsTauGrows() {
    assertThat(RISK.value(1e-6)).isCloseTo(0.9, within(1e-5));
    assertThat(RISK.value(1e9)).isCloseTo(RISK.mean(), within(1e-9));
    double before = Double.POSITIVE_INFINITY;
    for (double tau = 1e-3; tau < 1e3; tau *= 1.5) {
      assertThat(RISK.value(tau)).isLessThan(before);
      before = RISK.value(tau);
    }
    assertThat(RISK.worstCase(1e-6)[0]).isCloseTo(1, within(1e-12));
    assertThat(RISK.worstCase(1e9)).containsExactly(PROBABILITIES, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.MIN_VALUE, 1e-309, 1e-300, 1e-100, 1e-3, 1, 1e100, 1e308})
  void nothingOverflowsAtAnyTemperature(double tau) {
    for (double size : new double[] {1e-300, 1, 1e200, EntropicRisk.LARGEST_VALUE}) {
      EntropicRisk far = EntropicRisk.uniform(size, -size, 0, size);
      double[] worst = far.worstCase(tau);

      assertThat(far.value(tau)).isBetween(far.mean(), size);
      assertThat(Arrays.stream(worst).sum()).isCloseTo(1, within(1e-15));
      assertThat(far.divergence(tau)).isBetween(0.0, Math.log(2) + 1e-15);
      assertThat(far.meanVariance(tau)).isGreaterThanOrEqualTo(far.mean());
      assertThat(far.remainder(tau)).isNotNaN();
      if (tau < size / 1e3) {
        assertThat(far.value(tau)).isCloseTo(size, within(tau));
        assertThat(worst).containsExactly(0.5, 0, 0, 0.5);
        assertThat(far.divergence(tau)).isCloseTo(Math.log(2), within(1e-15));
      }
    }
  }

  /** log-sum-exp and softmax as they are usually written, over raw scores. */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.03, 0.1, 0.3, 1, 3, 10})
  void rawScoresHaveTheValueAndWeightsOfALogSumExp(double tau) {
    RandomStream random = RandomStream.of(5, Purpose.TEST);
    for (int outcomes : new int[] {1, 2, 17, 300}) {
      for (double centre : new double[] {0, 49}) {
        double[] f = new double[outcomes];
        Arrays.setAll(f, j -> centre + (50 - centre) * (2 * random.nextDouble() - 1));
        EntropicRisk risk = EntropicRisk.uniform(f);
        double max = Arrays.stream(f).max().orElseThrow();
        double sum = Arrays.stream(f).map(x -> Math.exp((x - max) / tau)).sum();

        assertThat(risk.value(tau))
            .isCloseTo(max + tau * Math.log(sum / outcomes), within(1e-13 * Math.max(50, tau)));
        double[] worst = risk.worstCase(tau);
        double divergence = 0;
        for (int j = 0; j < outcomes; j++) {
          double share = Math.exp((f[j] - max) / tau) / sum;
          // The rounding of a value of magnitude 50, divided by tau.
          assertThat(worst[j]).isCloseTo(share, within(1e-15 + share * 1e-14 * 50 / tau));
          divergence += share > 0 ? share * Math.log(share * outcomes) : 0;
        }
        assertThat(risk.divergence(tau)).isCloseTo(divergence, within(1e-12 + 1e-13 / tau));
      }
    }
  }

  @Test
  void probabilitiesThatAreRoundedAreDividedByTheirSum() {
    EntropicRisk rounded = EntropicRisk.of(new double[] {2, 2}, new double[] {0.5, 0.5 + 9e-10});

    assertThat(rounded.mean()).isCloseTo(2, within(1e-15));
    assertThat(rounded.value(1e-3)).isCloseTo(2, within(1e-15));
  }

  @Test
  void theStandardDeviationOfValuesOfAnySize() {
    for (double size : new double[] {1e-200, 1, 1e200}) {
      assertThat(EntropicRisk.uniform(size, 3 * size).standardDeviation() / size)
          .isCloseTo(1, within(1e-15));
    }
    assertThat(EntropicRisk.uniform(3, 3).standardDeviation()).isZero();
    assertThat(EntropicRisk.uniform(1e200, -1e200).variance()).isInfinite();
  }

  /** The sum of ten thousand times 0.7 / 10,000 is not 0.7. */
  @Test
  void aConstantHasNoDeviation() {
    for (int outcomes : new int[] {1, 3, 10, 10_000}) {
      double[] constant = new double[outcomes];
      Arrays.fill(constant, 0.7);
      EntropicRisk risk = EntropicRisk.uniform(constant);

      assertThat(risk.mean()).isEqualTo(0.7);
      assertThat(risk.largest()).isEqualTo(0.7);
      assertThat(risk.variance()).isZero();
      assertThat(risk.standardDeviation()).isZero();
      for (double tau : new double[] {Double.MIN_VALUE, 1e-17, 1e-3, 1, 1e300}) {
        assertThat(risk.value(tau)).isEqualTo(0.7);
        assertThat(risk.divergence(tau)).isZero();
        assertThat(risk.meanVariance(tau)).isEqualTo(0.7);
      }
    }
  }

  /** The remainder of the expansion is k3 / (6 tau^2) + O(1 / tau^3), so it is o(1 / tau). */
  @Test
  void theRemainderOfMeanAndVarianceFallsAsItShould() {
    double third = RISK.centralMoment(3) / 6;
    for (double tau : new double[] {10, 100, 1000}) {
      assertThat(RISK.value(tau) - RISK.meanVariance(tau))
          .isCloseTo(RISK.remainder(tau), within(1e-13));
      assertThat(tau * tau * RISK.remainder(tau)).isCloseTo(third, within(0.1 / tau));
    }
    double ratio = (100 * RISK.remainder(100)) / (10 * RISK.remainder(10));
    assertThat(ratio).as("tau times the remainder vanishes").isLessThan(0.2);
  }

  @Test
  void momentsAreThoseOfTheDistribution() {
    assertThat(RISK.mean()).isCloseTo(0.045 - 0.09 + 0.06 + 0.01 - 0.16 + 0.02, within(1e-15));
    double square = 0;
    for (int j = 0; j < 6; j++) {
      square += PROBABILITIES[j] * VALUES[j] * VALUES[j];
    }
    assertThat(RISK.variance()).isCloseTo(square - RISK.mean() * RISK.mean(), within(1e-15));
    assertThat(RISK.outcomes()).isEqualTo(6);
    assertThat(RISK.largest()).isEqualTo(0.9);
    assertThat(RISK.probabilityOfLargest()).isEqualTo(0.05);
    assertThat(EntropicRisk.uniform(1, 3, 3).probabilityOfLargest())
        .isCloseTo(2 / 3.0, within(1e-15));
  }

  @Test
  void softmaxLossIsTheRiskOfTheNegativesAndItsGradientTheWorstCase() {
    double tau = 0.2;
    EntropicRisk negatives = EntropicRisk.uniform(0.5f, -0.25f, 0.125f, 0.75f);
    ScoreBatch batch = new ScoreBatch(new int[] {0}, 4);
    batch.setPositive(0, 0.625f);
    batch.setNegative(0, 0, 0.5f);
    batch.setNegative(0, 1, -0.25f);
    batch.setNegative(0, 2, 0.125f);
    batch.setNegative(0, 3, 0.75f);

    assertThat(batch.evaluate(new SoftmaxLoss(tau)))
        .isCloseTo((negatives.value(tau) - 0.625) / tau + Math.log(4), within(1e-6));
    double[] worst = negatives.worstCase(tau);
    for (int j = 0; j < 4; j++) {
      assertThat(tau * batch.negative(0, j)).isCloseTo(worst[j], within(1e-6));
    }
  }

  @Test
  void bslWeighsTheBatchsPositivesOfAUserByTheSameForm() {
    double tau = 0.15;
    float[] scores = {0.75f, 0.5f, -0.125f};
    ScoreBatch batch = new ScoreBatch(new int[] {4, 4, 4}, 1);
    for (int b = 0; b < 3; b++) {
      batch.setPositive(b, scores[b]);
      batch.setNegative(b, 0, 0f);
    }
    double value = batch.evaluate(BilateralSoftmaxLoss.codeForm(tau, 1, Mode.MULTI));
    EntropicRisk positives = EntropicRisk.uniform(scores[0], scores[1], scores[2]);

    assertThat(value).isCloseTo(-positives.value(tau) / tau, within(1e-6));
    double[] weights = positives.worstCase(tau);
    for (int b = 0; b < 3; b++) {
      assertThat(-tau * batch.positive(b)).isCloseTo(weights[b], within(1e-6));
    }
    assertThat(weights[2]).as("the implausible one").isLessThan(0.01);
  }

  @Test
  void nothingThatIsGivenOrHandedOutChangesIt() {
    double[] values = {1, 2, 4};
    double[] probabilities = {0.5, 0.25, 0.25};
    EntropicRisk risk = EntropicRisk.of(values, probabilities);
    NumericalDuality search = new NumericalDuality(values, probabilities);
    Arrays.fill(values, 7);
    Arrays.fill(probabilities, 1);
    Arrays.fill(risk.worstCase(1), 0);

    assertThat(risk.largest()).isEqualTo(4);
    assertThat(risk.mean(new double[] {0, 1, 0})).isEqualTo(2);
    assertThat(risk.divergence(new double[] {1, 0, 0})).isEqualTo(Math.log(2));
    assertThat(search.penalised(1).value())
        .isCloseTo(Math.log((2 * Math.E + Math.exp(2) + Math.exp(4)) / 4), within(1e-9));
  }

  @Test
  void refusesWhatIsNoVariable() {
    assertThatThrownBy(() -> EntropicRisk.uniform())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("0 values with 0 probabilities");
    assertThatThrownBy(() -> EntropicRisk.of(new double[] {1}, new double[] {0.5, 0.5}))
        .hasMessage("1 values with 2 probabilities");
    assertThatThrownBy(() -> EntropicRisk.uniform(1, Double.NaN))
        .hasMessage("value 1 is not finite: NaN");
    assertThatThrownBy(() -> EntropicRisk.of(new double[] {1, 2}, new double[] {0, 1}))
        .hasMessage("probability 0 is not positive: 0.0");
    assertThatThrownBy(() -> EntropicRisk.of(new double[] {1, 2}, new double[] {0.5, 0.6}))
        .hasMessage("probabilities add up to 1.1");
    assertThatThrownBy(() -> EntropicRisk.uniform(1, -1e300))
        .hasMessage("value 1 exceeds 1.0E290 in magnitude: -1.0E300");
    assertThatThrownBy(() -> RISK.mean(new double[] {0.5, 0.6, 0, 0, 0, 0}))
        .hasMessage("probabilities add up to 1.1");
    assertThatThrownBy(() -> RISK.divergence(new double[] {-0.5, 1.5, 0, 0, 0, 0}))
        .hasMessage("probability 0 is below 0: -0.5");
    assertThatThrownBy(() -> RISK.value(0)).hasMessage("tau must be positive and finite: 0.0");
    assertThatThrownBy(() -> RISK.worstCase(Double.NaN)).hasMessageContaining("tau must be");
    assertThatThrownBy(() -> RISK.objective(new double[] {1}, 1))
        .hasMessage("a distribution over 1 outcomes, not 6");
  }
}
