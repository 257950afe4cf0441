package bsl.losses;

/**
 * Base class of losses that look at one row at a time: some positives of one user, and the
 * negatives that all of them are compared with.
 *
 * <p>The class goes through the rows of a tile, checks scores and results, and averages over the
 * batch. A subclass says what one row costs. Its fields should be final, so that the loss can be
 * used from many threads at once.
 *
 * <p>A subclass may still couple positives in {@link #preparePositives} and read the result in
 * {@link #evaluateRow}.
 */
public abstract class PerUserLoss implements RankingLoss {
  /** For subclasses. */
  protected PerUserLoss() {}

  @Override
  public final double evaluate(ScoreTile tile, PositiveSide positives) {
    double sum = 0;
    for (int r = 0; r < tile.rows(); r++) {
      int begin = tile.positivesBegin(r);
      int end = tile.positivesEnd(r);
      for (int pair = begin; pair < end; pair++) {
        NonFiniteScoreException.requireFinite(pair, positives.score(pair));
      }
      double value = evaluateRow(positives, begin, end, tile.row(r));
      if (!(Math.abs(value) <= Double.MAX_VALUE)) {
        throw new NonFiniteScoreException(begin, value);
      }
      for (int pair = begin; pair < end; pair++) {
        NonFiniteScoreException.requireFinite(pair, positives.gradient(pair));
      }
      sum += value;
    }
    return sum / positives.size();
  }

  /**
   * Evaluates one row. It must do three things:
   *
   * <ul>
   *   <li>return the sum of the losses of the row's pairs, each with all negatives;
   *   <li>set the derivative of each positive, with {@link PositiveSide#setGradient};
   *   <li>replace the negatives by their derivatives.
   * </ul>
   *
   * <p>Derivatives are those of the mean over all {@code positives.size()} pairs, so they carry a
   * factor 1/B; the returned value does not. The method is called for every row of every mini-batch
   * and should not allocate.
   *
   * @param positives the batch's positive side; the row's own positive scores are finite
   * @param begin the row's first pair; there is at least one
   * @param end one past the row's last pair
   * @param negatives the row's negatives. They may be NaN or infinite: then the returned value must
   *     be, too, unless the score is minus infinity and weighs nothing
   * @return sum of the losses of the row's pairs; NaN or infinite if a score is, or is too large,
   *     which the caller makes a {@link NonFiniteScoreException} of
   */
  protected abstract double evaluateRow(
      PositiveSide positives, int begin, int end, NegativeScores negatives);
}
