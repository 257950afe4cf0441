package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.kernel.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreBatchTest {
  /** 3 pairs with 2 negatives. */
  private final ScoreBatch batch = new ScoreBatch(new int[] {4, 0, 4}, 2);

  @ParameterizedTest
  @CsvSource({"0, 2", "0, -1", "1, 5", "3, 0", "-1, 0", "2, 2"})
  void refusesNegativesOutsideTheirRow(int pair, int j) {
    assertThatThrownBy(() -> batch.setNegative(pair, j, 1f))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> batch.negative(pair, j)).isInstanceOf(IndexOutOfBoundsException.class);
    for (int b = 0; b < 3; b++) {
      assertThat(batch.negative(b, 0)).isZero();
      assertThat(batch.negative(b, 1)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"3", "-1", "100"})
  void refusesPairsOutsideTheBatch(int pair) {
    assertThatThrownBy(() -> batch.setPositive(pair, 1f))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> batch.positive(pair)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** Room that an earlier, larger batch left is not part of the batch. */
  @Test
  void aReusedPositiveSideKnowsItsSize() {
    PositiveSide positives = new PositiveSide();
    positives.reset(new int[] {0, 1, 2}, 3);
    positives.reset(new int[] {5}, 1);

    assertThatThrownBy(() -> positives.setScore(1, 1f))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> positives.gradient(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void refusesBatchesThatAreNone() {
    assertThatThrownBy(() -> new ScoreBatch(new int[0], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no batch of 0 pairs with 2 negatives");
    assertThatThrownBy(() -> new ScoreBatch(new int[1], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no batch of 1 pairs with 0 negatives");
    assertThatThrownBy(() -> new ScoreBatch(new int[] {0, -3}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("user of pair 1 is below 0: -3");
  }

  /** BSL groups positives by user: pairs 0 and 2 are one user's in both batches. */
  @Test
  void usersMayBeAnyIds() {
    ScoreBatch small = new ScoreBatch(new int[] {1, 0, 1}, 2);
    ScoreBatch large = new ScoreBatch(new int[] {2_000_000_000, 5, 2_000_000_000}, 2);
    RankingLoss loss =
        BilateralSoftmaxLoss.paperForm(0.2, 0.3, BilateralSoftmaxLoss.Mode.MULTI, Kernels.scalar());
    for (ScoreBatch one : new ScoreBatch[] {small, large}) {
      for (int b = 0; b < 3; b++) {
        one.setPositive(b, 0.1f * b);
        one.setNegative(b, 0, 0.3f - 0.2f * b);
      }
    }

    assertThat(large.evaluate(loss)).isEqualTo(small.evaluate(loss));
    for (int b = 0; b < 3; b++) {
      assertThat(large.positive(b)).isEqualTo(small.positive(b));
      assertThat(large.negative(b, 0)).isEqualTo(small.negative(b, 0));
    }
  }

  @Test
  void derivativesAreNotTakenForScores() {
    batch.evaluate(new BprLoss());

    requireThatItIsMissing("the positive of pair 0");
    for (int b = 0; b < 3; b++) {
      batch.setPositive(b, 0.5f);
    }
    requireThatItIsMissing("negative 0 of pair 0");
    for (int b = 0; b < 3; b++) {
      batch.setNegative(b, 0, 0.5f);
    }
    requireThatItIsMissing("negative 1 of pair 0");
    for (int b = 0; b < 3; b++) {
      batch.setNegative(b, 1, 0.5f);
    }
    assertThat(batch.evaluate(new BprLoss())).isCloseTo(Math.log(2), within(1e-6));
  }

  /** With one negative, BPR has slopes of plus and minus sigmoid(negative - positive) / B. */
  @Test
  void aDerivativeStaysUntilItsOwnScoreIsSet() {
    ScoreBatch two = new ScoreBatch(new int[] {0, 1}, 1);
    two.setPositive(0, 0.5f);
    two.setPositive(1, 0.6f);
    two.evaluate(new BprLoss());
    double slope = 1 / (1 + Math.exp(0.6)) / 2;

    two.setPositive(0, 0.7f);
    two.setNegative(0, 0, 0.3f);

    assertThat(two.positive(0)).isEqualTo(0.7f);
    assertThat(two.negative(0, 0)).isEqualTo(0.3f);
    assertThat((double) two.positive(1)).isCloseTo(-slope, within(1e-7));
    assertThat((double) two.negative(1, 0)).isCloseTo(slope, within(1e-7));

    two.setPositive(1, 0.8f);
    assertThat(two.positive(1)).isEqualTo(0.8f);
  }

  /** Pairs before the one that failed hold derivatives. */
  @Test
  void afterAFailureEveryScoreIsToBeSetAgain() {
    batch.setPositive(2, Float.NaN);
    assertThatThrownBy(() -> batch.evaluate(new BprLoss()))
        .isInstanceOf(NonFiniteScoreException.class);
    batch.setPositive(2, 0.5f);

    requireThatItIsMissing("the positive of pair 0");
  }

  private void requireThatItIsMissing(String score) {
    assertThatThrownBy(() -> batch.evaluate(new BprLoss()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("scores have become derivatives, and were not all set again: " + score);
  }
}
