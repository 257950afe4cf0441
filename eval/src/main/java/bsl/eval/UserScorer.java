package bsl.eval;

/**
 * Scores all items for a user: any model, not only embeddings. Called from many threads at once.
 */
@FunctionalInterface
public interface UserScorer {
  /**
   * Fills in the scores; the higher, the better.
   *
   * @param user the user
   * @param scores receives one score per item; none may be NaN
   */
  void score(int user, float[] scores);
}
