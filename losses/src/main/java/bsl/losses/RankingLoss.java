package bsl.losses;

/**
 * A loss that a recommender is trained with: over the scores of B observed pairs, each with one
 * positive and N negatives, averaged over the pairs.
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
 * <p><b>What scores are allowed.</b> Scores of magnitude up to {@link #LARGEST_SCORE} always give a
 * finite value and finite derivatives, with every parameter that a loss accepts. Larger ones do so,
 * or are a {@link NonFiniteScoreException} that names the pair; they never lead to an infinite or
 * undefined derivative unnoticed. A negative at minus infinity weighs nothing, except in losses
 * that say so, where it is an error. NaN, plus infinity, and a pair without any finite negative are
 * errors.
 *
 * <p><b>How exact it is.</b> Scores are single precision and are divided by a temperature in single
 * precision. So an exponent s / tau is known to a relative 2^-24 or so: a value is off by up to |s|
 * / tau times that, a derivative by that in proportion. At cosines and temperatures from 0.05 on
 * this is about 1e-6; at a score of 50 and tau 0.01 it is 3e-4.
 *
 * <p>Implementations are immutable and allocate nothing.
 */
public interface RankingLoss {
  /** Scores of this magnitude and below never overflow. */
  float LARGEST_SCORE = 1e15f;

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
   * @throws NonFiniteScoreException if a score is not allowed; rows of the tile may then hold
   *     scores or derivatives
   */
  double evaluate(ScoreTile tile, PositiveSide positives);
}
