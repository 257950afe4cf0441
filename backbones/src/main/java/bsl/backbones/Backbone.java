package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.optim.RowGradients;
import java.util.List;

/**
 * Turns parameters into final embeddings and gradients of final embeddings into parameter updates.
 * Knows nothing of losses.
 *
 * <p>Call order for one training step:
 *
 * <ul>
 *   <li>{@link #forward(Grouping, Grouping)} with the users and items that the step reads;
 *   <li>{@link #update} with the gradients of those rows.
 * </ul>
 */
public interface Backbone {
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
