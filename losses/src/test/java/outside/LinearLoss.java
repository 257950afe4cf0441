package outside;

import bsl.core.Hyperparameter;
import bsl.core.HyperparameterValues;
import bsl.core.ValueRange;
import bsl.losses.LossKind;
import bsl.losses.PositiveSide;
import bsl.losses.RankingLoss;
import bsl.losses.ScoreTile;
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
    double slope = values.real(SLOPE.name());
    return (tile, positives) -> evaluate(slope, tile, positives);
  }

  private static double evaluate(double slope, ScoreTile tile, PositiveSide positives) {
    double weight = slope / positives.size();
    double sum = 0;
    for (int r = 0; r < tile.rows(); r++) {
      int pair = tile.firstPair() + r;
      sum -= weight * positives.score(pair);
      positives.setGradient(pair, (float) -weight);
      for (int n = tile.rowOffset(r); n < tile.rowOffset(r) + tile.columns(); n++) {
        sum += weight / tile.columns() * tile.values()[n];
        tile.values()[n] = (float) (weight / tile.columns());
      }
    }
    return sum;
  }
}
