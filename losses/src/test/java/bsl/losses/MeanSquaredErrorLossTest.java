package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.kernel.Kernels;
import bsl.losses.RawScores.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeanSquaredErrorLossTest extends RankingLossContract {
  @Override
  protected RankingLoss loss(Kernels kernels) {
    return new MeanSquaredErrorLoss(0.25, kernels);
  }

  @Override
  protected double reference(Batch batch) {
    return ReferenceLosses.meanSquaredError(batch, 0.25);
  }

  /** No exponential, so no exponent that is rounded. */
  @Override
  protected List<Setting> rawSettings() {
    return List.of(
        new Setting(
            "as it is", this::loss, this::reference, RawScores.LARGEST * RawScores.LARGEST, 0));
  }

  /** A regression pulls towards its labels from both sides. */
  @Override
  @Test
  protected void aHigherPositiveLowersTheLossAndAHigherNegativeRaisesIt() {
    ScoreBatch scores = new ScoreBatch(new int[] {0, 1}, 2);
    scores.setPositive(0, 0.5f);
    scores.setPositive(1, 1.5f);
    scores.setNegative(0, 0, 0.5f);
    scores.setNegative(0, 1, -0.5f);
    scores.setNegative(1, 0, 0f);
    scores.setNegative(1, 1, 1f);
    scores.evaluate(new MeanSquaredErrorLoss());

    assertThat(scores.positive(0)).isEqualTo(-0.25f);
    assertThat(scores.positive(1)).isEqualTo(0.25f);
    assertThat(scores.negative(0, 0)).isEqualTo(0.25f);
    assertThat(scores.negative(0, 1)).isEqualTo(-0.25f);
    assertThat(scores.negative(1, 0)).isZero();
    assertThat(scores.negative(1, 1)).isEqualTo(0.5f);
  }

  @Override
  @Test
  protected void aNegativeAtMinusInfinityWeighsNothing() {
    ScoreBatch scores = cosines(3, 16, 9).toScoreBatch();
    scores.setNegative(1, 4, Float.NEGATIVE_INFINITY);

    assertThatThrownBy(() -> scores.evaluate(new MeanSquaredErrorLoss()))
        .isInstanceOf(NonFiniteScoreException.class)
        .hasMessageContaining("pair 1 ");
  }

  /** The derivative would be 1e18 times 1e12 times 1e12. */
  @Test
  void aDerivativeBeyondSinglePrecisionIsRefused() {
    UserBatch batch = new UserBatch();
    float[] negatives = {1e12f};
    batch.add(new float[] {1}, negatives, new NegativeWeights(new float[] {1e12f}));

    assertThatThrownBy(() -> batch.evaluate(new MeanSquaredErrorLoss(1e18)))
        .isInstanceOf(NonFiniteScoreException.class)
        .hasMessageContaining("pair 0 ");
  }

  /** It is 1e38, which is just within. */
  @Test
  void aLargeDerivativeIsNot() {
    UserBatch batch = new UserBatch();
    float[] negatives = {1e8f, 0};
    batch.add(new float[] {1}, negatives, new NegativeWeights(new float[] {1e12f, 1}));
    batch.evaluate(new MeanSquaredErrorLoss(1e18));

    assertThat((double) negatives[0]).isCloseTo(1e38, within(1e32));
  }

  /** E[s^2] / 2 = (Var + E^2) / 2, what its Javadoc says about variance. */
  @Test
  void theNegativeSideIsHalfTheVariancePlusHalfTheSquaredMean() {
    Batch batch = cosines(1, 50, 42);
    double mean = 0;
    for (int j = 1; j <= 50; j++) {
      mean += batch.scores()[0][j] / 50;
    }
    double variance = 0;
    for (int j = 1; j <= 50; j++) {
      variance += Math.pow(batch.scores()[0][j] - mean, 2) / 50;
    }
    double positive = Math.pow(batch.scores()[0][0] - 1, 2) / 2;

    assertThat(batch.toScoreBatch().evaluate(new MeanSquaredErrorLoss(1.0 / 50)) - positive)
        .isCloseTo((variance + mean * mean) / 2, within(1e-6));
  }
}
