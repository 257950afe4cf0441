package bsl.losses;

/**
 * A loss that a recommender is trained with. It compares the scores of a user's positives with the
 * scores of negatives, and is averaged over the B observed pairs of a mini-batch.
 *
 * <p>A <i>row</i> is one user with one or more positives and N negatives that all of them are
 * compared with. The row of a single positive is the pair-wise case. Negatives may have weights
 * ({@link NegativeWeights}): one with weight w counts as w negatives.
 *
 * <p>Call order for one mini-batch:
 *
 * <ul>
 *   <li>{@link #preparePositives} for every group of positives, on any threads;
 *   <li>{@link #evaluate} once per tile of rows, in any order and on any threads, after the groups
 *       of the tile's positives; each call replaces the tile's scores by the gradient and writes
 *       {@link PositiveSide#gradient} of the rows' pairs;
 *   <li>the value of the batch is the sum of what the calls returned.
 * </ul>
 *
 * <p><b>What scores are allowed.</b> Scores of magnitude up to {@link #LARGEST_SCORE} give a finite
 * value and finite derivatives, with every parameter that a loss accepts, where no negative weighs
 * more than 1. Larger scores and weights do so, or are a {@link NonFiniteScoreException} that names
 * the pair; they never lead to an infinite or undefined derivative unnoticed. A negative at minus
 * infinity adds nothing to a sum, except in losses that say so, where it is an error. It still is
 * one of the N negatives that a mean is taken over. A weight of 0 leaves a negative out. A pair
 * without any finite negative may be an error or have a finite value, as the loss has it. NaN and
 * plus infinity are errors.
 *
 * <p><b>How exact it is.</b> Scores are single precision and are divided by a temperature in single
 * precision. So an exponent s / tau is known to a relative 2^-24 or so: a value is off by up to |s|
 * / tau times that, a derivative by that in proportion. At cosines and temperatures from 0.05 on
 * this is about 1e-6; at a score of 50 and tau 0.01 it is 3e-4. Sums over the negatives of a row
 * are in single precision, too, in lanes that are added up at the end. Their rounding grows with
 * the number of negatives. Where all scores are the same, as before a training, it does not average
 * out: with 40,000 a value was off by 3e-5, with 192,000 by 1.6e-4, with a million by 9e-4.
 *
 * <p>Implementations are immutable. With vector kernels they allocate nothing.
 */
public interface RankingLoss {
  /** Scores of this magnitude and below never overflow. */
  float LARGEST_SCORE = 1e15f;

  /**
   * Works out what couples the positives of a group: the expectation over positives of {@link
   * BilateralSoftmaxLoss}. Does nothing for losses without such a coupling.
   *
   * @param positives positive scores of all B pairs, in groups
   * @param begin the first group to prepare
   * @param end one past the last group to prepare
   * @throws NonFiniteScoreException if a positive score that is read is NaN or infinite
   */
  default void preparePositives(PositiveSide positives, int begin, int end) {}

  /**
   * Evaluates some rows of the batch.
   *
   * @param tile the rows' negative scores; overwritten with d (mean loss) / d score
   * @param positives the batch's positive side, prepared; its gradient is written for the pairs of
   *     these rows, with d (mean loss) / d score
   * @return the rows' share of the mean loss: the sum of their pairs' losses divided by B
   * @throws NonFiniteScoreException if a score is not allowed; rows of the tile may then hold
   *     scores or derivatives
   */
  double evaluate(ScoreTile tile, PositiveSide positives);
}
