package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.kernel.Kernels;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import bsl.losses.RawScores.Setting;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BilateralSoftmaxLossTest {
  /** Where it is left out, nothing else shows that the positive side is missing. */
  @Test
  void positivesThatWereNotPreparedAreRefused() {
    RankingLoss loss = BilateralSoftmaxLoss.codeForm(0.1, 1.2, Mode.MULTI, Kernels.best());
    PositiveSide positives = new PositiveSide();
    positives.reset(new int[] {0, 0}, 2);
    ScoreTile tile = new ScoreTile().view(new float[8], 0, 4, 0, 2, 4);
    assertThatThrownBy(() -> loss.evaluate(tile, positives))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pair 0", "preparePositives");

    loss.preparePositives(positives, 0, 1);
    assertThat(loss.evaluate(tile, positives)).isFinite();
    positives.reset(new int[] {0, 1}, 2);
    assertThatThrownBy(() -> loss.evaluate(tile, positives))
        .as("what was prepared for another batch")
        .isInstanceOf(IllegalStateException.class);
  }

  /** Negatives of 0 add log 1, so that a group of one costs -score / tau. */
  @Test
  void whatWasPreparedForAnotherScoreIsRefused() {
    RankingLoss loss = BilateralSoftmaxLoss.codeForm(0.1, 1.2, Mode.MULTI, Kernels.best());
    PositiveSide positives = new PositiveSide();
    positives.reset(new int[] {0, 1}, 2);
    positives.setScore(0, 0.5f);
    positives.setScore(1, 0.25f);
    loss.preparePositives(positives, 0, 2);
    positives.setScore(1, 0.75f);
    ScoreTile tile = new ScoreTile();

    assertThatThrownBy(() -> loss.evaluate(tile.view(new float[8], 0, 4, 0, 2, 4), positives))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pair 1", "preparePositives");

    loss.preparePositives(positives, 1, 2);
    assertThat(loss.evaluate(tile.view(new float[8], 0, 4, 0, 2, 4), positives))
        .isCloseTo(-(0.5 + 0.75) / 2 / 0.1, within(1e-6));
  }

  @Nested
  class CodeFormMulti extends RankingLossContract {
    @Override
    protected RankingLoss loss(Kernels kernels) {
      return BilateralSoftmaxLoss.codeForm(0.11, 1.22, Mode.MULTI, kernels);
    }

    @Override
    protected double reference(Batch batch) {
      return ReferenceLosses.codeForm(batch, 0.11, 1.22, true);
    }

    @Override
    protected List<Setting> rawSettings() {
      return RawScores.atTemperatures(
          tau ->
              new Setting(
                  "tau " + tau,
                  kernels -> BilateralSoftmaxLoss.codeForm(tau, 1.22, Mode.MULTI, kernels),
                  batch -> ReferenceLosses.codeForm(batch, tau, 1.22, true),
                  2.22 * RawScores.LARGEST / tau,
                  RawScores.softmaxExponent(tau)));
    }

    /** The positive side is concave. */
    @Override
    @Test
    protected void isConvexInTheScores() {
      Batch apart = new Batch(new int[] {1, 1}, new double[][] {{-0.9, 0}, {0.9, 0}});
      Batch swapped = new Batch(new int[] {1, 1}, new double[][] {{0.9, 0}, {-0.9, 0}});
      Batch middle = new Batch(new int[] {1, 1}, new double[][] {{0, 0}, {0, 0}});

      assertThat(evaluate(middle)).isGreaterThan(evaluate(apart) + 0.1);
      assertThat(evaluate(swapped)).isCloseTo(evaluate(apart), within(1e-6));
    }
  }

  @Nested
  class CodeFormReweight extends RankingLossContract {
    @Override
    protected RankingLoss loss(Kernels kernels) {
      return BilateralSoftmaxLoss.codeForm(0.3, 0.8, Mode.REWEIGHT, kernels);
    }

    @Override
    protected double reference(Batch batch) {
      return ReferenceLosses.codeForm(batch, 0.3, 0.8, false);
    }

    @Override
    protected List<Setting> rawSettings() {
      return RawScores.atTemperatures(
          tau ->
              new Setting(
                  "tau " + tau,
                  kernels -> BilateralSoftmaxLoss.codeForm(tau, 0.8, Mode.REWEIGHT, kernels),
                  batch -> ReferenceLosses.codeForm(batch, tau, 0.8, false),
                  1.8 * RawScores.LARGEST / tau,
                  RawScores.softmaxExponent(tau)));
    }
  }

  @Nested
  class PaperFormMulti extends RankingLossContract {
    @Override
    protected RankingLoss loss(Kernels kernels) {
      return BilateralSoftmaxLoss.paperForm(0.15, 0.1, Mode.MULTI, kernels);
    }

    @Override
    protected double reference(Batch batch) {
      return ReferenceLosses.paperForm(batch, 0.15, 0.1, true);
    }

    @Override
    protected List<Setting> rawSettings() {
      return RawScores.atTemperatures(
          tau ->
              new Setting(
                  "tau " + tau,
                  kernels -> BilateralSoftmaxLoss.paperForm(tau, tau / 1.5, Mode.MULTI, kernels),
                  batch -> ReferenceLosses.paperForm(batch, tau, tau / 1.5, true),
                  2 * RawScores.LARGEST,
                  RawScores.softmaxExponent(tau)));
    }

    /** The positive side is concave. */
    @Override
    @Test
    protected void isConvexInTheScores() {
      Batch apart = new Batch(new int[] {1, 1}, new double[][] {{-0.9, 0}, {0.9, 0}});
      Batch swapped = new Batch(new int[] {1, 1}, new double[][] {{0.9, 0}, {-0.9, 0}});
      Batch middle = new Batch(new int[] {1, 1}, new double[][] {{0, 0}, {0, 0}});

      assertThat(evaluate(middle)).isGreaterThan(evaluate(apart) + 0.1);
      assertThat(evaluate(swapped)).isCloseTo(evaluate(apart), within(1e-6));
    }
  }

  @Nested
  class PaperFormReweight extends RankingLossContract {
    @Override
    protected RankingLoss loss(Kernels kernels) {
      return BilateralSoftmaxLoss.paperForm(0.15, 0.1, Mode.REWEIGHT, kernels);
    }

    @Override
    protected double reference(Batch batch) {
      return ReferenceLosses.paperForm(batch, 0.15, 0.1, false);
    }

    @Override
    protected List<Setting> rawSettings() {
      return RawScores.atTemperatures(
          tau ->
              new Setting(
                  "tau " + tau,
                  kernels -> BilateralSoftmaxLoss.paperForm(tau, tau / 1.5, Mode.REWEIGHT, kernels),
                  batch -> ReferenceLosses.paperForm(batch, tau, tau / 1.5, false),
                  2 * RawScores.LARGEST,
                  RawScores.softmaxExponent(tau)));
    }
  }

  @Nested
  class PowerFormReweight extends RankingLossContract {
    @Override
    protected RankingLoss loss(Kernels kernels) {
      return BilateralSoftmaxLoss.powerForm(0.15, 0.1, Mode.REWEIGHT, kernels);
    }

    @Override
    protected double reference(Batch batch) {
      return ReferenceLosses.powerForm(batch, 0.15, 0.1, false);
    }

    @Override
    protected List<Setting> rawSettings() {
      return RawScores.atTemperatures(
          tau ->
              new Setting(
                  "tau " + tau,
                  kernels -> BilateralSoftmaxLoss.powerForm(tau, tau / 1.5, Mode.REWEIGHT, kernels),
                  batch -> ReferenceLosses.powerForm(batch, tau, tau / 1.5, false),
                  2 * RawScores.LARGEST / tau,
                  RawScores.softmaxExponent(tau)));
    }
  }

  @Nested
  class PowerFormMulti extends RankingLossContract {
    @Override
    protected RankingLoss loss(Kernels kernels) {
      return BilateralSoftmaxLoss.powerForm(0.12, 0.2, Mode.MULTI, kernels);
    }

    @Override
    protected double reference(Batch batch) {
      return ReferenceLosses.powerForm(batch, 0.12, 0.2, true);
    }

    @Override
    protected List<Setting> rawSettings() {
      return RawScores.atTemperatures(
          tau ->
              new Setting(
                  "tau " + tau,
                  kernels -> BilateralSoftmaxLoss.powerForm(tau, tau / 0.6, Mode.MULTI, kernels),
                  batch -> ReferenceLosses.powerForm(batch, tau, tau / 0.6, true),
                  2 * RawScores.LARGEST / tau,
                  RawScores.softmaxExponent(tau)));
    }

    /** The positive side is concave. */
    @Override
    @Test
    protected void isConvexInTheScores() {
      Batch apart = new Batch(new int[] {1, 1}, new double[][] {{-0.9, 0}, {0.9, 0}});
      Batch swapped = new Batch(new int[] {1, 1}, new double[][] {{0.9, 0}, {-0.9, 0}});
      Batch middle = new Batch(new int[] {1, 1}, new double[][] {{0, 0}, {0, 0}});

      assertThat(evaluate(middle)).isGreaterThan(evaluate(apart) + 0.1);
      assertThat(evaluate(swapped)).isCloseTo(evaluate(apart), within(1e-6));
    }
  }

  private static Batch distinctUsers() {
    Batch batch = RankingLossContract.cosines(6, 20, 11);
    return new Batch(new int[] {5, 4, 3, 2, 1, 0}, batch.scores());
  }

  private static void assertSameGradient(ScoreBatch one, ScoreBatch other, double factor) {
    for (int b = 0; b < 6; b++) {
      assertThat((double) one.positive(b))
          .isCloseTo(factor * other.positive(b), within(1e-6 * Math.abs(other.positive(b))));
      for (int j = 0; j < 20; j++) {
        assertThat((double) one.negative(b, j))
            .isCloseTo(factor * other.negative(b, j), within(1e-6 * other.negative(b, j)));
      }
    }
  }

  @Test
  void withRatioOneAndASinglePositiveItIsSoftmaxLoss() {
    Batch batch = distinctUsers();
    ScoreBatch softmax = batch.toScoreBatch();
    double value = softmax.evaluate(new SoftmaxLoss(0.1));

    ScoreBatch reweight = batch.toScoreBatch();
    assertThat(reweight.evaluate(BilateralSoftmaxLoss.codeForm(0.1, 1, Mode.REWEIGHT)))
        .isEqualTo(value);
    assertSameGradient(reweight, softmax, 1);

    ScoreBatch multi = batch.toScoreBatch();
    assertThat(multi.evaluate(BilateralSoftmaxLoss.codeForm(0.1, 1, Mode.MULTI)))
        .isCloseTo(value - Math.log(20), within(1e-9));
    assertSameGradient(multi, softmax, 1);
  }

  @Test
  void thePaperFormWithEqualTemperaturesIsSoftmaxLossTimesTau() {
    Batch batch = distinctUsers();
    ScoreBatch softmax = batch.toScoreBatch();
    double value = softmax.evaluate(new SoftmaxLoss(0.1));
    ScoreBatch paper = batch.toScoreBatch();

    assertThat(paper.evaluate(BilateralSoftmaxLoss.paperForm(0.1, 0.1, Mode.MULTI)))
        .isCloseTo(0.1 * (value - Math.log(20)), within(1e-9));
    assertSameGradient(paper, softmax, 0.1);
  }

  @Test
  void thePowerFormIsThePaperFormDividedByTau1() {
    Batch batch = RankingLossContract.cosines(6, 20, 12);
    ScoreBatch paper = batch.toScoreBatch();
    double value = paper.evaluate(BilateralSoftmaxLoss.paperForm(0.2, 0.1, Mode.MULTI));
    ScoreBatch power = batch.toScoreBatch();

    assertThat(power.evaluate(BilateralSoftmaxLoss.powerForm(0.2, 0.1, Mode.MULTI)))
        .isCloseTo(value / 0.2 + 0.5 * Math.log(20), within(1e-9));
    assertSameGradient(power, paper, 5);
  }

  @Test
  void anImplausiblePositiveWeighsLessThanAPlausibleOneOfTheSameUser() {
    ScoreBatch scores = new ScoreBatch(new int[] {7, 7}, 1);
    scores.setPositive(0, 0.9f);
    scores.setPositive(1, 0.1f);
    scores.setNegative(0, 0, 0f);
    scores.setNegative(1, 0, 0f);
    scores.evaluate(BilateralSoftmaxLoss.codeForm(0.2, 1, Mode.MULTI));

    // Softmax of 0.9 / 0.2 and 0.1 / 0.2, times n / (tau B) = 2 / (0.2 * 2).
    double share = 1 / (1 + Math.exp((0.1 - 0.9) / 0.2));
    assertThat((double) scores.positive(0)).isCloseTo(-5 * share, within(1e-5));
    assertThat((double) scores.positive(1)).isCloseTo(-5 * (1 - share), within(1e-5));
  }

  @Test
  void doesNotOverflowAtLowTemperatures() {
    Batch batch = RankingLossContract.cosines(8, 1000, 12);

    for (Mode mode : Mode.values()) {
      assertThat(batch.toScoreBatch().evaluate(BilateralSoftmaxLoss.codeForm(0.01, 2, mode)))
          .isFinite();
      assertThat(batch.toScoreBatch().evaluate(BilateralSoftmaxLoss.paperForm(0.001, 0.01, mode)))
          .isFinite();
    }
  }

  @Test
  void theEndsOfTheRangesGiveFiniteResults() {
    for (Mode mode : Mode.values()) {
      for (double tau : new double[] {1e-18, 1e30}) {
        for (RankingLoss loss :
            new RankingLoss[] {
              BilateralSoftmaxLoss.codeForm(tau, 1e18, mode),
              BilateralSoftmaxLoss.codeForm(tau, 1e-18, mode),
              BilateralSoftmaxLoss.paperForm(tau, 1e30, mode),
              BilateralSoftmaxLoss.paperForm(1e30, tau, mode),
              BilateralSoftmaxLoss.powerForm(tau, 1e-18, mode),
              BilateralSoftmaxLoss.powerForm(1e-18, tau, mode)
            }) {
          ScoreBatch scores = RankingLossContract.cosines(6, 20, 13).toScoreBatch();

          assertThat(scores.evaluate(loss)).as("%s", loss).isFinite();
          for (int b = 0; b < 6; b++) {
            assertThat(scores.positive(b)).as("%s", loss).isFinite();
            for (int j = 0; j < 20; j++) {
              assertThat(scores.negative(b, j)).as("%s", loss).isFinite();
            }
          }
        }
      }
    }
  }

  /**
   * A gradient of 1e36 over weights of 1e-12 is 1e48 per weight, which single precision has not.
   */
  @Test
  void theEndsOfTheRangesGiveFiniteResultsWithTheSmallestWeights() {
    double[] weights = new double[20];
    Arrays.fill(weights, NegativeWeights.SMALLEST);
    Batch batch = RankingLossContract.cosines(3, 20, 13).weighted(weights);
    for (Mode mode : Mode.values()) {
      RankingLoss loss = BilateralSoftmaxLoss.codeForm(1e-18, 1e18, mode);
      Evaluation actual = new Evaluation(batch, loss);

      assertThat(actual.value()).isFinite();
      for (int r = 0; r < 3; r++) {
        double sum = 0;
        for (int j = 0; j < 20; j++) {
          sum += actual.negative(r, j);
        }
        assertThat(sum).isCloseTo(1e36 / 3, within(1e30));
      }
    }
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> BilateralSoftmaxLoss.codeForm(0, 1, Mode.MULTI))
        .hasMessageContaining("tau must be positive");
    assertThatThrownBy(() -> BilateralSoftmaxLoss.codeForm(0.1, Double.NaN, Mode.MULTI))
        .hasMessageContaining("rho must be positive");
    assertThatThrownBy(() -> BilateralSoftmaxLoss.paperForm(0.1, -1, Mode.MULTI))
        .hasMessageContaining("tau2 must be positive");
    assertThatThrownBy(() -> BilateralSoftmaxLoss.powerForm(1e-38, 1, Mode.MULTI))
        .hasMessage("tau1 must be between 1.0E-18 and 1.0E30: 1.0E-38");
    assertThatThrownBy(() -> BilateralSoftmaxLoss.codeForm(1, 1e19, Mode.MULTI))
        .hasMessage("rho must be between 1.0E-18 and 1.0E18: 1.0E19");
  }
}
