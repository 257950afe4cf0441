package bsl.run;

import bsl.losses.BilateralSoftmaxLoss;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import bsl.losses.BinaryCrossEntropyLoss;
import bsl.losses.BprLoss;
import bsl.losses.CosineContrastiveLoss;
import bsl.losses.MeanSquaredErrorLoss;
import bsl.losses.PairwiseSoftmaxLoss;
import bsl.losses.PairwiseSoftmaxLoss.Activation;
import bsl.losses.RankingLoss;
import bsl.losses.RenyiDivergenceLoss;
import bsl.losses.SoftmaxLoss;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/** The losses a run can be trained with, and which settings each of them reads. */
public enum LossKind {
  /**
   * Softmax loss; in mode multi the code form of BSL with rho = 1, as the authors' logs have it.
   */
  SL("tau, mode", LossKind::softmax),
  /** Bilateral softmax loss, code form. */
  BSL(
      "tau, tau_ratio, mode",
      spec -> BilateralSoftmaxLoss.codeForm(spec.tau(), spec.tauRatio(), spec.mode())),
  /** Bilateral softmax loss, paper form. */
  BSL_PAPER(
      "tau, tau_ratio, mode",
      spec ->
          BilateralSoftmaxLoss.paperForm(spec.tau(), spec.tau() / spec.tauRatio(), spec.mode())),
  /** Bilateral softmax loss, power form. */
  BSL_POWER(
      "tau, tau_ratio, mode",
      spec ->
          BilateralSoftmaxLoss.powerForm(spec.tau(), spec.tau() / spec.tauRatio(), spec.mode())),
  /** Softmax loss with the positive in the denominator. */
  INFONCE("tau", spec -> SoftmaxLoss.withPositive(spec.tau())),
  /** Bayesian personalised ranking. */
  BPR("", spec -> new BprLoss()),
  /** Binary cross-entropy. */
  BCE("negative_weight", spec -> new BinaryCrossEntropyLoss(spec.negativeWeight())),
  /** Mean squared error. */
  MSE("negative_weight", spec -> new MeanSquaredErrorLoss(spec.negativeWeight())),
  /** Cosine contrastive loss. */
  CCL(
      "negative_weight, margin",
      spec -> new CosineContrastiveLoss(spec.negativeWeight(), spec.margin())),
  /** Pairwise softmax loss with 1 + tanh. */
  PSL_TANH("tau", spec -> new PairwiseSoftmaxLoss(Activation.TANH, spec.tau())),
  /** Pairwise softmax loss with 1 + atan. */
  PSL_ATAN("tau", spec -> new PairwiseSoftmaxLoss(Activation.ATAN, spec.tau())),
  /** Pairwise softmax loss with max(0, 1 + d). */
  PSL_RELU("tau", spec -> new PairwiseSoftmaxLoss(Activation.RELU, spec.tau())),
  /** Rényi-divergence loss. */
  RENYI(
      "order, margin, negative_weight",
      spec -> new RenyiDivergenceLoss(spec.order(), spec.margin(), spec.negativeWeight()));

  private final String reads;
  private final Function<RunSpec, RankingLoss> maker;

  LossKind(String reads, Function<RunSpec, RankingLoss> maker) {
    this.reads = reads;
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

  /** The settings that this loss reads, separated by commas. */
  public String reads() {
    return reads;
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
