package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;

class LightGcnContractTest extends BackboneContract {
  @Override
  protected Backbone backbone(
      Interactions pairs, Embeddings initial, Kernels kernels, WorkPool pool) {
    return new LightGcn(NormalizedGraph.of(pairs), initial, 3, Penalised.ALL_LAYERS, kernels, pool);
  }
}
