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

/**
 * A loss that belongs to another project: the mean over negatives of max(0, gap + negative -
 * positive).
 */
public final class TripletLoss implements LossKind {
  private static final Hyperparameter GAP =
      new Hyperparameter(
          "triplet_gap",
          "0.5",
          ValueRange.positive(),
          "how far a positive is to be above the negatives in triplet");

  @Override
  public String name() {
    return "triplet";
  }

  @Override
  public String description() {
    return "triplet loss";
  }

  @Override
  public List<Hyperparameter> parameters() {
    return List.of(GAP);
  }

  @Override
  public RankingLoss create(HyperparameterValues values) {
    return new Loss(values.real(GAP.name()));
  }

  private static final class Loss extends PairwiseLoss {
    private final double gap;

    Loss(double gap) {
      this.gap = gap;
    }

    @Override
    protected double evaluatePair(PositiveSide positives, int pair, NegativeScores negatives) {
      float[] scores = negatives.values();
      float[] weights = negatives.weights();
      double sum = 0;
      double pull = 0;
      for (int j = 0; j < negatives.count(); j++) {
        int at = negatives.offset() + j;
        double share = (weights == null ? 1 : weights[j]) / negatives.total();
        double missing = gap + scores[at] - positives.score(pair);
        double slope = missing > 0 ? share / positives.size() : 0;
        scores[at] = (float) slope;
        sum += share * Math.max(0, missing);
        pull += slope;
      }
      positives.setGradient(pair, (float) -pull);
      return sum;
    }
  }
}
