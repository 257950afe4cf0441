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
import java.util.function.Function;
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

  /** Share of the terms of a sum below which it is a matter of rounding. */
  private static final double ROUNDING = 1e-14;

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
   * @param ratios their weights add up to 0
   * @param scale what the number is multiplied by when it is shown
   * @param pattern how it is shown then
   * @return empty if a mean to divide by is 0
   */
  List<Hypothesis> ratios(
      String text, String key, List<Ratio> ratios, double scale, String pattern) {
    if (ratios.stream().anyMatch(ratio -> ratio.isUnknown(key, runs))) {
      return List.of();
    }
    Cell any = ratios.get(0).first();
    Optional<String> lack =
        lacking(
            ratios.stream().flatMap(r -> Stream.of(r.first(), r.second())).toArray(Cell[]::new));
    Evidence evidence =
        lack.isEmpty()
            ? CrossedSample.of(
                IntStream.range(0, any.seeds()).mapToObj(s -> byUser(key, ratios, s)).toList())
            : SeedSample.of(
                IntStream.range(0, any.seeds()).mapToDouble(s -> ofSeed(key, ratios, s)).toArray());
    return List.of(new Hypothesis(text, evidence, 0, scale, pattern, lack));
  }

  /**
   * A ratio of two cells' means.
   *
   * @param weight what it is multiplied by
   */
  record Ratio(double weight, Cell first, Cell second) {
    private double of(String key, int seed, FinishedRuns runs) {
      return runs.metric(first.runs().get(seed), key) / runs.metric(second.runs().get(seed), key);
    }

    private boolean isUnknown(String key, FinishedRuns runs) {
      return second.runs().stream().anyMatch(run -> runs.metric(run, key) == 0);
    }
  }

  private double[] byUser(String key, List<Ratio> ratios, int seed) {
    return sum(ratios, r -> pairs(key, r.first(), r.second()).get(seed).ratioByUser());
  }

  private double ofSeed(String key, List<Ratio> ratios, int seed) {
    return sum(ratios, r -> new double[] {r.of(key, seed, runs)})[0];
  }

  private static double[] sum(List<Ratio> ratios, Function<Ratio, double[]> values) {
    double[] first = values.apply(ratios.get(0));
    double[] sum = new double[first.length];
    double[] terms = new double[first.length];
    for (Ratio ratio : ratios.subList(1, ratios.size())) {
      double[] its = values.apply(ratio);
      // Rounded weights add up to almost 0 only, see Slope.
      Arrays.setAll(sum, u -> sum[u] + ratio.weight() * (its[u] - first[u]));
      Arrays.setAll(terms, u -> terms[u] + Math.abs(ratio.weight()) * Math.abs(its[u]));
    }
    // Ratios that are equal but for rounding have no trend. It would be the same for every user.
    Arrays.setAll(sum, u -> Math.abs(sum[u]) <= ROUNDING * terms[u] ? 0 : sum[u]);
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
    return runs.selectedOnTest(cell.first())
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
    boolean onTest = runs.selectedOnTest(run);
    if (onTest != selection instanceof OnTest) {
      throw new IllegalStateException(runs.link(run) + " was not selected " + selection);
    }
    PerUserMetrics metrics = runs.perUser(run).orElseThrow();
    return new Judged<>(selection, metrics);
  }
}
