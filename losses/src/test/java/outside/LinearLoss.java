package outside;

import bsl.core.Hyperparameter;
import bsl.core.HyperparameterValues;
import bsl.core.ValueRange;
import bsl.losses.LossKind;
import bsl.losses.NegativeScores;
import bsl.losses.PairwiseLoss;
import bsl.losses.PositiveSide;
import bsl.losses.RankingLoss;
import java.util.List;

/** A loss that belongs to another project: slope times (mean negative - positive). */
public final class LinearLoss implements LossKind {
  private static final Hyperparameter SLOPE =
      new Hyperparameter("slope", "1", ValueRange.positive(), "slope of the loss");

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public String description() {
    return "mean negative minus positive";
  }

  @Override
  public List<Hyperparameter> parameters() {
    return List.of(SLOPE);
  }

  @Override
  public RankingLoss create(HyperparameterValues values) {
    return new Loss(values.real(SLOPE.name()));
  }

  private static final class Loss extends PairwiseLoss {
    private final double slope;

    Loss(double slope) {
      this.slope = slope;
    }

    @Override
    protected double evaluatePair(PositiveSide positives, int pair, NegativeScores negatives) {
      float[] scores = negatives.values();
      float[] weights = negatives.weights();
      double factor = slope / positives.size();
      double mean = 0;
      for (int j = 0; j < negatives.count(); j++) {
        double share = (weights == null ? 1 : weights[j]) / negatives.total();
        mean += share * scores[negatives.offset() + j];
        scores[negatives.offset() + j] = (float) (factor * share);
      }
      positives.setGradient(pair, (float) -factor);
      return slope * (mean - positives.score(pair));
    }
  }
}
