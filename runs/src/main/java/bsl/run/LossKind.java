package bsl.run;

import bsl.losses.BilateralSoftmaxLoss;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import bsl.losses.BinaryCrossEntropyLoss;
import bsl.losses.BprLoss;
import bsl.losses.CosineContrastiveLoss;
import bsl.losses.MeanSquaredErrorLoss;
import bsl.losses.MeanVarianceLoss;
import bsl.losses.PairwiseSoftmaxLoss;
import bsl.losses.PairwiseSoftmaxLoss.Activation;
import bsl.losses.RankingLoss;
import bsl.losses.RenyiDivergenceLoss;
import bsl.losses.SoftmaxLoss;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/** The losses that a run can be trained with, made of its settings. */
public enum LossKind {
  /**
   * Softmax loss; in mode multi the code form of BSL with rho = 1, as the authors' logs have it.
   */
  SL(LossKind::softmax),
  /** Bilateral softmax loss, code form. */
  BSL(spec -> BilateralSoftmaxLoss.codeForm(spec.tau(), spec.tauRatio(), spec.mode())),
  /** Bilateral softmax loss, paper form. */
  BSL_PAPER(
      spec ->
          BilateralSoftmaxLoss.paperForm(spec.tau(), spec.tau() / spec.tauRatio(), spec.mode())),
  /** Bilateral softmax loss, power form. */
  BSL_POWER(
      spec ->
          BilateralSoftmaxLoss.powerForm(spec.tau(), spec.tau() / spec.tauRatio(), spec.mode())),
  /** Softmax loss with the positive in the denominator. */
  INFONCE(spec -> SoftmaxLoss.withPositive(spec.tau())),
  /** Bayesian personalised ranking. */
  BPR(spec -> new BprLoss()),
  /** Binary cross-entropy. */
  BCE(spec -> new BinaryCrossEntropyLoss(spec.negativeWeight())),
  /** Mean squared error. */
  MSE(spec -> new MeanSquaredErrorLoss(spec.negativeWeight())),
  /** Cosine contrastive loss. */
  CCL(spec -> new CosineContrastiveLoss(spec.negativeWeight(), spec.margin())),
  /** Pairwise softmax loss with 1 + tanh. */
  PSL_TANH(spec -> new PairwiseSoftmaxLoss(Activation.TANH, spec.tau())),
  /** Pairwise softmax loss with 1 + atan. */
  PSL_ATAN(spec -> new PairwiseSoftmaxLoss(Activation.ATAN, spec.tau())),
  /** Pairwise softmax loss with max(0, 1 + d). */
  PSL_RELU(spec -> new PairwiseSoftmaxLoss(Activation.RELU, spec.tau())),
  /** Mean and variance of the negatives, to which softmax loss comes at large tau. */
  MEAN_VARIANCE(spec -> new MeanVarianceLoss(spec.tau(), spec.varianceWeight())),
  /** Rényi-divergence loss. */
  RENYI(spec -> new RenyiDivergenceLoss(spec.order(), spec.margin(), spec.negativeWeight()));

  private final Function<RunSpec, RankingLoss> maker;

  LossKind(Function<RunSpec, RankingLoss> maker) {
    this.maker = maker;
  }

  private static RankingLoss softmax(RunSpec spec) {
    return spec.mode() == Mode.REWEIGHT
        ? new SoftmaxLoss(spec.tau())
        : BilateralSoftmaxLoss.codeForm(spec.tau(), 1, spec.mode());
  }

  /** The name in settings, e.g. {@code bsl-paper}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The loss with a run's parameters. */
  RankingLoss create(RunSpec spec) {
    return maker.apply(spec);
  }

  /** The names of all losses. */
  static String[] keys() {
    return Arrays.stream(values()).map(LossKind::key).toArray(String[]::new);
  }

  /** The loss of that name, which has been checked. */
  static LossKind of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
