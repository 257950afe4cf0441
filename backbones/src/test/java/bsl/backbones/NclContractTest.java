package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;

/**
 * LightGCN with the term of NCL, without prototypes: they move with the embeddings that differences
 * are taken of, while the gradient has them fixed; see {@link NclWithPrototypesContractTest}.
 */
class NclContractTest extends ContrastiveContract {
  @Override
  AuxiliaryTerm term(
      Interactions pairs,
      NormalizedGraph graph,
      Embeddings initial,
      Kernels kernels,
      WorkPool pool) {
    return new Ncl(pairs, initial, 0, 3, 5, SETTINGS, kernels, pool);
  }
}
