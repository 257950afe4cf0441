package bsl.losses;

/**
 * Another loss, but with the derivative with respect to the first pair's positive score doubled:
 * not a gradient of anything, but what the reference implementation steps along with in-batch
 * negatives.
 *
 * <p>It moves each row's positive score to column 0 by exchanging two elements in place, by index
 * lists. Row 0's element is exchanged with itself, stands in the lists twice, and automatic
 * differentiation counts it twice. One pair in B is affected: what is learnt hardly changes, but
 * traces of the reference implementation are met only with it.
 */
public final class FirstPositiveTwice implements RankingLoss {
  private final RankingLoss loss;

  /**
   * @param loss the loss whose values are kept
   */
  public FirstPositiveTwice(RankingLoss loss) {
    this.loss = loss;
  }

  @Override
  public void preparePositives(PositiveSide positives) {
    loss.preparePositives(positives);
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
