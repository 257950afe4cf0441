package bsl.backbones;

import bsl.backbones.LayerMean.LayerNoise;
import bsl.backbones.LayerMean.LayerTerm;
import bsl.core.Embeddings;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.MiniBatch;

/**
 * A term that is added to the ranking loss, such as a contrastive loss between two views of the
 * graph. {@link LightGcn} takes one and back-propagates both together.
 *
 * <p>Call order: {@link #beginEpoch} before the term's first step of an epoch; then for each step
 *
 * <ul>
 *   <li>{@link #beginStep}, which says which nodes' final embeddings the term reads;
 *   <li>{@link #noise}, which the forward pass adds to its layers;
 *   <li>{@link #evaluate} with that forward pass, for the value and the gradient with respect to
 *       final embeddings;
 *   <li>{@link #ofLayers}, during back-propagation, for the gradient with respect to single layers;
 *   <li>{@link #addGradient} for whatever reaches the parameters by other ways.
 * </ul>
 *
 * <p>Shallow steps (see {@link ShallowSteps}) leave the term out.
 *
 * <p>What a term draws at random it draws from streams named by the run's seed, the epoch and the
 * step, and it keeps nothing else from step to step that the parameters do not determine. Then a
 * continued training has the bits of one that was not interrupted.
 */
public interface AuxiliaryTerm {
  /** No term. */
  AuxiliaryTerm NONE = (pass, users, items) -> 0;

  /**
   * Number of layers beyond layer 0 that the forward pass must have, because the term reads single
   * layers of it.
   */
  default int layers() {
    return 0;
  }

  /**
   * Begins an epoch: the place to draw views and to cluster embeddings.
   *
   * @param epoch number of the epoch, counted from 1
   * @param parameters the parameters as they are then, to be read only
   */
  default void beginEpoch(int epoch, Embeddings parameters) {}

  /**
   * Begins a step, before the forward pass.
   *
   * @param batch pairs, and negatives where it is a mini-batch of pairs; unchanged until the end of
   *     the step
   * @param step number of optimiser steps before this one
   * @return nodes of whom {@link #evaluate} reads the final embeddings or layers, beside those that
   *     the mini-batch reads
   */
  default NodeSample beginStep(MiniBatch batch, int step) {
    return NodeSample.NONE;
  }

  /** What the forward pass of this step adds to its layers. Evaluation has none. */
  default LayerNoise noise() {
    return LayerNoise.NONE;
  }

  /**
   * Evaluates the term, and adds the gradient with respect to final embeddings.
   *
   * @param pass layers and means of the forward pass
   * @param users gradient with respect to final embeddings of users; rows of all users of the
   *     mini-batch and of {@link #beginStep} are there, to be added to
   * @param items the same of items
   * @return the term's value, its weight included
   */
  double evaluate(LayerMean pass, RowGradients users, RowGradients items);

  /** What the term says of single layers of the forward pass, after {@link #evaluate}. */
  default LayerTerm ofLayers() {
    return LayerTerm.NONE;
  }

  /**
   * Adds the gradient that reaches the parameters by other ways than the forward pass.
   *
   * @param gradient gradient with respect to the parameters, of all rows; added to
   */
  default void addGradient(Embeddings gradient) {}
}
