package bsl.paper;

import bsl.report.Block;
import bsl.report.Claim;
import bsl.report.Column;
import bsl.report.Figure;
import bsl.report.Figure.Kind;
import bsl.report.Figure.Series;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.report.Verdict;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Reproduces the paper's curves of losses against negative noise, and finds the best temperature of
 * SL at each level. The backbone is MF. At level r, a user's train positives are drawn as negatives
 * with weight r. Other items have weight 1.
 *
 * <p>There are two claims. SL is more robust to false negatives than BPR, BCE and MSE are, and its
 * best temperature grows with the noise. A verdict is about one seed.
 */
public final class NegativeNoiseArtifact implements Artifact {
  /** Larger sets would take an hour a curve, because each pair has negatives of its own. */
  private static final String DATASET = "ml-1m";

  private static final int NEGATIVES = 32;
  private static final int EPOCHS = 16;
  private static final double RATE_OF_OTHERS = 0.002;
  private static final List<Double> LEVELS = List.of(1.0, 5.0, 10.0);
  private static final List<Double> QUICK_LEVELS = List.of(1.0, 10.0);
  private static final List<Double> TEMPERATURES = List.of(0.11, 0.14, 0.17, 0.21, 0.26);
  private static final List<Double> QUICK_TEMPERATURES = List.of(0.11, 0.17, 0.26);
  private static final List<String> OTHERS = List.of("bpr", "bce", "mse");

  @Override
  public String id() {
    return "negative-noise";
  }

  @Override
  public String title() {
    return "Negative noise, MF";
  }

  @Override
  public String paperReference() {
    return "curves against false negatives";
  }

  @Override
  public String description() {
    return "SL, BPR, BCE and MSE as false negatives are drawn more often, and the best tau";
  }

  private static List<Double> levels(Scope scope) {
    return scope.comparable() ? LEVELS : QUICK_LEVELS;
  }

  private static List<Double> temperatures(Scope scope) {
    return scope.comparable() ? TEMPERATURES : QUICK_TEMPERATURES;
  }

  @Override
  public List<RunSpec> runs(Scope scope) {
    List<RunSpec> runs = new ArrayList<>();
    for (String dataset : scope.preferring(DATASET)) {
      for (double level : levels(scope)) {
        temperatures(scope).forEach(tau -> runs.add(sl(scope, dataset, level, tau)));
        OTHERS.forEach(loss -> runs.add(other(scope, dataset, loss, level)));
      }
    }
    return runs;
  }

  private static RunSpec sl(Scope scope, String dataset, double level, double tau) {
    return scope.spec(
        scope.presetOverPairs(dataset, "mf", "sl"),
        dataset,
        "mf",
        "sl",
        run -> noisy(run, level).with(SettingKey.TAU, tau));
  }

  /** One negative's weight per positive, as preset baseline has it, and twice its rate. */
  private static RunSpec other(Scope scope, String dataset, String loss, double level) {
    return scope.spec(
        "baseline",
        dataset,
        "mf",
        loss,
        run ->
            noisy(run, level)
                .with(SettingKey.NEGATIVE_WEIGHT, 1.0 / NEGATIVES)
                .with(SettingKey.LEARNING_RATE, RATE_OF_OTHERS));
  }

