package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.sampling.MiniBatch;

/**
 * A term that is added to the ranking loss, such as a contrastive loss between two views of the
 * graph. A backbone that takes one back-propagates the ranking loss and adds the term's gradient.
 *
 * <p>What a term draws at random it draws from streams named by the run's seed, the epoch and the
 * step, and it keeps nothing else from step to step that the parameters do not determine. Then a
 * continued training has the bits of one that was not interrupted.
 */
public interface AuxiliaryTerm {
  /** No term. */
  AuxiliaryTerm NONE = (batch, step, parameters, gradient) -> 0;

  /**
   * Begins an epoch: the place to draw views and to cluster embeddings.
   *
   * @param epoch number of the epoch, counted from 1
   * @param parameters the parameters as they are then
   */
  default void beginEpoch(int epoch, Embeddings parameters) {}

  /**
   * Evaluates the term for a mini-batch and adds its gradient.
   *
   * @param batch pairs and negatives of the step
   * @param step number of optimiser steps before this one
   * @param parameters the parameters, to be read only
   * @param gradient gradient with respect to the parameters, of all rows; added to
   * @return the term's value, its weight included
   */
  double addGradient(MiniBatch batch, int step, Embeddings parameters, Embeddings gradient);
}
