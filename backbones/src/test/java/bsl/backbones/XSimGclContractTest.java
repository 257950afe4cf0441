package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;

/** LightGCN with the noise and the term of XSimGCL. */
class XSimGclContractTest extends ContrastiveContract {
  @Override
  AuxiliaryTerm term(
      Interactions pairs,
      NormalizedGraph graph,
      Embeddings initial,
      Kernels kernels,
      WorkPool pool) {
    return new XSimGcl(pairs, initial, 1, 0.2, SETTINGS, kernels, pool);
  }

  @Override
  int meanFrom() {
    return 1;
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
