package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;

/** LightGCN with the term of SimGCL, and without layer 0 in the mean. */
class SimGclContractTest extends ContrastiveContract {
  @Override
  AuxiliaryTerm term(
      Interactions pairs,
      NormalizedGraph graph,
      Embeddings initial,
      Kernels kernels,
      WorkPool pool) {
    LayerMean views = new LayerMean(graph, initial, LAYERS, meanFrom(), kernels, pool);
    return new SimGcl(pairs, views, 0.2, SETTINGS, kernels, pool);
  }

  @Override
  int meanFrom() {
    return 1;
  }
}
