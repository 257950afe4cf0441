package bsl.run;

import bsl.backbones.MatrixFactorization;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;

/**
 * What a backbone is made of.
 *
 * @param spec the run's settings
 * @param train the pairs to train on, which also are the graph of graph backbones
 * @param stepsPerEpoch steps that an epoch has
 * @param kernels implementation of the inner loops
 * @param pool threads; the result must not depend on how many
 */
public record BackboneInput(
    RunSpec spec, Interactions train, int stepsPerEpoch, Kernels kernels, WorkPool pool) {
  /** Fresh embeddings of all users and items, drawn from the run's seed; new with each call. */
  public Embeddings initialEmbeddings() {
    return MatrixFactorization.initial(train.users(), train.items(), spec.dimension(), spec.seed());
  }
}
