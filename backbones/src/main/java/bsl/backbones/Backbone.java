package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.MiniBatch;
import java.util.List;

/**
 * Turns parameters into final embeddings and gradients of final embeddings into parameter updates.
 * Knows nothing of ranking losses.
 *
 * <p>Call order in training:
 *
 * <ul>
 *   <li>{@link #beginEpoch} before the first step of an epoch; then for each step
 *   <li>{@link #beginStep} with its mini-batch;
 *   <li>{@link #forward(Grouping, Grouping)} with the users and items that the step reads;
 *   <li>{@link #update} with the gradients of those rows;
 *   <li>{@link #auxiliaryValue}.
 * </ul>
 */
public interface Backbone {
  /**
   * Begins an epoch, for backbones that draw something anew in each, such as a view of the graph.
   *
   * <p>What it does may depend on the run's seed, the epoch and {@link #state} only, so that a
   * continued training has the bits of one that was not interrupted.
   *
   * @param epoch number of the epoch, counted from 1
   */
  default void beginEpoch(int epoch) {}

  /**
   * Begins a step, for backbones with a term of their own over the mini-batch's pairs.
   *
   * @param batch pairs, and negatives where it is a mini-batch of pairs; unchanged until the end of
   *     the step
   */
  default void beginStep(MiniBatch batch) {}

  /**
   * Final embeddings, up to date at least for the given rows.
   *
   * @param users users about to be read (the keys)
   * @param items items about to be read (the keys)
   */
  Embeddings forward(Grouping users, Grouping items);

  /** Final embeddings, up to date for all rows. */
  Embeddings forward();

  /**
   * Back-propagates loss and L2 term and takes one optimiser step.
   *
   * <p>The L2 term is added here because only the backbone knows which embeddings it is over:
   * {@code penalty} times the squared norms of a row's embeddings, each time the row occurs.
   *
   * @param users gradient of the mean loss with respect to final user embeddings, with the rows'
   *     occurrences; overwritten
   * @param items the same of items
   * @param penalty weight of one squared norm, at least 0
   * @param learningRate step size
   * @return value of the L2 term before the step
   */
  double update(RowGradients users, RowGradients items, double penalty, double learningRate);

  /**
   * Value of the terms that the backbone added to the ranking loss in the last {@link #update},
   * weights included and the L2 term left out; 0 if it has none.
   */
  default double auxiliaryValue() {
    return 0;
  }

  /**
   * Everything that a continued training needs, up to date: parameters first, then the optimiser's
   * moments, always in the same order. The tables are the live ones: overwriting them and calling
   * {@link #resumeAt} restores a state.
   */
  List<EmbeddingTable> state();

  /**
   * Declares that {@link #state} has been overwritten with that of an earlier run.
   *
   * @param steps number of optimiser steps that run had taken
   */
  void resumeAt(int steps);

  /** Number of optimiser steps so far. */
  int steps();
}
