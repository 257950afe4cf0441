package bsl.eval;

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
   * Ranks that it looks at, at most; an evaluator whose largest cutoff is smaller refuses it. 0,
   * the default, takes as many as there are.
   */
  default int cutoff() {
    return 0;
  }
}
