package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.kernel.Kernels;
import bsl.losses.PairwiseSoftmaxLoss.Activation;
import bsl.losses.RawScores.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PairwiseSoftmaxLossTest {
  private static final double TAU = 0.08;

  abstract static class Contract extends RankingLossContract {
    private final Activation activation;
    private final DoubleUnaryOperator formula;
    private final double largestLogarithm;

    Contract(Activation activation, DoubleUnaryOperator formula, double largestLogarithm) {
      this.activation = activation;
      this.formula = formula;
      this.largestLogarithm = largestLogarithm;
    }

    @Override
    protected RankingLoss loss(Kernels kernels) {
      return new PairwiseSoftmaxLoss(activation, TAU, 2, kernels);
    }

    @Override
    protected double reference(Batch batch) {
      return ReferenceLosses.pairwiseSoftmax(batch, formula, TAU, 2);
    }

    @Override
    protected List<Setting> rawSettings() {
      return RawScores.atTemperatures(
          tau ->
              new Setting(
                  "tau " + tau,
                  kernels -> new PairwiseSoftmaxLoss(activation, tau, 2, kernels),
                  batch -> ReferenceLosses.pairwiseSoftmax(batch, formula, tau, 2),
                  largestLogarithm / tau,
                  largestLogarithm / tau));
    }

    /** With one negative it is log act(d) / tau, and log act is strictly concave here. */
    @Override
    @Test
    protected void isConvexInTheScores() {
      double low = evaluate(new Batch(new int[] {0}, new double[][] {{0.5, -0.9}}));
      double high = evaluate(new Batch(new int[] {0}, new double[][] {{0.5, 0.9}}));
      double middle = evaluate(new Batch(new int[] {0}, new double[][] {{0.5, 0}}));

      assertThat(middle).isGreaterThan((low + high) / 2 + 0.1);
    }
  }

  @Nested
  class Tanh extends Contract {
    Tanh() {
      // log(1 + tanh -50) is about -100.
      super(Activation.TANH, ReferenceLosses::logTanhActivation, 2 * RawScores.LARGEST);
    }
  }

  @Nested
  class Atan extends Contract {
    Atan() {
      // 1 + atan is at most 1 + pi / 2; how small it may be, the tests of its root say.
      super(Activation.ATAN, ReferenceLosses::logAtanActivation, 1);
    }
  }

  @Nested
  class Relu extends Contract {
    Relu() {
      // log(1 + 50) is about 4.
      super(Activation.RELU, ReferenceLosses::logReluActivation, 4);
    }
  }

  /** All activations are 1 + d to first order, so small differences cannot tell them from exp. */
  @ParameterizedTest
  @EnumSource
  void onSmallDifferencesItIsSoftmaxLossWithTauTimesSpread(Activation activation) {
    Batch batch = RankingLossContract.cosines(3, 20, 50);
    ScoreBatch one = new ScoreBatch(batch.groups(), 20);
    ScoreBatch other = new ScoreBatch(batch.groups(), 20);
    for (int b = 0; b < 3; b++) {
      one.setPositive(b, (float) batch.scores()[b][0] * 1e-3f);
      other.setPositive(b, (float) batch.scores()[b][0] * 1e-3f);
      for (int j = 0; j < 20; j++) {
        one.setNegative(b, j, (float) batch.scores()[b][j + 1] * 1e-3f);
        other.setNegative(b, j, (float) batch.scores()[b][j + 1] * 1e-3f);
      }
    }

    // log act(d) = d - d^2 / 2 + ..., and d is at most 1e-3 here.
    assertThat(one.evaluate(new PairwiseSoftmaxLoss(activation, 0.1)))
        .isCloseTo(other.evaluate(new SoftmaxLoss(0.2)), within(1e-5));
  }

  @ParameterizedTest
  @EnumSource
  void aHardNegativeWeighsLessThanInSoftmaxLoss(Activation activation) {
    ScoreBatch pairwise = new ScoreBatch(new int[] {0}, 2);
    ScoreBatch softmax = new ScoreBatch(new int[] {0}, 2);
    for (ScoreBatch scores : new ScoreBatch[] {pairwise, softmax}) {
      scores.setPositive(0, 0f);
      scores.setNegative(0, 0, 0.9f);
      scores.setNegative(0, 1, 0.1f);
    }
    pairwise.evaluate(new PairwiseSoftmaxLoss(activation, 0.1));
    softmax.evaluate(new SoftmaxLoss(0.2));

    assertThat(pairwise.negative(0, 0) / pairwise.negative(0, 1))
        .isLessThan(softmax.negative(0, 0) / softmax.negative(0, 1));
  }

  /** The field test's case: weights are exp(-40), 1 and exp(-20), and act' / act is 2. */
  @Test
  void tanhKnowsNegativesFarBelowThePositiveFromEachOther() {
    ScoreBatch scores = farBelow();
    double sum = 1 + Math.exp(-20) + Math.exp(-40);

    assertThat(scores.evaluate(new PairwiseSoftmaxLoss(Activation.TANH, 0.1)))
        .isCloseTo((Math.log(2) - 96) / 0.1 + Math.log(sum), within(960 * 0x1p-22));
    assertThat((double) scores.negative(0, 0)).isCloseTo(10 * Math.exp(-40), within(1e-21));
    assertThat((double) scores.negative(0, 1)).isCloseTo(10, within(1e-5));
    assertThat((double) scores.negative(0, 2)).isCloseTo(10 * Math.exp(-20), within(1e-12));
    assertThat((double) scores.positive(0)).isCloseTo(-10, within(1e-5));

    ScoreBatch cold = farBelow();
    assertThat(cold.evaluate(new PairwiseSoftmaxLoss(Activation.TANH, 0.01)))
        .isCloseTo((Math.log(2) - 96) / 0.01, within(9600 * 0x1p-22));
    assertThat((double) cold.negative(0, 1)).isCloseTo(100, within(1e-4));
    assertThat((double) cold.positive(0)).isCloseTo(-100, within(1e-4));
  }

  private static ScoreBatch farBelow() {
    ScoreBatch scores = new ScoreBatch(new int[] {0}, 3);
    scores.setPositive(0, 50f);
    scores.setNegative(0, 0, -50f);
    scores.setNegative(0, 1, -46f);
    scores.setNegative(0, 2, -48f);
    return scores;
  }

  /** Differences just above -2 tan 1, where 1 + atan d is a small number. */
  @Test
  void atanIsExactNearItsRoot() {
    float root = (float) (-2 * Math.tan(1));
    for (double tau : new double[] {0.01, 0.1, 1, 10}) {
      for (float distance : new float[] {1e-2f, 1e-4f, 2e-6f}) {
        double[] row = new double[8];
        row[0] = 0;
        for (int j = 1; j < 8; j++) {
          row[j] = root + j * distance;
        }
        ScoreBatch scores = new Batch(new int[] {0}, new double[][] {row}).toScoreBatch();
        double[] d = Arrays.stream(row).map(score -> (float) score / 2.0).toArray();
        double top = 1 + Math.atan(d[7]);
        double[] weight = new double[8];
        double sum = 0;
        for (int j = 1; j < 8; j++) {
          weight[j] = Math.pow((1 + Math.atan(d[j])) / top, 1 / tau);
          sum += weight[j];
        }
        double[] slope = new double[8];
        for (int j = 1; j < 8; j++) {
          slope[j] = weight[j] / sum / ((1 + d[j] * d[j]) * (1 + Math.atan(d[j]))) / (2 * tau);
        }
        double tolerance = 0x1p-24 * (16 + 4 / tau);
        double largest = Arrays.stream(slope).max().orElseThrow();

        assertThat(scores.evaluate(new PairwiseSoftmaxLoss(Activation.ATAN, tau)))
            .isCloseTo(Math.log(top) / tau + Math.log(sum), within(tolerance));
        for (int j = 1; j < 8; j++) {
          assertThat((double) scores.negative(0, j - 1))
              .as("tau %s, distance %s, negative %d", tau, distance, j)
              .isCloseTo(slope[j], within(tolerance * largest));
        }
      }
    }
  }

  @Test
  void aPairWhoseNegativesAreAllOutOfReachHasNoGradient() {
    for (Activation activation : new Activation[] {Activation.RELU, Activation.ATAN}) {
      ScoreBatch scores = new ScoreBatch(new int[] {0}, 3);
      scores.setPositive(0, 10f);
      for (int j = 0; j < 3; j++) {
        scores.setNegative(0, j, -10f * j);
      }

      assertThat(scores.evaluate(new PairwiseSoftmaxLoss(activation, 0.5)))
          .isCloseTo(-126 * Math.log(2) / 0.5, within(1e-3));
      assertThat(scores.positive(0)).isZero();
      for (int j = 0; j < 3; j++) {
        assertThat(scores.negative(0, j)).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void neitherOverflowsNorLosesTheGradientAtExtremeTemperatures(Activation activation) {
    for (double tau : new double[] {1e-3, 1e-6, 1, 1e4}) {
      ScoreBatch scores = RankingLossContract.cosines(5, 200, 51).toScoreBatch();

      assertThat(scores.evaluate(new PairwiseSoftmaxLoss(activation, tau))).isFinite();
      for (int b = 0; b < 5; b++) {
        assertThat(scores.positive(b)).isFinite().isNegative();
        for (int j = 0; j < 200; j++) {
          assertThat(scores.negative(b, j)).isFinite().isNotNegative();
        }
      }
    }
  }

  /** Here a rounding error of the largest activation is all there is. */
  @ParameterizedTest
  @EnumSource
  void derivativesAreFiniteAtTheSmallestTemperatures(Activation activation) {
    for (double tau : new double[] {1e-9, 7e-10, 1e-10, 1e-12, 1e-18}) {
      ScoreBatch scores = RankingLossContract.cosines(200, 20, 52).toScoreBatch();

      assertThat(scores.evaluate(new PairwiseSoftmaxLoss(activation, tau))).isFinite();
      for (int b = 0; b < 200; b++) {
        assertThat(scores.positive(b)).isFinite();
        for (int j = 0; j < 20; j++) {
          assertThat(scores.negative(b, j)).isFinite().isNotNegative();
        }
      }
    }
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> new PairwiseSoftmaxLoss(Activation.TANH, 0))
        .hasMessageContaining("tau must be positive and finite");
    assertThatThrownBy(() -> new PairwiseSoftmaxLoss(Activation.TANH, 1, 0, Kernels.best()))
        .hasMessageContaining("spread must be positive and finite");
    assertThatThrownBy(() -> new PairwiseSoftmaxLoss(Activation.TANH, 1e-12, 1e-12, Kernels.best()))
        .hasMessageContaining("tau times spread must be between 1.0E-18");
  }
}
