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

  /**
   * Metrics that were kept, for example in a file.
   *
   * @param users the evaluated users, ascending
   * @param values by key such as {@code recall@20}, one per user, in [0, 1] as every metric is
   * @throws IllegalArgumentException if the users do not ascend, there are not as many values as
   *     users, or a value is not in [0, 1]
   */
  public static PerUserMetrics of(int[] users, Map<String, double[]> values) {
    for (int u = 1; u < users.length; u++) {
      if (users[u] <= users[u - 1]) {
        throw new IllegalArgumentException("users do not ascend at " + users[u]);
      }
    }
    Map<String, double[]> copies = new LinkedHashMap<>();
    values.forEach(
        (key, perUser) -> {
          if (perUser.length != users.length) {
            throw new IllegalArgumentException(
                perUser.length + " values of " + key + " for " + users.length + " users");
          }
          for (double value : perUser) {
            if (!(value >= 0 && value <= 1)) {
              throw new IllegalArgumentException(
                  "a user has " + key + " " + value + ", which is not in [0, 1]");
            }
          }
          copies.put(key, perUser.clone());
        });
    return new PerUserMetrics(users.clone(), copies);
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
