package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;

/**
 * LightGCN with the term of NCL, without prototypes: they move with the embeddings that differences
 * are taken of, while the gradient has them fixed; see {@link ContrastiveTermsTest}.
 */
class NclContractTest extends BackboneContract {
  private static final ContrastSettings SETTINGS = new ContrastSettings(0.7, 0.3, 30, 5);

  @Override
  protected Backbone backbone(
      Interactions pairs, Embeddings initial, Kernels kernels, WorkPool pool) {
    return new LightGcn(
        new LayerMean(NormalizedGraph.of(pairs), initial, 3, kernels, pool),
        new ShallowSteps(0, 0),
        Penalised.ALL_LAYERS,
        new Ncl(pairs, initial, 0, 3, 5, SETTINGS, kernels, pool),
        Adam.Mode.DENSE,
        kernels,
        pool);
  }
}
