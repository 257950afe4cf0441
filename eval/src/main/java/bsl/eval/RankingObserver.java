package bsl.eval;

import bsl.core.Interactions;

/**
 * Sees every evaluated user's ranking while the evaluator computes its metrics, so that other
 * statistics need no second pass.
 *
 * <p>It is called once per user, from many threads at once and in any order. What an observer sums
 * up must not depend on that order.
 */
@FunctionalInterface
public interface RankingObserver {
  /**
   * Takes a user's ranking.
   *
   * @param user the user
   * @param ranking the user's best items; valid only during the call
   */
  void ranked(int user, RankedItems ranking);

  /**
   * Is told before the first ranking what is to be found. Does nothing, unless an observer checks
   * that it was made for these pairs.
   *
   * @param relevant the evaluator's pairs to be found
   * @throws IllegalArgumentException if it was made for others
   * @throws IllegalStateException if it is for one evaluation and has seen one
   */
  default void begins(Interactions relevant) {}

  /**
   * Ranks that it looks at, at most; an evaluator whose largest cutoff is smaller refuses it. 0,
   * the default, takes as many as there are.
   */
  default int cutoff() {
    return 0;
  }
}
