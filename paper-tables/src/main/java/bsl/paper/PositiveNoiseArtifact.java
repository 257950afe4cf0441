package bsl.paper;

import bsl.eval.SeedSummary;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * Reproduces the paper's curves of SL and BSL against positive noise. The backbone is MF.
 * Temperatures and ratios are those that the authors found best at each level.
 *
 * <p>The claim is that BSL's lead over SL grows with the noise. Each seed gives one slope of the
 * lead over the levels. With several seeds the interval of the slopes decides, with one seed its
 * sign.
 */
public final class PositiveNoiseArtifact implements Artifact {
  /**
   * The authors' best setting.
   *
   * @param rate positive noise
   * @param tau temperature of SL
   * @param bslTau temperature of BSL
   * @param ratio rho of BSL
   */
  private record Level(double rate, double tau, double bslTau, double ratio) {}

  private static final Map<String, List<Level>> LEVELS =
      Map.of(
          "yelp2018",
          List.of(
              new Level(0, 0.11, 0.11, 1.10),
              new Level(0.2, 0.12, 0.12, 1.12),
              new Level(0.4, 0.13, 0.13, 1.11)),
          "gowalla",
          List.of(
              new Level(0, 0.08, 0.08, 1.22),
              new Level(0.2, 0.09, 0.09, 1.23),
              new Level(0.4, 0.10, 0.11, 1.20)),
          "ml-1m",
          List.of(
              new Level(0, 0.17, 0.17, 1.06),
              new Level(0.2, 0.19, 0.19, 1.06),
              new Level(0.4, 0.21, 0.21, 1.05)));

  /** For a data set that the authors did not have: tau rises as on ml-1m. */
  private static final List<Level> OTHERS =
      List.of(
          new Level(0, 0.2, 0.2, 1.06),
          new Level(0.2, 0.22, 0.22, 1.06),
          new Level(0.4, 0.24, 0.24, 1.06));

  private static List<Level> levels(String dataset) {
    return LEVELS.getOrDefault(dataset, OTHERS);
  }

  @Override
  public String id() {
    return "positive-noise";
  }

  @Override
  public String title() {
    return "Positive noise: SL and BSL, MF";
  }

  @Override
  public String paperReference() {
    return "curves against false positives";
  }

  @Override
  public String description() {
    return "BSL's lead over SL as false train pairs are added";
  }

  @Override
  public boolean usesSeeds() {
    return true;
  }

