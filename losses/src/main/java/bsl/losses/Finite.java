package bsl.losses;

/** Checks scores on their way into a loss. */
final class Finite {
  private Finite() {}

  static float require(float score, int pair) {
    if (!(Math.abs(score) <= Float.MAX_VALUE)) {
      throw new NonFiniteScoreException(pair, score);
    }
    return score;
  }
}
