package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.kernel.Kernels;
import org.junit.jupiter.api.Test;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.la.DenseVector;

class BinaryCrossEntropyLossTest extends RankingLossContract {
  @Override
  protected RankingLoss loss(Kernels kernels) {
    return new BinaryCrossEntropyLoss(0.25, kernels);
  }

  @Override
  protected double reference(Batch batch) {
    return ReferenceLosses.binaryCrossEntropy(batch, 0.25);
  }

  /** Logistic regression on two classes, whose logits are the score and zero. */
  @Test
  void agreesWithTribuosLogMulticlassOnTwoClasses() {
    Batch batch = cosines(1, 12, 41);
    ScoreBatch scores = batch.toScoreBatch();
    double value = scores.evaluate(new BinaryCrossEntropyLoss());
    double expected = 0;
    for (int j = 0; j <= 12; j++) {
      var logits = DenseVector.createDenseVector(new double[] {batch.scores()[0][j], 0});
      var oracle = new LogMulticlass().lossAndGradient(j == 0 ? 0 : 1, logits);
      expected -= oracle.getA();
      double slope = j == 0 ? scores.positive(0) : scores.negative(0, j - 1);
      assertThat(slope).isCloseTo(-oracle.getB().get(0), within(1e-6));
    }

    assertThat(value).isCloseTo(expected, within(1e-5));
  }

  @Test
  void refusesWeightsThatAreNone() {
    for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new BinaryCrossEntropyLoss(weight))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("negative weight must be positive and finite");
    }
    assertThatThrownBy(() -> new BinaryCrossEntropyLoss(1e19))
        .hasMessage("negative weight must be between 1.0E-18 and 1.0E18: 1.0E19");
  }
}
