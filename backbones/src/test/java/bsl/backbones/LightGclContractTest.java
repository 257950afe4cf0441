package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;

/** LightGCN with the term of LightGCL, whose gradient takes two products back. */
class LightGclContractTest extends BackboneContract {
  private static final int LAYERS = 3;
  private static final int RANK = 3;
  private static final ContrastSettings SETTINGS = new ContrastSettings(0.7, 0.3, 30, 5);

  @Override
  protected Backbone backbone(
      Interactions pairs, Embeddings initial, Kernels kernels, WorkPool pool) {
    NormalizedGraph graph = NormalizedGraph.of(pairs);
    TruncatedSvd svd = TruncatedSvd.of(graph, RANK, SETTINGS.seed(), kernels, pool);
    return new LightGcn(
        new LayerMean(graph, initial, LAYERS, kernels, pool),
        new ShallowSteps(0, 0),
        Penalised.ALL_LAYERS,
        new LightGcl(pairs, graph, svd, initial, SETTINGS, kernels, pool),
        Adam.Mode.DENSE,
        kernels,
        pool);
  }
}
