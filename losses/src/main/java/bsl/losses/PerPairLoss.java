package bsl.losses;

/**
 * Base class of losses that look at one pair at a time: the value of a pair depends on its own
 * positive and its own negatives.
 *
 * <p>The class goes through the rows of a tile, checks scores and results, and averages over the
 * batch. A subclass says what one pair costs. Its fields should be final, so that the loss can be
 * used from many threads at once.
 *
 * <p>A subclass may still couple the positives of a user in {@link #preparePositives} and read the
 * result in {@link #evaluatePair}.
 */
public abstract class PerPairLoss implements RankingLoss {
  /** For subclasses. */
  protected PerPairLoss() {}

  @Override
  public final double evaluate(ScoreTile tile, PositiveSide positives) {
    double sum = 0;
    for (int r = 0; r < tile.rows(); r++) {
      int pair = tile.firstPair() + r;
      NonFiniteScoreException.requireFinite(pair, positives.score(pair));
      double value =
          evaluatePair(
              positives, pair, tile.values(), tile.rowOffset(r), tile.columns(), tile.lanes());
      if (!(Math.abs(value) <= Double.MAX_VALUE)) {
        throw new NonFiniteScoreException(pair, value);
      }
      NonFiniteScoreException.requireFinite(pair, positives.gradient(pair));
      sum += value;
    }
    return sum / positives.size();
  }

  /**
   * Evaluates one pair. It must do three things:
   *
   * <ul>
   *   <li>return the loss of the pair;
   *   <li>set the derivative of the pair's positive, with {@link PositiveSide#setGradient};
   *   <li>replace the negatives by their derivatives.
   * </ul>
   *
   * <p>Derivatives are those of the mean over all {@code positives.size()} pairs, so they carry a
   * factor 1/B; the returned value does not. The method is called for every pair of every
   * mini-batch and should not allocate.
   *
   * @param positives the batch's positive side; the pair's own positive score is finite
   * @param pair index of the pair within the batch
   * @param scores holds the pair's negatives from {@code offset} on; other elements must be left
   *     alone. They may be NaN or infinite: then the returned value must be, too, unless the score
   *     is minus infinity and weighs nothing
   * @param offset index of the first negative
   * @param n number of negatives, at least 1
   * @param lanes scratch for the passes of {@link bsl.core.kernel.ScoreKernels}
   * @return the pair's loss; NaN or infinite if a score is, or is too large, which the caller makes
   *     a {@link NonFiniteScoreException} of
   */
  protected abstract double evaluatePair(
      PositiveSide positives, int pair, float[] scores, int offset, int n, float[] lanes);
}
