package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.kernel.Kernels;
import bsl.losses.RawScores.Setting;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.la.SGDVector;

class SoftmaxLossTest extends RankingLossContract {
  private static final double TAU = 0.1;

  @Nested
  class WithPositive extends RankingLossContract {
    @Override
    protected RankingLoss loss(Kernels kernels) {
      return SoftmaxLoss.withPositive(0.2, kernels);
    }

    @Override
    protected double reference(Batch batch) {
      return ReferenceLosses.softmaxWithPositive(batch, 0.2);
    }

    @Override
    protected List<Setting> rawSettings() {
      return RawScores.atTemperatures(
          tau ->
              new Setting(
                  "tau " + tau,
                  kernels -> SoftmaxLoss.withPositive(tau, kernels),
                  batch -> ReferenceLosses.softmaxWithPositive(batch, tau),
                  RawScores.LARGEST / tau,
                  RawScores.LARGEST / tau));
    }

    @Test
    void agreesWithTribuosLogMulticlass() {
      Batch batch = cosines(1, 30, 5);
      ScoreBatch scores = batch.toScoreBatch();
      double[] logits = batch.scores()[0].clone();
      for (int j = 0; j <= 30; j++) {
        logits[j] /= 0.2;
      }
      double value = scores.evaluate(SoftmaxLoss.withPositive(0.2));
      var oracle = new LogMulticlass().lossAndGradient(0, DenseVector.createDenseVector(logits));

      assertThat(value).isCloseTo(-oracle.getA(), within(1e-5));
      for (int j = 0; j <= 30; j++) {
        double slope = j == 0 ? scores.positive(0) : scores.negative(0, j - 1);
        assertThat(slope).isCloseTo(-oracle.getB().get(j) / 0.2, within(1e-5));
      }
    }
  }

  @Override
  protected RankingLoss loss(Kernels kernels) {
    return new SoftmaxLoss(TAU, kernels);
  }

  @Override
  protected double reference(Batch batch) {
    return ReferenceLosses.softmax(batch, TAU);
  }

  @Override
  protected List<Setting> rawSettings() {
    return RawScores.atTemperatures(
        tau ->
            new Setting(
                "tau " + tau,
                kernels -> new SoftmaxLoss(tau, kernels),
                batch -> ReferenceLosses.softmax(batch, tau),
                RawScores.LARGEST / tau,
                RawScores.softmaxExponent(tau)));
  }

  /** With the positive among the negatives, softmax loss is multinomial logistic regression. */
  @Test
  void agreesWithTribuosLogMulticlassWhenThePositiveIsAlsoANegative() {
    Batch batch = cosines(1, 30, 1);
    double[] logits = batch.scores()[0].clone();
    ScoreBatch scores = new ScoreBatch(new int[] {0}, 31);
    scores.setPositive(0, (float) logits[0]);
    for (int j = 0; j <= 30; j++) {
      scores.setNegative(0, j, (float) logits[j]);
      logits[j] /= TAU;
    }
    double value = scores.evaluate(loss(Kernels.best()));
    var oracle = new LogMulticlass().lossAndGradient(0, DenseVector.createDenseVector(logits));
    SGDVector descent = oracle.getB();

    assertThat(value).isCloseTo(-oracle.getA(), within(1e-5));
    for (int j = 0; j <= 30; j++) {
      double slope = scores.negative(0, j) + (j == 0 ? scores.positive(0) : 0);
      assertThat(slope).isCloseTo(-descent.get(j) / TAU, within(1e-5));
    }
  }

