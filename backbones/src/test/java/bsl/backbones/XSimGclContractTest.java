package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;

/** LightGCN with the noise and the term of XSimGCL. */
class XSimGclContractTest extends BackboneContract {
  private static final int LAYERS = 2;
  private static final ContrastSettings SETTINGS = new ContrastSettings(0.7, 0.3, 30, 5);

  @Override
  protected Backbone backbone(
      Interactions pairs, Embeddings initial, Kernels kernels, WorkPool pool) {
    NormalizedGraph graph = NormalizedGraph.of(pairs);
    LayerMean propagation = new LayerMean(graph, initial, LAYERS, 1, kernels, pool);
    AuxiliaryTerm term = new XSimGcl(pairs, initial, 1, 0.2, SETTINGS, kernels, pool);
    return new LightGcn(
        propagation,
        new ShallowSteps(0, 0),
        Penalised.ALL_LAYERS,
        term,
        Adam.Mode.DENSE,
        kernels,
        pool);
  }

  @Override
  protected boolean trainsOnFinalEmbeddings() {
    return false;
  }

  /** Rows of zeros have no orthant in which noise could lie. */
  @Override
  protected boolean noiseReachesNodesWithoutPairs() {
    return false;
  }
}
