package bsl.losses;

/** A score handed to a loss was NaN or infinite; the message names the pair within the batch. */
public final class NonFiniteScoreException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  private final int pair;

  /**
   * @param pair index of the pair within the batch
   * @param value what was found
   */
  NonFiniteScoreException(int pair, double value) {
    super("pair " + pair + " of the batch has a score that leads to " + value);
    this.pair = pair;
  }

  /** Index of the offending pair within the batch. */
  public int pair() {
    return pair;
  }
}
