package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.losses.BilateralSoftmaxLoss.Mode;
import org.junit.jupiter.api.Test;

class FirstPositiveTwiceTest {
  private static final RankingLoss LOSS = BilateralSoftmaxLoss.codeForm(0.2, 1.1, Mode.MULTI);

  @Test
  void onlyTheFirstPositivesSlopeDiffersFromTheLossWithin() {
    Batch batch = RankingLossContract.cosines(9, 17, 1);
    ScoreBatch plain = batch.toScoreBatch();
    ScoreBatch doubled = batch.toScoreBatch();
    double value = plain.evaluate(LOSS);

    assertThat(doubled.evaluate(new FirstPositiveTwice(LOSS))).isEqualTo(value);
    for (int b = 0; b < 9; b++) {
      assertThat(doubled.positive(b)).isEqualTo((b == 0 ? 2 : 1) * plain.positive(b)).isNotZero();
      for (int j = 0; j < 17; j++) {
        assertThat(doubled.negative(b, j)).isEqualTo(plain.negative(b, j));
      }
    }
  }

  /** The first positive is that of the mini-batch, whatever the order of its tiles. */
  @Test
  void onlyTheTileOfTheFirstPairCountsItTwice() {
    PositiveSide positives = new PositiveSide();
    positives.reset(new int[] {0, 1}, 2);
    float[] negatives = new float[6];
    RankingLoss twice = new FirstPositiveTwice(new SoftmaxLoss(0.2));
    ScoreTile tile = new ScoreTile();

    twice.evaluate(tile.view(negatives, 0, 3, 0, 1, 3), positives);
    twice.evaluate(tile.view(negatives, 3, 3, 1, 1, 3), positives);

    assertThat(positives.gradient(0)).isEqualTo(-5);
    assertThat(positives.gradient(1)).isEqualTo(-2.5f);
  }
}
