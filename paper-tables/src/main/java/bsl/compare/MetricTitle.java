package bsl.compare;

import java.util.Locale;
import java.util.Set;

/** Names metrics for people. */
final class MetricTitle {
  private static final Set<String> ABBREVIATIONS = Set.of("ndcg", "mrr", "map");

  private MetricTitle() {}

  /**
   * For example {@code NDCG@20} for {@code ndcg@20}, and {@code Recall@20} for {@code recall@20}.
   */
  static String of(String metric) {
    String name = metric.substring(0, metric.indexOf('@'));
    String rest = metric.substring(name.length());
    return ABBREVIATIONS.contains(name)
        ? name.toUpperCase(Locale.ROOT) + rest
        : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + rest;
  }
}
