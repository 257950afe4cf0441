package bsl.losses;

/**
 * Says that a loss met a score that is NaN or infinite, or too large for what the loss makes of it.
 * In training that usually means that the model has diverged. The message names the pair within the
 * batch, or the first pair of a row whose negatives are to blame.
 */
public final class NonFiniteScoreException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  private final int pair;

  /**
   * An error about a pair.
   *
   * @param pair index of the pair within the batch
   * @param value the score, or the value or derivative that it leads to
   */
  public NonFiniteScoreException(int pair, double value) {
    super("pair " + pair + " of the batch has a score that leads to " + value);
    this.pair = pair;
  }

  /**
   * Checks a score.
   *
   * @param pair index of the pair within the batch
   * @param score the score
   * @return the score
   * @throws NonFiniteScoreException if it is NaN or infinite
   */
  public static float requireFinite(int pair, float score) {
    if (!(Math.abs(score) <= Float.MAX_VALUE)) {
      throw new NonFiniteScoreException(pair, score);
    }
    return score;
  }

  /** Index of the offending pair within the batch. */
  public int pair() {
    return pair;
  }
}
