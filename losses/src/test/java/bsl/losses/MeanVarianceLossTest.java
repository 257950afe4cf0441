package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.kernel.Kernels;
import bsl.losses.RawScores.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeanVarianceLossTest extends RankingLossContract {
  @Override
  protected RankingLoss loss(Kernels kernels) {
    return new MeanVarianceLoss(0.4, 0.8, kernels);
  }

  @Override
  protected double reference(Batch batch) {
    return ReferenceLosses.meanVariance(batch, 0.4, 0.8);
  }

  /** A mean over scores of magnitude 50 is known to 2^-24 of that; deviations may be only 1. */
  @Override
  protected List<Setting> rawSettings() {
    return RawScores.atTemperatures(
        tau ->
            new Setting(
                "tau " + tau,
                kernels -> new MeanVarianceLoss(tau, 0.8, kernels),
                batch -> ReferenceLosses.meanVariance(batch, tau, 0.8),
                2 * RawScores.LARGEST / tau,
                RawScores.LARGEST));
  }

  /** A negative far below the mean pulls the variance up, so that raising it may help. */
  @Override
  @Test
  protected void aHigherPositiveLowersTheLossAndAHigherNegativeRaisesIt() {
    ScoreBatch scores = batch();
    scores.evaluate(new MeanVarianceLoss(0.1, 1));

    assertThat(scores.positive(0)).isNegative();
    assertThat(scores.negative(0, 0)).isNegative();
    double sum = 0;
    for (int j = 0; j < 4; j++) {
      sum += scores.negative(0, j);
    }
    assertThat(sum).as("raising all by the same").isCloseTo(1 / 0.1, within(1e-5));
  }

  /** Its distance from the mean is infinite. */
  @Override
  @Test
  protected void aNegativeAtMinusInfinityWeighsNothing() {
    ScoreBatch scores = batch();
    scores.setNegative(0, 1, Float.NEGATIVE_INFINITY);

    assertThatThrownBy(() -> scores.evaluate(new MeanVarianceLoss(0.1, 1)))
        .isInstanceOf(NonFiniteScoreException.class);
  }

  private static ScoreBatch batch() {
    ScoreBatch scores = new ScoreBatch(new int[] {0}, 4);
    scores.setPositive(0, 0.5f);
    for (int j = 0; j < 4; j++) {
      scores.setNegative(0, j, 0.2f * j - 0.1f);
    }
    return scores;
  }

  @Test
  void handComputed() {
    // Mean 0.2, variance 0.05.
    ScoreBatch scores = batch();

    assertThat(scores.evaluate(new MeanVarianceLoss(0.5, 2)))
        .isCloseTo((0.2 - 0.5) / 0.5 + 2 * 0.05 / (2 * 0.25), within(1e-6));
    assertThat(scores.positive(0)).isEqualTo(-2f);
    assertThat(scores.negative(0, 0)).isCloseTo((2f + 8 * -0.3f) / 4, within(1e-6f));
    assertThat(scores.negative(0, 3)).isCloseTo((2f + 8 * 0.3f) / 4, within(1e-6f));
  }

  @Test
  void atLargeTemperatureItIsSoftmaxLossLessLogN() {
    double far = 0;
    for (double tau : new double[] {2, 4, 8}) {
      double difference =
          Math.abs(
              batch().evaluate(new SoftmaxLoss(tau))
                  - Math.log(4)
                  - batch().evaluate(new MeanVarianceLoss(tau, 1)));
      // The third cumulant of these scores is 0, so that what is left falls with tau^4.
      assertThat(difference).isLessThan(0.001 / Math.pow(tau, 4) + 3e-7);
      far = Math.max(far, difference);
    }
    assertThat(far).isPositive();
  }

  /** Deviations of 1e25 times w / tau^2 = 1e18. */
  @Test
  void aDerivativeBeyondSinglePrecisionIsRefused() {
    UserBatch batch = new UserBatch();
    float[] negatives = {1e25f, -1e25f};
    batch.add(new float[] {1}, negatives, new NegativeWeights(new float[] {1e-12f, 1e-12f}));

    assertThatThrownBy(() -> batch.evaluate(new MeanVarianceLoss(1e-9, 1)))
        .isInstanceOf(NonFiniteScoreException.class)
        .hasMessageContaining("pair 0 ");
  }

  @Test
  void withoutVarianceNegativesAreAllAlike() {
    ScoreBatch scores = batch();
    scores.evaluate(new MeanVarianceLoss(0.5, 0));

    for (int j = 0; j < 4; j++) {
      assertThat(scores.negative(0, j)).isEqualTo(0.5f);
    }
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> new MeanVarianceLoss(0, 1)).hasMessageContaining("tau must be");
    assertThatThrownBy(() -> new MeanVarianceLoss(1, -1))
        .hasMessageContaining("variance weight must be at least 0: -1");
    assertThatThrownBy(() -> new MeanVarianceLoss(1, Double.NaN))
        .hasMessageContaining("variance weight must be finite: NaN");
    assertThatThrownBy(() -> new MeanVarianceLoss(1e-10, 1))
        .hasMessageContaining("variance weight / tau^2 must be between 0.0 and 1.0E18");
  }
}
