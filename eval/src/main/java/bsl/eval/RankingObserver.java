package bsl.eval;

/**
 * Sees every evaluated user's ranking in the evaluator's one pass, beside the metrics.
 *
 * <p>Called once per user, from many threads at once and in any order; what an observer sums up
 * must not depend on that order.
 */
@FunctionalInterface
public interface RankingObserver {
  /**
   * @param user the user
   * @param ranking the user's best items; valid only during the call
   */
  void ranked(int user, RankedItems ranking);
}
