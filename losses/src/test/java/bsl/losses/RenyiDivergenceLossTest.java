package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.kernel.Kernels;
import bsl.losses.RawScores.Setting;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RenyiDivergenceLossTest {
  @Nested
  class OrderTwo extends RankingLossContract {
    @Override
    protected RankingLoss loss(Kernels kernels) {
      return new RenyiDivergenceLoss(2, -0.3, 1.5, kernels);
    }

    @Override
    protected double reference(Batch batch) {
      return ReferenceLosses.renyi(batch, 2, -0.3, 1.5);
    }

    @Override
    protected List<Setting> rawSettings() {
      return List.of(
          new Setting("as it is", this::loss, this::reference, 3 * RawScores.LARGEST, 2 / (2 - 1)));
    }
  }

  @Nested
  class OrderOneAndAThird extends RankingLossContract {
    @Override
    protected RankingLoss loss(Kernels kernels) {
      return new RenyiDivergenceLoss(4.0 / 3, 0.1, 2, kernels);
    }

    @Override
    protected double reference(Batch batch) {
      return ReferenceLosses.renyi(batch, 4.0 / 3, 0.1, 2);
    }

    @Override
    protected List<Setting> rawSettings() {
      return List.of(
          new Setting(
              "as it is",
              this::loss,
              this::reference,
              3 * RawScores.LARGEST,
              4.0 / 3 / (4.0 / 3 - 1)));
    }
  }

  @Test
  void atAHighOrderItIsCosineContrastiveLoss() {
    Batch batch = RankingLossContract.cosines(5, 60, 60);
    ScoreBatch renyi = batch.toScoreBatch();
    ScoreBatch contrastive = batch.toScoreBatch();
    double value = contrastive.evaluate(new CosineContrastiveLoss(7, 0.4));

    assertThat(renyi.evaluate(new RenyiDivergenceLoss(1e9, 0.4, 7)) + 1 - 0.4)
        .isCloseTo(value, within(1e-5));
    for (int b = 0; b < 5; b++) {
      assertThat(renyi.positive(b)).isEqualTo(contrastive.positive(b));
      for (int j = 0; j < 60; j++) {
        assertThat(renyi.negative(b, j)).isCloseTo(contrastive.negative(b, j), within(1e-6f));
      }
    }
  }

  @Test
  void tendsToSoftmaxLossTimesTauAsTheOrderFallsToOne() {
    double tau = 0.5;
    Batch batch = RankingLossContract.cosines(5, 60, 61);
    double softmax = tau * (batch.toScoreBatch().evaluate(new SoftmaxLoss(tau)) - Math.log(60));
    double coarse = value(batch, 1.1, tau) - softmax;
    double fine = value(batch, 1.01, tau) - softmax;

    // The error is of order 1 / exponent: the exponents are 11 and 101.
    assertThat(Math.abs(fine)).isLessThan(0.01);
    assertThat(coarse / fine).isBetween(6.0, 14.0);
  }

  private static double value(Batch batch, double order, double tau) {
    return batch.toScoreBatch().evaluate(RenyiDivergenceLoss.nearSoftmax(order, tau));
  }

  /** The derivation's claim, by brute force over densities on three negatives. */
  @Test
  void boundsTheMeanUnderEveryDensityOfTheBallAndTheBestMarginReachesIt() {
    double order = 2;
    double radius = 0.2;
    double exponent = order / (order - 1);
    double weight = Math.exp(radius / exponent);
    double[] scores = {0.7, 0.1, -0.4};
    double worst = Double.NEGATIVE_INFINITY;
    int steps = 600;
    for (int a = 0; a <= steps; a++) {
      for (int b = 0; a + b <= steps; b++) {
        double[] q = {(double) a / steps, (double) b / steps, (double) (steps - a - b) / steps};
        double moment = 0;
        double mean = 0;
        for (int j = 0; j < 3; j++) {
          moment += Math.pow(3 * q[j], order) / 3;
          mean += q[j] * scores[j];
        }
        if (Math.log(moment) / (order - 1) <= radius) {
          worst = Math.max(worst, mean);
        }
      }
    }
    double best = Double.POSITIVE_INFINITY;
    for (double margin = -3; margin < 0.7; margin += 0.001) {
      ScoreBatch batch = new ScoreBatch(new int[] {0}, 3);
      batch.setPositive(0, 0f);
      for (int j = 0; j < 3; j++) {
        batch.setNegative(0, j, (float) scores[j]);
      }
      double bound = batch.evaluate(new RenyiDivergenceLoss(order, margin, weight));
      assertThat(bound).isGreaterThan(worst - 1e-6);
      best = Math.min(best, bound);
    }

    assertThat(best).isCloseTo(worst, within(2e-3));
  }

  /** The exponent is 101 and 10,001: roundings of ratios are enlarged by it. */
  @Test
  void rawScoresNearSoftmaxHaveTheValueAndGradientOfDoublePrecision() {
    for (double order : new double[] {1.01, 1.0001}) {
      double exponent = order / (order - 1);
      for (double tau : new double[] {0.3, 10}) {
        Setting setting =
            new Setting(
                "order " + order + ", tau " + tau,
                kernels -> RenyiDivergenceLoss.nearSoftmax(order, tau),
                batch -> ReferenceLosses.renyi(batch, order, -tau * exponent, 1),
                RawScores.LARGEST + tau * exponent,
                exponent);
        for (Batch batch : RawScores.batches(62)) {
          setting.verify(batch);
        }
      }
    }
  }

  @Test
  void negativesJustAboveTheMarginAreKnownFromEachOther() {
    double margin = 0.25;
    ScoreBatch scores = new ScoreBatch(new int[] {0}, 3);
    scores.setPositive(0, 0f);
    for (int j = 0; j < 3; j++) {
      scores.setNegative(0, j, (float) margin + (j + 1) * 0x1p-20f);
    }
    // Order 2 has exponent 2: the gradient is proportional to the distance from the margin.
    double norm = 0x1p-20 * Math.sqrt(14 / 3.0);

    assertThat(scores.evaluate(new RenyiDivergenceLoss(2, margin, 1)) - margin)
        .isCloseTo(norm, within(1e-6 * norm));
    for (int j = 0; j < 3; j++) {
      double expected = (j + 1) / Math.sqrt(3 * 14);
      assertThat((double) scores.negative(0, j)).isCloseTo(expected, within(1e-6 * expected));
    }
  }

  @Test
  void aPairWhoseNegativesAreAllBelowTheMarginFeelsOnlyItsPositive() {
    ScoreBatch scores = new ScoreBatch(new int[] {0}, 2);
    scores.setPositive(0, 0.5f);
    scores.setNegative(0, 0, 0.1f);
    scores.setNegative(0, 1, -0.6f);

    assertThat(scores.evaluate(new RenyiDivergenceLoss(2, 0.2, 5))).isCloseTo(-0.3, within(1e-7));
    assertThat(scores.positive(0)).isEqualTo(-1f);
    assertThat(scores.negative(0, 0)).isZero();
    assertThat(scores.negative(0, 1)).isZero();
  }

  @Test
  void refusesParametersOutOfRange() {
    for (double order : new double[] {1, 0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new RenyiDivergenceLoss(order, 0, 1))
          .hasMessageContaining("order must be above 1 and finite");
    }
    assertThatThrownBy(() -> new RenyiDivergenceLoss(1.00001, 0, 1))
        .hasMessage("order must be between 1.0001 and 1.0E30: 1.00001");
    assertThatThrownBy(() -> RenyiDivergenceLoss.nearSoftmax(1.01, 1e14))
        .hasMessageContaining("margin must be between");
    assertThatThrownBy(() -> new RenyiDivergenceLoss(2, Double.NaN, 1))
        .hasMessageContaining("margin must be finite");
    assertThatThrownBy(() -> new RenyiDivergenceLoss(2, 0, 0))
        .hasMessageContaining("negative weight must be positive");
    assertThatThrownBy(() -> RenyiDivergenceLoss.nearSoftmax(2, 0))
        .hasMessageContaining("tau must be positive");
  }
}
