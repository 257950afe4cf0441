package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;

/** {@link BackboneContract} for LightGCN with an auxiliary term. */
abstract class ContrastiveContract extends BackboneContract {
  /** Layers of the backbone; a gradient takes products of its own from the third on. */
  static final int LAYERS = 3;

  /** Fewer pairs than there are, so that steps differ in their nodes. */
  static final ContrastSettings SETTINGS = new ContrastSettings(0.7, 0.3, 30, 5);

  /** First layer of the mean. */
  int meanFrom() {
    return 0;
  }

  /** The term. */
  abstract AuxiliaryTerm term(
      Interactions pairs,
      NormalizedGraph graph,
      Embeddings initial,
      Kernels kernels,
      WorkPool pool);

  @Override
  protected final Backbone backbone(
      Interactions pairs, Embeddings initial, Kernels kernels, WorkPool pool) {
    NormalizedGraph graph = NormalizedGraph.of(pairs);
    return new LightGcn(
        new LayerMean(graph, initial, LAYERS, meanFrom(), kernels, pool),
        new ShallowSteps(0, 0),
        Penalised.ALL_LAYERS,
        term(pairs, graph, initial, kernels, pool),
        Adam.Mode.DENSE,
        kernels,
        pool);
  }
}
