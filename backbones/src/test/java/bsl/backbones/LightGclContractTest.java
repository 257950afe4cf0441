package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;

/** LightGCN with the term of LightGCL, whose gradient takes two products back. */
class LightGclContractTest extends ContrastiveContract {
  ContrastCandidates candidates() {
    return ContrastCandidates.STEP;
  }

  ScoreFunction score() {
    return ScoreFunction.COSINE;
  }

  @Override
  AuxiliaryTerm term(
      Interactions pairs,
      NormalizedGraph graph,
      Embeddings initial,
      Kernels kernels,
      WorkPool pool) {
    TruncatedSvd svd = TruncatedSvd.of(graph, 3, SETTINGS.seed(), kernels, pool);
    return new LightGcl(pairs, graph, svd, initial, candidates(), score(), SETTINGS, kernels, pool);
  }
}
