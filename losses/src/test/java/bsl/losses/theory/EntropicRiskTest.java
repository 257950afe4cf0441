package bsl.losses.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.losses.BilateralSoftmaxLoss;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import bsl.losses.ScoreBatch;
import bsl.losses.SoftmaxLoss;
import bsl.losses.theory.NumericalDuality.Solution;
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

  @Test
  void neverOverflows() {
    EntropicRisk far = EntropicRisk.uniform(1e200, -1e200, 0);

    assertThat(far.value(1e-100)).isEqualTo(1e200);
    assertThat(far.worstCase(1e-100)).containsExactly(1, 0, 0);
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
    assertThatThrownBy(() -> RISK.value(0)).hasMessage("tau must be positive and finite: 0.0");
    assertThatThrownBy(() -> RISK.worstCase(Double.NaN)).hasMessageContaining("tau must be");
    assertThatThrownBy(() -> RISK.objective(new double[] {1}, 1))
        .hasMessage("a distribution over 1 outcomes, not 6");
  }
}
