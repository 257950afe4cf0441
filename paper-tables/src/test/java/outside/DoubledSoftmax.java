package outside;

import bsl.core.Hyperparameter;
import bsl.core.HyperparameterValues;
import bsl.core.ValueRange;
import bsl.losses.LossKind;
import bsl.losses.RankingLoss;
import bsl.losses.SoftmaxLoss;
import java.util.List;

/** A loss that belongs to another project: softmax loss with half its temperature as parameter. */
public final class DoubledSoftmax implements LossKind {
  private static final Hyperparameter HALF =
      new Hyperparameter(
          "half_tau", "0.05", ValueRange.between(0.01, 10), "half the temperature of doubled");

  @Override
  public String name() {
    return "doubled";
  }

  @Override
  public String description() {
    return "softmax loss by half its temperature";
  }

  @Override
  public List<Hyperparameter> parameters() {
    return List.of(HALF);
  }

  @Override
  public RankingLoss create(HyperparameterValues values) {
    return new SoftmaxLoss(2 * values.real(HALF.name()));
  }
}
