package bsl.benchmarks;

import bsl.losses.BilateralSoftmaxLoss;
import bsl.losses.RankingLoss;
import bsl.losses.SoftmaxLoss;

/** The losses measured, with hyper-parameters of the published range. */
public enum LossKind {
  /** Softmax loss. */
  SL {
    @Override
    RankingLoss create() {
      return new SoftmaxLoss(0.11);
    }
  },

  /** Bilateral softmax loss, code form, expectation over the user's positives in the batch. */
  BSL_MULTI {
    @Override
    RankingLoss create() {
      return BilateralSoftmaxLoss.codeForm(0.12, 1.12, BilateralSoftmaxLoss.Mode.MULTI);
    }
  };

  abstract RankingLoss create();
}
