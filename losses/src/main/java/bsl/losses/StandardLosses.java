package bsl.losses;

import static bsl.losses.LossParameters.MARGIN;
import static bsl.losses.LossParameters.MODE;
import static bsl.losses.LossParameters.NEGATIVE_WEIGHT;
import static bsl.losses.LossParameters.ORDER;
import static bsl.losses.LossParameters.TAU;
import static bsl.losses.LossParameters.TAU_RATIO;
import static bsl.losses.LossParameters.VARIANCE_WEIGHT;

import bsl.core.Hyperparameter;
import bsl.core.HyperparameterValues;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import bsl.losses.PairwiseSoftmaxLoss.Activation;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The losses of this project by name. Adding one is a line here. */
final class StandardLosses {
  /** All of them, in the order in which they are listed to users. */
  static final List<LossKind> ALL =
      List.of(
          kind("sl", "softmax loss; with mode multi it is bsl at ratio 1", StandardLosses::softmax)
              .reading(TAU, MODE),
          kind(
                  "bsl",
                  "bilateral softmax loss as the authors' code has it",
                  v -> BilateralSoftmaxLoss.codeForm(tau(v), real(v, TAU_RATIO), mode(v)))
              .reading(TAU, TAU_RATIO, MODE),
          kind(
                  "bsl-paper",
                  "bilateral softmax loss as the paper writes it",
                  v -> BilateralSoftmaxLoss.paperForm(tau(v), tauOfNegatives(v), mode(v)))
              .reading(TAU, TAU_RATIO, MODE),
          kind(
                  "bsl-power",
                  "bilateral softmax loss, the negative side to the power of 1 / tau_ratio",
                  v -> BilateralSoftmaxLoss.powerForm(tau(v), tauOfNegatives(v), mode(v)))
              .reading(TAU, TAU_RATIO, MODE),
          kind(
                  "infonce",
                  "softmax loss with the positive in the denominator",
                  v -> SoftmaxLoss.withPositive(tau(v)))
              .reading(TAU),
          kind("bpr", "Bayesian personalised ranking", v -> new BprLoss()).reading(),
          kind("bce", "binary cross-entropy", v -> new BinaryCrossEntropyLoss(weight(v)))
              .reading(NEGATIVE_WEIGHT),
          kind("mse", "mean squared error", v -> new MeanSquaredErrorLoss(weight(v)))
              .reading(NEGATIVE_WEIGHT),
          kind(
                  "ccl",
                  "cosine contrastive loss",
                  v -> new CosineContrastiveLoss(weight(v), real(v, MARGIN)))
              .reading(NEGATIVE_WEIGHT, MARGIN),
          kind(
                  "psl-tanh",
                  "pairwise softmax loss with 1 + tanh",
                  v -> new PairwiseSoftmaxLoss(Activation.TANH, tau(v)))
              .reading(TAU),
          kind(
                  "psl-atan",
                  "pairwise softmax loss with 1 + atan",
                  v -> new PairwiseSoftmaxLoss(Activation.ATAN, tau(v)))
              .reading(TAU),
          kind(
                  "psl-relu",
                  "pairwise softmax loss with max(0, 1 + d)",
                  v -> new PairwiseSoftmaxLoss(Activation.RELU, tau(v)))
              .reading(TAU),
          kind(
                  "mean-variance",
                  "mean and variance of the negatives, which softmax loss tends to at large tau",
                  v -> new MeanVarianceLoss(tau(v), real(v, VARIANCE_WEIGHT)))
              .reading(TAU, VARIANCE_WEIGHT),
          kind(
                  "renyi",
                  "robust loss over a Renyi-divergence ball",
                  v -> new RenyiDivergenceLoss(real(v, ORDER), real(v, MARGIN), weight(v)))
              .reading(ORDER, MARGIN, NEGATIVE_WEIGHT));

  private StandardLosses() {}

  private static RankingLoss softmax(HyperparameterValues values) {
    return mode(values) == Mode.REWEIGHT
        ? new SoftmaxLoss(tau(values))
        : BilateralSoftmaxLoss.codeForm(tau(values), 1, mode(values));
  }

  private static double real(HyperparameterValues values, Hyperparameter parameter) {
    return values.real(parameter.name());
  }

  private static double tau(HyperparameterValues values) {
    return real(values, TAU);
  }

  private static double tauOfNegatives(HyperparameterValues values) {
    return tau(values) / real(values, TAU_RATIO);
  }

  private static double weight(HyperparameterValues values) {
    return real(values, NEGATIVE_WEIGHT);
  }

  private static Mode mode(HyperparameterValues values) {
    return Mode.valueOf(values.text(MODE.name()).toUpperCase(Locale.ROOT));
  }

  private static Unread kind(
      String name, String description, Function<HyperparameterValues, RankingLoss> maker) {
    return new Unread(name, description, maker);
  }

  /** A kind of which it is not said yet what it reads. */
  private record Unread(
      String name, String description, Function<HyperparameterValues, RankingLoss> maker) {
    LossKind reading(Hyperparameter... parameters) {
      return new Standard(name, description, List.of(parameters), maker);
    }
  }

  private record Standard(
      String name,
      String description,
      List<Hyperparameter> parameters,
      Function<HyperparameterValues, RankingLoss> maker)
      implements LossKind {
    @Override
    public RankingLoss create(HyperparameterValues values) {
      return maker.apply(values);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
