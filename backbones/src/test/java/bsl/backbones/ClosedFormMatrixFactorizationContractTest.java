package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;

class ClosedFormMatrixFactorizationContractTest extends BackboneContract {
  @Override
  protected Backbone backbone(
      Interactions pairs, Embeddings initial, Kernels kernels, WorkPool pool) {
    return new MatrixFactorization(initial, Adam.Mode.CLOSED_FORM, kernels, pool);
  }

  /** Moments are decayed for the next step. */
  @Override
  protected double momentOfGradient() {
    return 0.9 * 0.1;
  }
}
