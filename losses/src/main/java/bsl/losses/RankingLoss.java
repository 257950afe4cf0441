package bsl.losses;

/**
 * A loss over the scores of B observed pairs, each with one positive and N negatives, averaged over
 * the pairs.
 *
 * <p>Call order for one mini-batch:
 *
 * <ul>
 *   <li>{@link #preparePositives} once, with the positive scores of the whole batch;
 *   <li>{@link #evaluate} once per tile of rows, in any order and on any threads; each call
 *       replaces the tile's scores by the gradient and writes the rows of {@link
 *       PositiveSide#gradient};
 *   <li>the value of the batch is the sum of what the calls returned.
 * </ul>
 *
 * <p>Implementations are immutable, allocate nothing, and never overflow: whatever temperature and
 * finite scores they are given, value and gradient are finite as long as they are representable.
 */
public interface RankingLoss {
  /**
   * Works out what couples the positives of one user across the batch. Does nothing for losses
   * without such a coupling.
   *
   * @param positives positive scores of all B pairs, grouped by user
   * @throws NonFiniteScoreException if a positive score that is read is NaN or infinite
   */
  default void preparePositives(PositiveSide positives) {}

  /**
   * Evaluates some rows of the batch.
   *
   * @param tile the rows' negative scores; overwritten with d (mean loss) / d score
   * @param positives the batch's positive side, prepared; its gradient is written for these rows,
   *     with d (mean loss) / d score
   * @return the rows' share of the mean loss: the sum of their losses divided by B
   * @throws NonFiniteScoreException if a score is NaN or plus infinity; a negative at minus
   *     infinity weighs nothing, except in {@link MeanSquaredErrorLoss}, where it is an error
   */
  double evaluate(ScoreTile tile, PositiveSide positives);
}
