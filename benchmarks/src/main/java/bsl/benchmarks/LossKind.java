package bsl.benchmarks;

import bsl.losses.BilateralSoftmaxLoss;
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
import java.util.function.Supplier;

/** The losses measured, with hyper-parameters of the published range. */
public enum LossKind {
  /** Softmax loss. */
  SL(() -> new SoftmaxLoss(0.11)),
  /** Softmax loss with the positive in the denominator. */
  INFONCE(() -> SoftmaxLoss.withPositive(0.11)),
  /** Bilateral softmax loss, code form, expectation over the user's positives in the batch. */
  BSL_MULTI(() -> BilateralSoftmaxLoss.codeForm(0.12, 1.12, BilateralSoftmaxLoss.Mode.MULTI)),
  /** Bayesian personalised ranking. */
  BPR(BprLoss::new),
  /** Binary cross-entropy. */
  BCE(BinaryCrossEntropyLoss::new),
  /** Mean squared error. */
  MSE(MeanSquaredErrorLoss::new),
  /** Cosine contrastive loss. */
  CCL(() -> new CosineContrastiveLoss(5, 0.3)),
  /** Pairwise softmax loss with 1 + tanh. */
  PSL_TANH(() -> new PairwiseSoftmaxLoss(Activation.TANH, 0.06)),
  /** Pairwise softmax loss with 1 + atan. */
  PSL_ATAN(() -> new PairwiseSoftmaxLoss(Activation.ATAN, 0.06)),
  /** Pairwise softmax loss with max(0, 1 + d). */
  PSL_RELU(() -> new PairwiseSoftmaxLoss(Activation.RELU, 0.06)),
  /** Mean and variance of the negatives. */
  MEAN_VARIANCE(() -> new MeanVarianceLoss(0.1, 1)),
  /** Rényi-divergence loss. */
  RENYI(() -> new RenyiDivergenceLoss(1.2, -0.6, 1.2));

  private final Supplier<RankingLoss> maker;

  LossKind(Supplier<RankingLoss> maker) {
    this.maker = maker;
  }

  RankingLoss create() {
    return maker.get();
  }
}