  @Test
  void tendsToTheMeanDifferenceAsTauGrows() {
    Batch batch = cosines(4, 25, 2);
    double tau = 1e4;
    double value = batch.toScoreBatch().evaluate(new SoftmaxLoss(tau)) - Math.log(25);
    double difference = 0;
    for (double[] row : batch.scores()) {
      double mean = 0;
      for (int j = 1; j <= 25; j++) {
        mean += row[j] / 25;
      }
      difference += (mean - row[0]) / 4;
    }

    // Value times tau is the mean difference plus Var / (2 tau); floats resolve the logarithm to
    // about 3e-7, which tau magnifies.
    assertThat(value * tau).isCloseTo(difference, within(1e4 * 5e-7));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.001, 1e-6, 1, 1e4, 1e30})
  void neitherOverflowsNorLosesTheGradientAtExtremeTemperatures(double tau) {
    Batch batch = cosines(5, 1000, 3);
    ScoreBatch scores = batch.toScoreBatch();

    assertThat(scores.evaluate(new SoftmaxLoss(tau))).isFinite();
    for (int b = 0; b < 5; b++) {
      double sum = scores.positive(b);
      for (int j = 0; j < 1000; j++) {
        sum += scores.negative(b, j);
      }
      assertThat(sum).as("slopes cancel").isCloseTo(0, within(1e-5 / (5 * tau)));
    }
  }

  @Test
  void takesRawScoresOfAnySize() {
    ScoreBatch scores = new ScoreBatch(new int[] {0}, 2);
    scores.setPositive(0, 300f);
    scores.setNegative(0, 0, 100f);
    scores.setNegative(0, 1, -100f);

    assertThat(scores.evaluate(new SoftmaxLoss(0.01))).isCloseTo(-20000, within(0.01));
    assertThat(scores.negative(0, 0)).isEqualTo(100f);
    assertThat(scores.negative(0, 1)).isLessThan(1e-30f);
  }

  /** Beyond |s| / tau of 1e9 a rounding of s / tau alone is worth more than an exponential can. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1e-6, 1e-10, 1e-18})
  void isTheLargestDifferenceOverTauWhereScoresAreFarApartInTemperatures(double tau) {
    for (float size : new float[] {1, 1e6f, 1e15f, 3e37f}) {
      ScoreBatch scores = new ScoreBatch(new int[] {0}, 4);
      scores.setPositive(0, 3 * size);
      scores.setNegative(0, 0, size);
      scores.setNegative(0, 1, -7 * size);
      scores.setNegative(0, 2, Float.NEGATIVE_INFINITY);
      scores.setNegative(0, 3, size);
      double value = scores.evaluate(new SoftmaxLoss(tau));
      double slope = 1 / tau;

      assertThat(value).isCloseTo(Math.log(2) - 2 * size / tau, within(size / tau * 4e-7));
      assertThat((double) scores.positive(0)).isCloseTo(-slope, within(slope * 1e-7));
      assertThat((double) scores.negative(0, 0)).isCloseTo(slope / 2, within(slope * 1e-7));
      assertThat(scores.negative(0, 3)).isEqualTo(scores.negative(0, 0));
      assertThat((double) scores.negative(0, 1)).isLessThan(slope * 1e-30);
      assertThat((double) scores.negative(0, 2)).isLessThan(slope * 1e-30);
    }
  }

  /** Differences of a few temperatures are kept however large the scores are. */
  @Test
  void largeScoresThatAreCloseTogetherShareTheGradientByTheirDifferences() {
    double tau = 1e-3;
    float unit = Math.ulp(1e9f);
    ScoreBatch scores = new ScoreBatch(new int[] {0}, 2);
    scores.setPositive(0, 1e9f);
    scores.setNegative(0, 0, 1e9f);
    scores.setNegative(0, 1, 1e9f - unit);
    scores.evaluate(new SoftmaxLoss(tau * 1e5));
    double share = 1 / (1 + Math.exp(-unit / (tau * 1e5)));

    assertThat((double) scores.negative(0, 0)).isCloseTo(share / 100, within(1e-8));
    assertThat((double) scores.negative(0, 1)).isCloseTo((1 - share) / 100, within(1e-8));
  }

  @Test
  void aPairWithoutAnyFiniteNegativeIsAnError() {
    ScoreBatch scores = new ScoreBatch(new int[] {0}, 2);
    scores.setNegative(0, 0, Float.NEGATIVE_INFINITY);
    scores.setNegative(0, 1, Float.NEGATIVE_INFINITY);

    assertThatThrownBy(() -> scores.evaluate(new SoftmaxLoss(0.1)))
        .isInstanceOf(NonFiniteScoreException.class)
        .hasMessageContaining("pair 0 ");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-309, 1e-38, 1e-19, 1e31})
  void refusesTemperaturesThatSinglePrecisionHasNoRoomFor(double tau) {
    assertThatThrownBy(() -> new SoftmaxLoss(tau))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tau must be between 1.0E-18 and 1.0E30: " + tau);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesTemperaturesThatAreNone(double tau) {
    assertThatThrownBy(() -> new SoftmaxLoss(tau))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tau must be positive and finite");
  }
}