  @Override
  public List<RunSpec> runs(Scope scope) {
    List<RunSpec> runs = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (Level level : levels(dataset)) {
        scope
            .allSeeds()
            .forEach(
                seed -> {
                  runs.add(sl(scope, dataset, level, seed));
                  runs.add(bsl(scope, dataset, level, seed));
                });
      }
    }
    return runs;
  }

  private static RunSpec sl(Scope scope, String dataset, Level level, int seed) {
    return noisy(scope, dataset, "sl", level.rate(), level.tau(), 1, seed);
  }

  private static RunSpec bsl(Scope scope, String dataset, Level level, int seed) {
    return noisy(scope, dataset, "bsl", level.rate(), level.bslTau(), level.ratio(), seed);
  }

  private static RunSpec noisy(
      Scope scope, String dataset, String loss, double rate, double tau, double ratio, int seed) {
    return scope.spec(
        scope.preset(),
        dataset,
        "mf",
        loss,
        run ->
            run.with(SettingKey.POSITIVE_NOISE, rate)
                .with(SettingKey.TAU, tau)
                .with(SettingKey.TAU_RATIO, ratio)
                .with(SettingKey.SEED, seed));
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    Table table =
        new Table(
            "",
            "SL and BSL against positive noise, MF",
            Column.text("dataset", "data set"),
            Column.number("noise", "noise", "%.1f"),
            Column.number("seed", "seed", "%d"),
            Column.number("sl_recall20", "SL, Recall@20", "%.5f"),
            Column.number("bsl_recall20", "BSL", "%.5f"),
            Column.deviation("recall20_lead", "lead"),
            Column.number("sl_ndcg20", "SL, NDCG@20", "%.5f"),
            Column.number("bsl_ndcg20", "BSL", "%.5f"),
            Column.deviation("ndcg20_lead", "lead"));
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Paragraph(
            "Each user gets false train pairs, as many as the given share of the user's own. Temperatures and"
                + " ratios are the authors' best at each level. The link of a row leads to its BSL run."));
    List<Claim> claims = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (Level level : levels(dataset)) {
        scope
            .allSeeds()
            .forEach(
                seed -> {
                  RunSpec sl = sl(scope, dataset, level, seed);
                  RunSpec bsl = bsl(scope, dataset, level, seed);
                  table.addOf(
                      runs.link(bsl),
                      runs.dataset(bsl),
                      level.rate(),
                      seed,
                      runs.recall(sl),
                      runs.recall(bsl),
                      runs.recall(bsl) / runs.recall(sl) - 1,
                      runs.ndcg(sl),
                      runs.ndcg(bsl),
                      runs.ndcg(bsl) / runs.ndcg(sl) - 1);
                });
      }
      blocks.add(figure(scope, dataset, runs));
      claims.add(claim(scope, dataset, runs));
    }
    blocks.add(table);
    return new Report(id(), title(), blocks, claims, List.of());
  }

  private static Figure figure(Scope scope, String dataset, FinishedRuns runs) {
    List<Level> levels = levels(dataset);
    return Figure.of(
        dataset,
        "Positive noise, "
            + dataset
            + (scope.seeds() > 1 ? ", mean and standard deviation over seeds" : ""),
        "false train pairs per true one",
        "NDCG@20",
        Kind.LINES,
        List.of(
            line("SL", levels, level -> runs.ndcg(scope, seed -> sl(scope, dataset, level, seed))),
            line(
                "BSL",
                levels,
                level -> runs.ndcg(scope, seed -> bsl(scope, dataset, level, seed)))));
  }

  private static Series line(
      String name, List<Level> levels, Function<Level, SeedSummary> summary) {
    List<SeedSummary> points = levels.stream().map(summary).toList();
    return Series.of(
        name,
        levels.stream().mapToDouble(Level::rate).toArray(),
        points.stream().mapToDouble(SeedSummary::mean).toArray(),
        points.stream()
            .filter(point -> point.seeds() > 1)
            .mapToDouble(SeedSummary::standardDeviation)
            .toArray());
  }

  /** Least squares slope of the lead over the noise, a seed at a time. */
  private static Claim claim(Scope scope, String dataset, FinishedRuns runs) {
    List<Level> levels = levels(dataset);
    double[] slopes =
        scope
            .allSeeds()
            .mapToDouble(
                seed ->
                    slope(
                        levels.stream().mapToDouble(Level::rate).toArray(),
                        levels.stream()
                            .mapToDouble(
                                level ->
                                    runs.ndcg(bsl(scope, dataset, level, seed))
                                            / runs.ndcg(sl(scope, dataset, level, seed))
                                        - 1)
                            .toArray()))
            .toArray();
    SeedSummary summary = SeedSummary.of(slopes, FinishedRuns.CONFIDENCE);
    Verdict verdict = Verdict.of(summary.mean() > 0);
    if (scope.seeds() > 1 && summary.interval().contains(0)) {
      verdict = Verdict.UNDECIDED;
    }
    return new Claim(
        "lead-grows-with-noise-mf",
        4,
        runs.dataset(sl(scope, dataset, levels.get(0), 1)),
        "BSL's lead over SL in NDCG@20 grows with positive noise, mf",
        verdict,
        String.format(
            Locale.ROOT,
            "slope of the lead %+.1f points per 10%% of noise, %s",
            10 * summary.mean(),
            scope.seeds() == 1
                ? "one seed"
                : String.format(
                    Locale.ROOT,
                    "95%% interval %+.1f to %+.1f over %d seeds",
                    10 * summary.interval().low(),
                    10 * summary.interval().high(),
                    scope.seeds())));
  }

  private static double slope(double[] x, double[] y) {
    SimpleRegression line = new SimpleRegression();
    for (int i = 0; i < x.length; i++) {
      line.addData(x[i], y[i]);
    }
    return line.getSlope();
  }
}
