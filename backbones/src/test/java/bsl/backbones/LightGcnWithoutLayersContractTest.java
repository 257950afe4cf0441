package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;

/** LightGCN in steps without layers, whose parameters are what a step trains. */
class LightGcnWithoutLayersContractTest extends BackboneContract {
  @Override
  protected Backbone backbone(
      Interactions pairs, Embeddings initial, Kernels kernels, WorkPool pool) {
    return new LightGcn(
        new LayerMean(NormalizedGraph.of(pairs), initial, 2, kernels, pool),
        new ShallowSteps(Integer.MAX_VALUE, 0),
        Penalised.LAYER_ZERO,
        AuxiliaryTerm.NONE,
        Adam.Mode.CLOSED_FORM,
        kernels,
        pool);
  }

  @Override
  protected double momentOfGradient() {
    return 0.09;
  }

  @Override
  protected boolean trainsOnFinalEmbeddings() {
    return false;
  }
}
