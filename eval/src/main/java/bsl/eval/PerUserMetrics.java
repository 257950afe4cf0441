package bsl.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The metrics of each evaluated user, for significance tests that pair two models user by user.
 *
 * <p>All arrays run over the users with at least one relevant item, ascending by user. Immutable.
 */
public final class PerUserMetrics {
  private final int[] users;
  private final Map<String, double[]> values;

  /** Takes the arrays over: one per key, as long as {@code users}. */
  PerUserMetrics(int[] users, Map<String, double[]> values) {
    this.users = users;
    this.values = values;
  }

  /** A copy of the evaluated users, ascending. */
  public int[] users() {
    return users.clone();
  }

  /** The keys such as {@code recall@20}, in the order of {@link RankingMetrics#asMap}. */
  public Set<String> keys() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /**
   * A copy of a metric's values, one per user of {@link #users}.
   *
   * @param key for example {@code recall@20}
   * @throws IllegalArgumentException if it was not computed
   */
  public double[] values(String key) {
    double[] found = values.get(key);
    if (found == null) {
      throw new IllegalArgumentException("no metric " + key + "; there are " + values.keySet());
    }
    return found.clone();
  }

  /** The averages over users, the same bits as the evaluator's. */
  public RankingMetrics mean() {
    Map<String, Double> means = new LinkedHashMap<>();
    values.forEach((key, perUser) -> means.put(key, mean(perUser)));
    return new RankingMetrics(users.length, means);
  }

  private static double mean(double[] perUser) {
    ExactSums sum = new ExactSums(1, perUser.length);
    for (double value : perUser) {
      sum.add(0, value);
    }
    return sum.mean(0);
  }
}
