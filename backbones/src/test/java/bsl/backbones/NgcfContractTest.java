package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;

class NgcfContractTest extends BackboneContract {
  private static final int LAYERS = 2;

  @Override
  protected Backbone backbone(
      Interactions pairs, Embeddings initial, Kernels kernels, WorkPool pool) {
    return new Ngcf(
        NormalizedGraph.of(pairs), initial, LAYERS, 0, Penalised.ALL_LAYERS, 1, kernels, pool);
  }

  @Override
  protected int width() {
    return DIMENSION * (LAYERS + 1);
  }

  /** Users and items, then weights and bias of each layer. */
  @Override
  protected List<Trained> trained() {
    int tables = 2 + 2 * LAYERS;
    List<Trained> trained = new ArrayList<>();
    trained.add(new Trained(0, tables));
    trained.add(new Trained(1, tables + 2));
    for (int t = 0; t < 2 * LAYERS; t++) {
      trained.add(new Trained(2 + t, tables + 4 + 2 * t));
    }
    return trained;
  }
}
