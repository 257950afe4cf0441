package bsl.eval;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The definitions taken literally, as an oracle: every score in {@code double}, every ranking by a
 * full sort, every metric from sets.
 */
final class BruteForce {
  private final Interactions relevant;
  private final List<Interactions> masked;
  private final ScoreFunction score;

  BruteForce(Interactions relevant, List<Interactions> masked, ScoreFunction score) {
    this.relevant = relevant;
    this.masked = masked;
    this.score = score;
  }

  /** All unmasked items, best first. */
  List<Integer> ranking(Embeddings embeddings, int user) {
    double[] scores = new double[embeddings.items().rows()];
    List<Integer> ranking = new ArrayList<>();
    for (int item = 0; item < scores.length; item++) {
      scores[item] = score(embeddings, user, item);
      int candidate = item;
      if (masked.stream().noneMatch(m -> m.contains(user, candidate))) {
        ranking.add(item);
      }
    }
    ranking.sort(
        Comparator.comparing((Integer item) -> -scores[item] + 0.0)
            .thenComparing(Comparator.naturalOrder()));
    return ranking;
  }

  double score(Embeddings embeddings, int user, int item) {
    float[] u = embeddings.users().row(user);
    float[] i = embeddings.items().row(item);
    double product = product(u, i);
    if (score == ScoreFunction.INNER_PRODUCT) {
      return product;
    }
    double norms = Math.sqrt(product(u, u)) * Math.sqrt(product(i, i));
    return norms == 0 ? 0 : product / norms;
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (double) a[d] * b[d];
    }
    return sum;
  }

  /** Metrics of one user by key. */
  Map<String, Double> metrics(Embeddings embeddings, int user, int... cutoffs) {
    Set<Integer> wanted = new HashSet<>();
    for (int item : relevant.itemsOf(user)) {
      wanted.add(item);
    }
    List<Integer> ranking = ranking(embeddings, user);
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (int k : cutoffs) {
      List<Integer> first = ranking.subList(0, Math.min(k, ranking.size()));
      double hits = first.stream().filter(wanted::contains).count();
      double gained = 0;
      for (int item : wanted) {
        if (first.contains(item)) {
          gained += 1 / log2(first.indexOf(item) + 2);
        }
      }
      double ideal = 0;
      for (int rank = 1; rank <= Math.min(k, wanted.size()); rank++) {
        ideal += 1 / log2(rank + 1);
      }
      metrics.put("recall@" + k, hits / wanted.size());
      metrics.put("ndcg@" + k, gained / ideal);
      metrics.put("precision@" + k, hits / k);
      double firstHit = 0;
      double precisions = 0;
      for (int rank = first.size(); rank >= 1; rank--) {
        if (wanted.contains(first.get(rank - 1))) {
          firstHit = rank;
          precisions +=
              first.subList(0, rank).stream().filter(wanted::contains).count() / (double) rank;
        }
      }
      metrics.put("hitrate@" + k, hits > 0 ? 1.0 : 0.0);
      metrics.put("mrr@" + k, firstHit > 0 ? 1 / firstHit : 0);
      metrics.put("map@" + k, precisions / Math.min(k, wanted.size()));
    }
    return metrics;
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  /** A table with the given rows. */
  static EmbeddingTable table(float[]... rows) {
    EmbeddingTable table = new EmbeddingTable(rows.length, rows[0].length);
    for (int r = 0; r < rows.length; r++) {
      table.setRow(r, rows[r]);
    }
    return table;
  }
}
