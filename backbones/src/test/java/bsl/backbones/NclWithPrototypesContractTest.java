package bsl.backbones;

import bsl.backbones.LayerMean.LayerTerm;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.MiniBatch;

/**
 * LightGCN with the term of NCL and its prototypes. Those of the first epoch are of the initial
 * embeddings even where a test has moved one of them, since the gradient has prototypes fixed.
 */
class NclWithPrototypesContractTest extends ContrastiveContract {
  @Override
  AuxiliaryTerm term(
      Interactions pairs,
      NormalizedGraph graph,
      Embeddings initial,
      Kernels kernels,
      WorkPool pool) {
    Ncl ncl = new Ncl(pairs, initial, 0.5, 3, 5, SETTINGS, kernels, pool);
    Embeddings first = initial.copy();
    return new AuxiliaryTerm() {
      @Override
      public int layers() {
        return ncl.layers();
      }

      @Override
      public void beginEpoch(int epoch, Embeddings parameters) {
        ncl.beginEpoch(epoch, epoch == 1 ? first : parameters);
      }

      @Override
      public NodeSample beginStep(MiniBatch batch, int step) {
        return ncl.beginStep(batch, step);
      }

      @Override
      public double evaluate(LayerMean pass, RowGradients users, RowGradients items) {
        return ncl.evaluate(pass, users, items);
      }

      @Override
      public LayerTerm ofLayers() {
        return ncl.ofLayers();
      }
    };
  }
}
