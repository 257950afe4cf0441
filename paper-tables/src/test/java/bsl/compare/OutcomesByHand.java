package bsl.compare;

import bsl.eval.PerUserMetrics;
import bsl.run.CatalogueUse;
import bsl.run.Protocol;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Outcomes of losses on one backbone, whose metrics by user a test says. */
final class OutcomesByHand {
  static final ComparisonRequest REQUEST =
      TinyStore.request(GoldenOutcomes.LOSSES, List.of("popularity"), 5, Protocol.HELD_OUT);

  static final List<Contestant> CONTESTANTS = new Contestants(REQUEST).byDataset().get("mine");

  private static final CatalogueUse USE =
      new CatalogueUse(0.5, 0.25, 40, Collections.nCopies(10, 0.02));

  private OutcomesByHand() {}

  /** A contestant such as {@code mf-sl} and what it came to. */
  static Outcome of(String name, Map<Long, SeedOutcome> bySeed) {
    Contestant contestant =
        CONTESTANTS.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    TreeMap<Long, SeedOutcome> own = new TreeMap<>();
    bySeed.forEach((seed, of) -> own.put(seed, in(Path.of("runs", name + "-" + seed), of)));
    return new Outcome(contestant, own);
  }

  /** A seed of another run: each has a folder of its own. */
  private static SeedOutcome in(Path folder, SeedOutcome of) {
    return new SeedOutcome(
        of.metrics(),
        of.perUser(),
        of.use(),
        of.trainSeconds(),
        of.evalSeconds(),
        of.threads(),
        of.epochs(),
        of.bestEpoch(),
        of.selectedOn(),
        folder);
  }

  /** A seed with the same numbers for every metric, one per user, selected on validation pairs. */
  static SeedOutcome seed(double... byUser) {
    return seed("validation", IntStream.range(0, byUser.length).toArray(), byUser);
  }

  /** A seed selected on some set, or on none if that is empty, with these users' numbers. */
  static SeedOutcome seed(String selectedOn, int[] users, double... byUser) {
    Map<String, double[]> values = new LinkedHashMap<>();
    ComparisonRequest.METRICS.forEach(metric -> values.put(metric, byUser));
    return seed(selectedOn, PerUserMetrics.of(users, values));
  }

  /** A seed with numbers of its own for each metric. */
  static SeedOutcome seed(String selectedOn, PerUserMetrics perUser) {
    Path folder = Path.of("runs", "of " + selectedOn);
    return new SeedOutcome(
        perUser.mean().asMap(), perUser, USE, 1, 0.5, 1, 7, 6, selectedOn, folder);
  }
}
