package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;

class DelayedLightGcnContractTest extends BackboneContract {
  /** Where the gradient of the last window is in the state, beside the parameters of its side. */
  private static final int DELAYED = 6;

  @Override
  protected Backbone backbone(
      Interactions pairs, Embeddings initial, Kernels kernels, WorkPool pool) {
    return new DelayedLightGcn(
        new LayerMean(NormalizedGraph.of(pairs), initial, 3, kernels, pool),
        new ShallowSteps(0, 1),
        Penalised.ALL_LAYERS,
        4,
        kernels,
        pool);
  }

  /** What a step says of layer 0 moves at once, the rest in the next window. */
  @Override
  protected double[] gradient(Backbone stepped, Trained table, int row) {
    double[] gradient = super.gradient(stepped, table, row);
    float[] delayed = stepped.state().get(DELAYED + table.parameters()).row(row);
    for (int d = 0; d < gradient.length; d++) {
      gradient[d] += delayed[d];
    }
    return gradient;
  }

  /** Layers are those of the window's beginning. */
  @Override
  protected boolean trainsOnFinalEmbeddings() {
    return false;
  }

  @Override
  protected boolean noiseReachesNodesWithoutPairs() {
    return false;
  }
}
