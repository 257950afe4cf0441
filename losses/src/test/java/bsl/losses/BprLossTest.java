package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.kernel.Kernels;
import org.junit.jupiter.api.Test;

class BprLossTest extends RankingLossContract {
  @Override
  protected RankingLoss loss(Kernels kernels) {
    return new BprLoss(kernels);
  }

  @Override
  protected double reference(Batch batch) {
    return ReferenceLosses.bpr(batch);
  }

  @Test
  void withOneNegativeItIsSoftmaxLossWithThePositiveAtTauOne() {
    Batch batch = cosines(9, 1, 40);
    ScoreBatch bpr = batch.toScoreBatch();
    ScoreBatch softmax = batch.toScoreBatch();

    assertThat(bpr.evaluate(new BprLoss()))
        .isCloseTo(softmax.evaluate(SoftmaxLoss.withPositive(1)), within(1e-6));
    for (int b = 0; b < 9; b++) {
      assertThat(bpr.positive(b)).isCloseTo(softmax.positive(b), within(1e-7f));
      assertThat(bpr.negative(b, 0)).isCloseTo(softmax.negative(b, 0), within(1e-7f));
    }
  }

  @Test
  void aPairFarInTheRightOrderCostsNothingAndOneFarInTheWrongOrderItsDistance() {
    ScoreBatch scores = new ScoreBatch(new int[] {0, 1}, 1);
    scores.setPositive(0, 500f);
    scores.setNegative(0, 0, -500f);
    scores.setPositive(1, -500f);
    scores.setNegative(1, 0, 500f);

    assertThat(scores.evaluate(new BprLoss())).isEqualTo(500);
    assertThat(scores.positive(0)).isGreaterThan(-1e-30f);
    assertThat(scores.positive(1)).isEqualTo(-0.5f);
    assertThat(scores.negative(1, 0)).isEqualTo(0.5f);
  }
}
