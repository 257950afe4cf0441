package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;

/** LightGCN with the term of SGL. */
class SglContractTest extends ContrastiveContract {
  ContrastCandidates candidates() {
    return ContrastCandidates.STEP;
  }

  @Override
  AuxiliaryTerm term(
      Interactions pairs,
      NormalizedGraph graph,
      Embeddings initial,
      Kernels kernels,
      WorkPool pool) {
    return new Sgl(pairs, initial, LAYERS, 0.3, candidates(), SETTINGS, kernels, pool);
  }
}
