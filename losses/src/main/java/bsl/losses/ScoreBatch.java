package bsl.losses;

/**
 * The simple way to use a loss: a whole mini-batch of scores in one array.
 *
 * <pre>{@code
 * ScoreBatch batch = new ScoreBatch(users, negatives);      // B users, N negatives per pair
 * batch.setPositive(b, score);  batch.setNegative(b, j, score);
 * double loss = batch.evaluate(new SoftmaxLoss(0.1));      // scores become gradients
 * float slope = batch.negative(b, j);                       // d (mean loss) / d score
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class ScoreBatch {
  private final PositiveSide positives = new PositiveSide();
  private final ScoreTile tile = new ScoreTile();
  private final float[] negatives;
  private final int pairs;
  private final int columns;
  private boolean evaluated;

  /**
   * @param users user of each of the B pairs, indices at least 0
   * @param negativesPerPair number of negatives N per pair, at least 1
   */
  public ScoreBatch(int[] users, int negativesPerPair) {
    pairs = users.length;
    columns = negativesPerPair;
    positives.reset(users, pairs);
    negatives = new float[Math.multiplyExact(pairs, columns)];
    tile.view(negatives, 0, columns, 0, pairs, columns);
  }

  /** Sets the score of a pair's positive item. */
  public void setPositive(int pair, float score) {
    evaluated = false;
    positives.setScore(pair, score);
  }

  /** Sets the score of a pair's j-th negative item. */
  public void setNegative(int pair, int j, float score) {
    evaluated = false;
    negatives[pair * columns + j] = score;
  }

  /**
   * Replaces all scores by the derivatives of the mean loss. Set every score again before the next
   * call.
   *
   * @return the loss, averaged over the pairs
   * @throws NonFiniteScoreException if a score is NaN or plus infinity; see {@link RankingLoss}
   */
  public double evaluate(RankingLoss loss) {
    loss.preparePositives(positives);
    double value = loss.evaluate(tile, positives);
    evaluated = true;
    return value;
  }

  /** After {@link #evaluate}: derivative with respect to the pair's positive; before: its score. */
  public float positive(int pair) {
    return evaluated ? positives.gradient(pair) : positives.score(pair);
  }

  /** After {@link #evaluate}: derivative with respect to the j-th negative; before: its score. */
  public float negative(int pair, int j) {
    return negatives[pair * columns + j];
  }
}
