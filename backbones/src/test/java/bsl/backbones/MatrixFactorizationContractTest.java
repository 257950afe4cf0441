package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;

class MatrixFactorizationContractTest extends BackboneContract {
  @Override
  protected Backbone backbone(
      Interactions pairs, Embeddings initial, Kernels kernels, WorkPool pool) {
    return new MatrixFactorization(initial, Adam.Mode.LAZY, kernels, pool);
  }
}
