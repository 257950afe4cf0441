package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.MiniBatch;
import bsl.losses.RankingLoss;

/**
 * One step of training as far as the ranking loss goes: takes a mini-batch, says which embeddings
 * it reads, and computes loss and gradient with respect to them.
 *
 * <p>Call order: {@link #beginEpoch}; then for each step {@link #begin}, {@link #run}, and the
 * gradients.
 */
interface TrainingStep {
  /** Steps per epoch. */
  int steps();

  /** Begins an epoch, counted from 1. */
  void beginEpoch(int epoch);

  /** Takes another loss; not within a step. */
  void minimise(RankingLoss loss);

  /**
   * Takes the mini-batch of a step; {@link #users} and {@link #items} then say which rows will be
   * read.
   *
   * @param step number of the step within the epoch
   * @return its pairs, unchanged until the next call
   */
  MiniBatch begin(int step);

  /** Users that the step reads, as keys. */
  Grouping users();

  /** Items that the step reads, as keys. */
  Grouping items();

  /**
   * Computes loss and gradients.
   *
   * @param embeddings final embeddings, up to date for the step's rows
   * @param epoch names the dropout stream
   * @param step names the dropout stream
   * @return the mean loss of the pairs
   */
  double run(Embeddings embeddings, int epoch, int step);

  /** After {@link #run}: gradient of the loss with respect to user rows, and their occurrences. */
  RowGradients userGradients();

  /** After {@link #run}: gradient of the loss with respect to item rows, and their occurrences. */
  RowGradients itemGradients();
}
