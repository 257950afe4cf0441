package bsl.losses;

import bsl.core.Hyperparameter;
import bsl.core.ValueRange;

/** The parameters that the losses of this project read. Other losses may share them. */
public final class LossParameters {
  private static final ValueRange WEIGHT =
      ValueRange.between(Parameter.LOWEST_WEIGHT, Parameter.HIGHEST_WEIGHT);

  /** Temperature. */
  public static final Hyperparameter TAU =
      new Hyperparameter(
          "tau",
          "0.1",
          ValueRange.between(Parameter.LOWEST_TEMPERATURE, Parameter.HIGHEST_TEMPERATURE),
          "temperature (of the positives in bsl-paper and bsl-power)");

  /** The ratio rho of bilateral losses. */
  public static final Hyperparameter TAU_RATIO =
      new Hyperparameter(
          "tau_ratio",
          "1.0",
          WEIGHT,
          "rho, power of the negative side in bsl; temperature of the positives over that of the"
              + " negatives in bsl-paper and bsl-power");

  /** The expectation over positives, see {@link BilateralSoftmaxLoss.Mode}. */
  public static final Hyperparameter MODE =
      new Hyperparameter(
          "mode",
          "multi",
          ValueRange.choice("multi", "reweight"),
          "expectation over positives: over the user's pairs in the mini-batch, or the single pair");

  /** Weight of the negatives. */
  public static final Hyperparameter NEGATIVE_WEIGHT =
      new Hyperparameter(
          "negative_weight",
          "1",
          WEIGHT,
          "weight of a negative in bce and mse, of their mean in ccl and renyi");

  /** Score below which a negative does not count. */
  public static final Hyperparameter MARGIN =
      new Hyperparameter(
          "margin",
          "0",
          ValueRange.between(-Parameter.HIGHEST_MARGIN, Parameter.HIGHEST_MARGIN),
          "score below which a negative does not count in ccl and renyi");

  /** Weight of the variance. */
  public static final Hyperparameter VARIANCE_WEIGHT =
      new Hyperparameter(
          "variance_weight",
          "1",
          ValueRange.atLeastZero(),
          "weight of the variance over negatives in mean-variance");

  /** Order of the divergence. */
  public static final Hyperparameter ORDER =
      new Hyperparameter(
          "order",
          "2",
          ValueRange.between(RenyiDivergenceLoss.LOWEST_ORDER, RenyiDivergenceLoss.HIGHEST_ORDER),
          "order of the divergence in renyi");

  private LossParameters() {}
}
