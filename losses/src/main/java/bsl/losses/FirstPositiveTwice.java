package bsl.losses;

/**
 * Repeats a peculiarity of the reference implementation, so that its traces can be followed: with
 * in-batch negatives it counts the derivative of the first pair's positive twice. Everything else
 * is as the wrapped loss has it.
 *
 * <p>The cause: the reference moves each row's positive score to column 0 by exchanging two
 * elements in place, by lists of indices. The element of row 0 is exchanged with itself and stands
 * in the lists twice, so automatic differentiation counts it twice. One pair in B is affected, and
 * what is learnt hardly changes.
 */
public final class FirstPositiveTwice implements RankingLoss {
  private final RankingLoss loss;

  /**
   * Wraps a loss.
   *
   * @param loss the loss whose values are kept
   */
  public FirstPositiveTwice(RankingLoss loss) {
    this.loss = loss;
  }

  @Override
  public void preparePositives(PositiveSide positives, int begin, int end) {
    loss.preparePositives(positives, begin, end);
  }

  @Override
  public double evaluate(ScoreTile tile, PositiveSide positives) {
    double value = loss.evaluate(tile, positives);
    if (tile.firstPair() == 0 && tile.rows() > 0) {
      positives.setGradient(0, 2 * positives.gradient(0));
    }
    return value;
  }

  @Override
  public String toString() {
    return "FirstPositiveTwice[" + loss + "]";
  }
}
