package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;

/** NGCF with message dropout: training does not read what evaluation reads. */
class NgcfWithDropoutContractTest extends NgcfContractTest {
  @Override
  protected Backbone backbone(
      Interactions pairs, Embeddings initial, Kernels kernels, WorkPool pool) {
    return new Ngcf(
        NormalizedGraph.of(pairs), initial, 2, 0.4, Penalised.LAYER_ZERO, 1, kernels, pool);
  }

  @Override
  protected boolean trainsOnFinalEmbeddings() {
    return false;
  }
}
