package bsl.compare;

import bsl.eval.PerUserMetrics;
import bsl.run.CatalogueUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Outcomes with the metrics by user that {@code golden.py} has drawn. */
final class GoldenOutcomes {
  static final List<String> LOSSES = List.of("sl", "bsl", "bpr", "bce", "mse");
  private static final CatalogueUse USE =
      new CatalogueUse(0.5, 0.25, 40, Collections.nCopies(10, 0.02));

  private GoldenOutcomes() {}

  /** The outcomes of contestants, the best first. */
  static List<Outcome> of(List<Contestant> contestants, long seeds) throws IOException {
    return of(contestants, seeds, Integer.MAX_VALUE);
  }

  /** The same of the first users alone. */
  static List<Outcome> of(List<Contestant> contestants, long seeds, int users) throws IOException {
    Map<String, List<Map<String, String>>> rows = new LinkedHashMap<>();
    for (Map<String, String> row : Rows.of("per-user.csv")) {
      String key = row.get("model") + " " + row.get("seed");
      List<Map<String, String>> its = rows.computeIfAbsent(key, any -> new ArrayList<>());
      if (its.size() < users) {
        its.add(row);
      }
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Contestant contestant : contestants) {
      TreeMap<Long, SeedOutcome> bySeed = new TreeMap<>();
      for (long seed = 1; seed <= seeds; seed++) {
        bySeed.put(seed, outcome(rows.get(contestant.name() + " " + seed), contestant, seed));
      }
      outcomes.add(new Outcome(contestant, bySeed));
    }
    outcomes.sort(Ranking.by("ndcg@20"));
    return outcomes;
  }

  private static SeedOutcome outcome(
      List<Map<String, String>> users, Contestant contestant, long seed) {
    Map<String, double[]> values = new LinkedHashMap<>();
    for (String metric : ComparisonRequest.METRICS) {
      values.put(
          metric, users.stream().mapToDouble(u -> Double.parseDouble(u.get(metric))).toArray());
    }
    int[] ids = users.stream().mapToInt(u -> Integer.parseInt(u.get("user"))).toArray();
    PerUserMetrics perUser = PerUserMetrics.of(ids, values);
    Path folder = Path.of("runs", contestant.name() + "-" + seed);
    return new SeedOutcome(
        perUser.mean().asMap(), perUser, USE, 10 * seed, 0.5, 1, 7, 6, "validation", folder);
  }
}
