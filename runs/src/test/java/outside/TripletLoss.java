package outside;

import bsl.core.Hyperparameter;
import bsl.core.HyperparameterValues;
import bsl.core.ValueRange;
import bsl.losses.LossKind;
import bsl.losses.PositiveSide;
import bsl.losses.RankingLoss;
import bsl.losses.ScoreTile;
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
    double gap = values.real(GAP.name());
    return (tile, positives) -> evaluate(gap, tile, positives);
  }

  private static double evaluate(double gap, ScoreTile tile, PositiveSide positives) {
    double weight = 1.0 / ((double) positives.size() * tile.columns());
    double sum = 0;
    for (int r = 0; r < tile.rows(); r++) {
      int pair = tile.firstPair() + r;
      double pull = 0;
      for (int n = tile.rowOffset(r); n < tile.rowOffset(r) + tile.columns(); n++) {
        double missing = gap + tile.values()[n] - positives.score(pair);
        tile.values()[n] = missing > 0 ? (float) weight : 0f;
        if (missing > 0) {
          sum += weight * missing;
          pull += weight;
        }
      }
      positives.setGradient(pair, (float) -pull);
    }
    return sum;
  }
}
