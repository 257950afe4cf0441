package bsl.cli;

import java.util.Locale;
import java.util.Map;

/** Metrics by cutoff as a small text table. */
final class MetricTable {
  private static final String[] METRICS = {"recall", "ndcg", "precision", "hitrate", "mrr", "map"};
  private static final int[] CUTOFFS = {5, 10, 15, 20};

  private MetricTable() {}

  static String of(Map<String, Double> metrics) {
    StringBuilder text = new StringBuilder("           ");
    for (int cutoff : CUTOFFS) {
      text.append(String.format(Locale.ROOT, "%9s", "@" + cutoff));
    }
    for (String metric : METRICS) {
      text.append(String.format(Locale.ROOT, "%n%-11s", metric));
      for (int cutoff : CUTOFFS) {
        text.append(String.format(Locale.ROOT, "%9.5f", metrics.get(metric + "@" + cutoff)));
      }
    }
    return text.toString();
  }
}
