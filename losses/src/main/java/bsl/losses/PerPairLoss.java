package bsl.losses;

/**
 * A loss in which a pair's share depends on its own positive and negatives alone: goes through a
 * tile row by row and checks what goes in and what comes out.
 */
abstract class PerPairLoss implements RankingLoss {
  @Override
  public final double evaluate(ScoreTile tile, PositiveSide positives) {
    double sum = 0;
    for (int r = 0; r < tile.rows(); r++) {
      int pair = tile.firstPair() + r;
      Finite.require(positives.score(pair), pair);
      double value =
          evaluate(positives, pair, tile.values(), tile.rowOffset(r), tile.columns(), tile.lanes());
      if (!(Math.abs(value) <= Double.MAX_VALUE)) {
        throw new NonFiniteScoreException(pair, value);
      }
      sum += value;
    }
    return sum / positives.size();
  }

  /**
   * Evaluates one pair: sets the gradient of its positive and replaces its negatives by their
   * gradient, both of the mean over all {@code positives.size()} pairs.
   *
   * @param scores the pair's negatives from {@code offset} on
   * @param n number of negatives, at least 1
   * @param lanes scratch of the kernels
   * @return the pair's loss; NaN or infinite if a score was
   */
  abstract double evaluate(
      PositiveSide positives, int pair, float[] scores, int offset, int n, float[] lanes);
}
