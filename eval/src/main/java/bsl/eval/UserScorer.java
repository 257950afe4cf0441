package bsl.eval;

/**
 * Lets the evaluator rank with any model, not only embeddings: gives a user's scores of all items.
 *
 * <p>It is called from many threads at once, and once per user. What it gives for a user should not
 * depend on the users before.
 */
@FunctionalInterface
public interface UserScorer {
  /**
   * Sets the score of every item, masked ones included; the higher, the better.
   *
   * @param user the user
   * @param scores receives one score per item. The array is filled with NaN beforehand, so that an
   *     item without a score is an error and not another user's score. It is valid only during the
   *     call
   */
  void score(int user, float[] scores);
}
