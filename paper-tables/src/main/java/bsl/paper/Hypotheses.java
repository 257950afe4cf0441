package bsl.paper;

import bsl.eval.CrossedSample;
import bsl.eval.Evidence;
import bsl.eval.Judged;
import bsl.eval.PairedSample;
import bsl.eval.PerUserMetrics;
import bsl.eval.RelativeLead;
import bsl.eval.SeedSample;
import bsl.eval.Selection;
import bsl.eval.Selection.OnTest;
import bsl.eval.Selection.OnValidation;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes the hypotheses of claims out of finished runs. Runs are paired by seed, and their users by
 * user. Where users' metrics are lacking, the effect is that of the runs' results, and the
 * hypothesis says what is missing.
 */
final class Hypotheses {
  /** "At least as good" allows for so much less, as a share of the reference's mean. */
  static final double MARGIN = 0.005;

  private final FinishedRuns runs;

  Hypotheses(FinishedRuns runs) {
    this.runs = runs;
  }

  /** A cell is better than a reference. */
  Hypothesis better(String key, Cell cell, Cell reference) {
    return better(key, cell, reference, 0);
  }

  /** A cell is at least as good as a reference: not worse by the margin or more. */
  Hypothesis atLeast(String key, Cell cell, Cell reference) {
    return better(key, cell, reference, -MARGIN);
  }

  /**
   * A cell is better than a reference by more than a share of the reference's mean.
   *
   * @param key the metric, for example {@code ndcg@20}
   */
  Hypothesis better(String key, Cell cell, Cell reference, double share) {
    double mean = runs.metric(reference, key).mean();
    Optional<String> lack = lacking(cell, reference);
    String text =
        String.format(
            Locale.ROOT, "%s %.5f against %.5f", name(key), runs.metric(cell, key).mean(), mean);
    if (mean == 0) {
      Evidence difference =
          lack.isEmpty()
              ? CrossedSample.ofDifferences(pairs(key, cell, reference))
              : SeedSample.of(differences(key, cell, reference, 1));
      return new Hypothesis(text, difference, 0, 1, "%+.5f", lack);
    }
    Evidence lead =
        lack.isEmpty()
            ? RelativeLead.of(pairs(key, cell, reference))
            : SeedSample.of(differences(key, cell, reference, mean));
    return new Hypothesis(text, lead, share, 100, "%+.1f%%", lack);
  }

  /** A metric's name for people: {@code NDCG@20}. */
  private static String name(String key) {
    return key.startsWith("ndcg")
        ? key.toUpperCase(Locale.ROOT)
        : Character.toUpperCase(key.charAt(0)) + key.substring(1);
  }

  /** Differences of the runs' results, a seed each, in a unit. */
  private double[] differences(String key, Cell cell, Cell reference, double unit) {
    return IntStream.range(0, cell.seeds())
        .mapToDouble(
            s -> runs.metric(cell.runs().get(s), key) - runs.metric(reference.runs().get(s), key))
        .map(difference -> difference / unit)
        .toArray();
  }

  /**
   * A number that is a sum of ratios of two cells' means, each with a weight, is above 0. Slopes of
   * a relative lead and differences of shares that are kept are such numbers.
   *
   * @param text the numbers that were compared, for people
   * @param scale what the number is multiplied by when it is shown
   * @param pattern how it is shown then
   */
  Hypothesis ratios(String text, String key, List<Ratio> ratios, double scale, String pattern) {
    Cell any = ratios.get(0).first();
    Optional<String> lack =
        lacking(
            ratios.stream().flatMap(r -> Stream.of(r.first(), r.second())).toArray(Cell[]::new));
    Evidence evidence =
        lack.isEmpty()
            ? CrossedSample.of(
                IntStream.range(0, any.seeds()).mapToObj(s -> byUser(key, ratios, s)).toList())
            : SeedSample.of(
                IntStream.range(0, any.seeds())
                    .mapToDouble(s -> ratios.stream().mapToDouble(r -> r.of(key, s, runs)).sum())
                    .toArray());
    return new Hypothesis(text, evidence, 0, scale, pattern, lack);
  }

  /**
   * A ratio of two cells' means.
   *
   * @param weight what it is multiplied by
   */
  record Ratio(double weight, Cell first, Cell second) {
    private double of(String key, int seed, FinishedRuns runs) {
      return weight
          * runs.metric(first.runs().get(seed), key)
          / runs.metric(second.runs().get(seed), key);
    }
  }

  private double[] byUser(String key, List<Ratio> ratios, int seed) {
    double[] sum = null;
    for (Ratio ratio : ratios) {
      double[] byUser = pairs(key, ratio.first(), ratio.second()).get(seed).ratioByUser();
      sum = sum == null ? new double[byUser.length] : sum;
      double[] total = sum;
      Arrays.setAll(total, u -> total[u] + ratio.weight() * byUser[u]);
    }
    return sum;
  }

  /** The first thing that is missing for a test over users, if anything is. */
  private Optional<String> lacking(Cell... cells) {
    return Stream.of(cells)
        .flatMap(cell -> cell.runs().stream())
        .filter(run -> runs.perUser(run).isEmpty())
        .findFirst()
        .map(run -> runs.link(run) + " has neither metrics by user nor its model");
  }

  private List<PairedSample> pairs(String key, Cell cell, Cell reference) {
    return runs.result(cell.first()).selectedOn().equals("test")
        ? pairs(new OnTest(), key, cell, reference)
        : pairs(new OnValidation(), key, cell, reference);
  }

  private <S extends Selection> List<PairedSample> pairs(
      S selection, String key, Cell cell, Cell reference) {
    List<PairedSample> pairs = new ArrayList<>();
    for (int s = 0; s < cell.seeds(); s++) {
      Judged<S> first = judged(selection, cell.runs().get(s));
      pairs.add(first.against(judged(selection, reference.runs().get(s)), key));
    }
    return pairs;
  }

  private <S extends Selection> Judged<S> judged(S selection, RunSpec run) {
    boolean onTest = runs.result(run).selectedOn().equals("test");
    if (onTest != selection instanceof OnTest) {
      throw new IllegalStateException(runs.link(run) + " was not selected " + selection);
    }
    PerUserMetrics metrics = runs.perUser(run).orElseThrow();
    return new Judged<>(selection, metrics);
  }
}