  /** Negatives of each pair's own for all losses, whatever their presets have. */
  static RunSpec noisy(RunSpec run, double level) {
    return run.with(SettingKey.NEGATIVES, NEGATIVES)
        .with(SettingKey.NEGATIVE_NOISE, 1)
        .with(SettingKey.BATCH_USERS, 0)
        .with(SettingKey.NEGATIVE_SAMPLING, "independent")
        .with(SettingKey.NEGATIVE_NOISE, level)
        .with(SettingKey.EPOCHS, EPOCHS)
        .with(SettingKey.EVALUATE_EVERY, 2);
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Paragraph(
            String.format(
                Locale.ROOT,
                "%d negatives of each pair's own, %d epochs at most; SL otherwise as its preset, the others with raw"
                    + " inner products and one negative's weight per positive. Kept: what the highest level leaves"
                    + " of NDCG@20 at the lowest.",
                NEGATIVES,
                EPOCHS)));
    Table table =
        new Table(
            "",
            "NDCG@20 against negative noise, MF",
            Column.text("dataset", "data set"),
            Column.text("loss", "loss"),
            Column.number("tau", "tau", "%.2f"),
            Column.number("noise", "noise", "%.0f"),
            Column.number("recall20", "Recall@20", "%.5f"),
            Column.number("ndcg20", "NDCG@20", "%.5f"),
            Column.percentage("kept", "kept"));
    List<Claim> claims = new ArrayList<>();
    for (String dataset : scope.preferring(DATASET)) {
      List<Series> series = new ArrayList<>();
      for (double tau : temperatures(scope)) {
        rows(
            table,
            levels(scope).stream().map(level -> sl(scope, dataset, level, tau)).toList(),
            runs);
      }
      List<RunSpec> best =
          levels(scope).stream().map(level -> best(scope, dataset, level, runs)).toList();
      series.add(line("sl, best tau", best, runs));
      String on = runs.dataset(best.get(0));
      claims.add(temperatures(on, best));
      for (String loss : OTHERS) {
        List<RunSpec> row =
            levels(scope).stream().map(level -> other(scope, dataset, loss, level)).toList();
        rows(table, row, runs);
        series.add(line(loss, row, runs));
        claims.add(robust(on, loss, kept(best, runs), kept(row, runs)));
      }
      blocks.add(
          Figure.of(
              dataset,
              "Negative noise, " + dataset,
              "weight of a false negative",
              "NDCG@20",
              Kind.LINES,
              series));
    }
    blocks.add(table);
    return new Report(id(), title(), blocks, claims, List.of());
  }

  private static void rows(Table table, List<RunSpec> specs, FinishedRuns runs) {
    for (RunSpec spec : specs) {
      table.addOf(
          runs.link(spec),
          runs.dataset(spec),
          spec.lossName(),
          spec.lossName().equals("sl") ? spec.tau() : null,
          spec.negativeNoise(),
          runs.recall(spec),
          runs.ndcg(spec),
          runs.ndcg(spec) / runs.ndcg(specs.get(0)));
    }
  }

  private static Series line(String name, List<RunSpec> specs, FinishedRuns runs) {
    return Series.of(
        name,
        specs.stream().mapToDouble(RunSpec::negativeNoise).toArray(),
        specs.stream().mapToDouble(runs::ndcg).toArray());
  }

  private static double kept(List<RunSpec> specs, FinishedRuns runs) {
    return runs.ndcg(specs.get(specs.size() - 1)) / runs.ndcg(specs.get(0));
  }

  private static RunSpec best(Scope scope, String dataset, double level, FinishedRuns runs) {
    return temperatures(scope).stream()
        .map(tau -> sl(scope, dataset, level, tau))
        .max(Comparator.comparingDouble(runs::ndcg))
        .orElseThrow();
  }

  private static Claim temperatures(String dataset, List<RunSpec> best) {
    boolean grows = best.get(best.size() - 1).tau() > best.get(0).tau();
    for (int level = 1; level < best.size(); level++) {
      grows &= best.get(level).tau() >= best.get(level - 1).tau();
    }
    return new Claim(
        "best-tau-grows-mf",
        2,
        dataset,
        "SL's best temperature grows with negative noise, mf",
        Verdict.of(grows),
        best.stream()
                .map(
                    run ->
                        String.format(
                            Locale.ROOT, "r = %.0f: tau %.2f", run.negativeNoise(), run.tau()))
                .collect(Collectors.joining(", "))
            + ", one seed");
  }

  private static Claim robust(String dataset, String loss, double sl, double theirs) {
    return new Claim(
        "sl-keeps-more-than-" + loss + "-mf",
        2,
        dataset,
        "SL keeps more of its NDCG@20 under negative noise than "
            + loss.toUpperCase(Locale.ROOT)
            + ", mf",
        Verdict.of(sl > theirs),
        String.format(Locale.ROOT, "%.1f%% against %.1f%%, one seed", 100 * sl, 100 * theirs));
  }
}
