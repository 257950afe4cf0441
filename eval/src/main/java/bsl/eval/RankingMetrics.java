package bsl.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Metrics averaged over the evaluated users, each user weighing the same.
 *
 * @param users number of users averaged: those with at least one relevant item. If it is 0, every
 *     metric is 0
 * @param asMap value by key such as {@code recall@20}, in the order of the cutoffs and within a
 *     cutoff in the order of {@link RankingMetric}; unmodifiable
 */
public record RankingMetrics(int users, Map<String, Double> asMap) {
  /** Keeps a copy of the map, in its order. */
  public RankingMetrics {
    asMap = Collections.unmodifiableMap(new LinkedHashMap<>(asMap));
  }

  /**
   * The value of a metric.
   *
   * @param key for example {@code recall@20}
   * @throws IllegalArgumentException if it was not computed
   */
  public double get(String key) {
    Double value = asMap.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no metric " + key + "; there are " + asMap.keySet());
    }
    return value;
  }

  /**
   * The value of a metric at a cutoff.
   *
   * @throws IllegalArgumentException if it was not computed
   */
  public double get(RankingMetric metric, int cutoff) {
    return get(metric.key(cutoff));
  }
}
