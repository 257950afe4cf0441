package bsl.paper;

import bsl.paper.ClaimJudge.Statement;
import bsl.paper.Hypotheses.Ratio;
import bsl.report.Block;
import bsl.report.Column;
import bsl.report.Figure;
import bsl.report.Figure.Kind;
import bsl.report.Figure.Series;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.run.Presets;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reproduces the paper's curves of losses against negative noise, and finds the best temperature of
 * SL at each level. The backbone is MF. At level r, a user's train positives are among the
 * negatives with weight r. Other items have weight 1. All runs have mini-batches of users, where
 * the weight is exact and costs nothing.
 *
 * <p>There are two claims. SL keeps more of its NDCG@20 under false negatives than BPR, BCE and MSE
 * do. What is kept is the ratio of the means at the highest and at the lowest level. The difference
 * of two ratios is tested over seeds, and over users by the delta method. SL has the temperature
 * that is best over all seeds at each level.
 *
 * <p>The other claim is that SL's best temperature grows with the noise. The best temperature of a
 * seed is the top of the parabola through the best one of the grid and its two neighbours, over the
 * logarithm of tau. At an end of the grid it is the best of the grid. The least squares slope of
 * the best temperature over the level is tested over seeds.
 */
public final class NegativeNoiseArtifact implements Artifact {
  /** The only data set, where it is at hand; else all that are. */
  private static final String DATASET = "ml-1m";

  /** Pairs of a user at a time in runs whose preset has mini-batches of pairs. */
  private static final int PAIRS_PER_USER = 8;

  private static final List<Double> LEVELS = List.of(1.0, 5.0, 10.0);
  private static final List<Double> QUICK_LEVELS = List.of(1.0, 10.0);

  /** Temperatures as multiples of the preset's. */
  private static final List<Double> TEMPERATURES = List.of(0.65, 0.82, 1.0, 1.24, 1.53);

  private static final int TEMPERATURE_DIGITS = 2;
  private static final List<Double> QUICK_TEMPERATURES = List.of(0.65, 1.0, 1.53);
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
    return scope.full() ? LEVELS : QUICK_LEVELS;
  }

  private static List<Double> temperatures(Scope scope, String dataset) {
    double preset = Presets.spec(scope.preset(), dataset, "mf", "sl").tau();
    List<Double> multiples = scope.full() ? TEMPERATURES : QUICK_TEMPERATURES;
    MathContext digits = new MathContext(TEMPERATURE_DIGITS);
    return multiples.stream()
        .map(times -> new BigDecimal(preset * times).round(digits).doubleValue())
        .toList();
  }

  @Override
  public List<Cell> cells(Scope scope) {
    List<Cell> cells = new ArrayList<>();
    for (String dataset : scope.preferring(DATASET)) {
      for (double level : levels(scope)) {
        temperatures(scope, dataset).forEach(tau -> cells.add(sl(scope, dataset, level, tau)));
        OTHERS.forEach(loss -> cells.add(other(scope, dataset, loss, level)));
      }
    }
    return cells;
  }

  private static Cell sl(Scope scope, String dataset, double level, double tau) {
    return scope.cell(
        scope.preset(), dataset, "mf", "sl", run -> noisy(run, level).with(SettingKey.TAU, tau));
  }

  /** As such losses are usually trained: one negative's weight per positive. */
  private static Cell other(Scope scope, String dataset, String loss, double level) {
    return scope.cell("baseline", dataset, "mf", loss, run -> noisy(run, level));
  }

  /** A preset's run in mini-batches of users, of as many pairs as its mini-batches of pairs had. */
  static RunSpec noisy(RunSpec run, double level) {
    RunSpec ofUsers =
        run.userWise()
            ? run
            // Pairs with shared negatives, which come first, have no noise but 1.
            : run.with(SettingKey.NEGATIVE_NOISE, 1)
                .with(SettingKey.NEGATIVE_SAMPLING, "shared")
                .with(SettingKey.BATCH_USERS, Math.max(1, run.batchSize() / PAIRS_PER_USER))
                .with(SettingKey.PAIRS_PER_USER, PAIRS_PER_USER);
    return ofUsers.with(SettingKey.NEGATIVE_NOISE, level);
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Paragraph(
            "Mini-batches of users. A level is the weight of a user's own positives among the negatives. SL otherwise"
                + " as its preset, the others with raw inner products and one negative's weight per positive. Kept:"
                + " what the highest level leaves of NDCG@20 at the lowest."));
    Table table =
        new Table(
            "",
            "NDCG@20 against negative noise, MF",
            Column.text("dataset", "data set"),
            Column.text("loss", "loss"),
            Column.number("tau", "tau", "%.3f"),
            Column.number("noise", "noise", "%.0f"),
            Column.number("recall20", "Recall@20", "%.5f"),
            Column.number("ndcg20", "NDCG@20", "%.5f"),
            Column.percentage("kept", "kept"));
    ClaimJudge judge = new ClaimJudge(scope);
    for (String dataset : scope.preferring(DATASET)) {
      List<Series> series = new ArrayList<>();
      for (double tau : temperatures(scope, dataset)) {
        rows(
            table,
            levels(scope).stream().map(level -> sl(scope, dataset, level, tau)).toList(),
            runs);
      }
      List<Cell> best =
          levels(scope).stream().map(level -> best(scope, dataset, level, runs)).toList();
      series.add(line("sl, best tau", best, runs));
      temperatures(scope, dataset, runs, judge);
      String remark =
          atTheEnd(best.stream().filter(cell -> isAnEnd(cell, scope, dataset)).toList());
      for (String loss : OTHERS) {
        List<Cell> row =
            levels(scope).stream().map(level -> other(scope, dataset, loss, level)).toList();
        rows(table, row, runs);
        series.add(line(loss, row, runs));
        robust(loss, best, row, remark, runs, judge);
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
    return new Report(id(), title(), blocks, judge.judged(), List.of());
  }

  private static void rows(Table table, List<Cell> cells, FinishedRuns runs) {
    for (Cell cell : cells) {
      RunSpec spec = cell.first();
      table.addOf(
          runs.links(cell),
          runs.dataset(cell),
          spec.lossName(),
          spec.lossName().equals("sl") ? spec.tau() : null,
          spec.negativeNoise(),
          runs.recall(cell),
          runs.ndcg(cell),
          runs.ndcg(cell).mean() / runs.ndcg(cells.get(0)).mean());
    }
  }

  private static Series line(String name, List<Cell> cells, FinishedRuns runs) {
    return Errors.line(
        name,
        cells.stream().mapToDouble(cell -> cell.first().negativeNoise()).toArray(),
        cells.stream().map(runs::ndcg).toList());
  }

  private static Cell best(Scope scope, String dataset, double level, FinishedRuns runs) {
    return temperatures(scope, dataset).stream()
        .map(tau -> sl(scope, dataset, level, tau))
        .max(Comparator.comparingDouble(cell -> runs.ndcg(cell).mean()))
        .orElseThrow();
  }

  /**
   * Says that a better temperature than the best that was tried may lie beyond it.
   *
   * @param cells one of each level where the best is the lowest or the highest that was tried
   * @return empty if there is none
   */
  private static String atTheEnd(List<Cell> cells) {
    String levels =
        cells.stream()
            .map(cell -> String.format(Locale.ROOT, "%.0f", cell.first().negativeNoise()))
            .collect(Collectors.joining(" and "));
    return levels.isEmpty()
        ? ""
        : "at r = "
            + levels
            + " SL's best tau is at the end of those tried, so that a better one may lie beyond";
  }

  private static boolean isAnEnd(Cell cell, Scope scope, String dataset) {
    List<Double> tried = temperatures(scope, dataset);
    double tau = cell.first().tau();
    return tau == tried.get(0) || tau == tried.get(tried.size() - 1);
  }

  /** Whether the best temperature of any seed is an end of the grid, as a test takes it. */
  private static boolean endsIn(List<Cell> grid, FinishedRuns runs) {
    return IntStream.range(0, grid.get(0).seeds())
        .map(seed -> best(grid, seed, runs))
        .anyMatch(best -> best == 0 || best == grid.size() - 1);
  }

  private static void temperatures(
      Scope scope, String dataset, FinishedRuns runs, ClaimJudge judge) {
    double[] levels = levels(scope).stream().mapToDouble(Double::doubleValue).toArray();
    double[][] best = new double[levels.length][];
    List<Cell> ends = new ArrayList<>();
    for (int l = 0; l < levels.length; l++) {
      double level = levels[l];
      List<Cell> grid =
          temperatures(scope, dataset).stream().map(tau -> sl(scope, dataset, level, tau)).toList();
      if (endsIn(grid, runs)) {
        ends.add(grid.get(0));
      }
      best[l] =
          IntStream.range(0, grid.get(0).seeds())
              .mapToDouble(seed -> bestTemperature(grid, seed, runs))
              .toArray();
    }
    double[] slopes = new double[best[0].length];
    for (int seed = 0; seed < slopes.length; seed++) {
      int of = seed;
      slopes[seed] =
          Slope.of(levels, Arrays.stream(best).mapToDouble(level -> level[of]).toArray());
    }
    String text =
        IntStream.range(0, levels.length)
            .mapToObj(
                l ->
                    String.format(
                        Locale.ROOT,
                        "r = %.0f: tau %.3f",
                        levels[l],
                        Cell.estimate(best[l]).mean()))
            .collect(Collectors.joining(", "));
    judge.one(
        "best-tau-grows",
        new Statement(
            "best-tau-grows-mf",
            2,
            runs.dataset(sl(scope, dataset, levels[0], temperatures(scope, dataset).get(0))),
            "SL's best temperature grows with negative noise, mf"),
        ends.isEmpty() ? "" : atTheEnd(ends) + ", which the interval leaves out",
        Hypothesis.perSeed(text + "; slope", slopes, "%+.4f"));
  }

  /** Best temperature of a seed: where the parabola through the grid's best has its top. */
  private static double bestTemperature(List<Cell> grid, int seed, FinishedRuns runs) {
    double[] x = grid.stream().mapToDouble(cell -> StrictMath.log(cell.first().tau())).toArray();
    double[] y = grid.stream().mapToDouble(cell -> ndcg(cell, seed, runs)).toArray();
    return StrictMath.exp(top(x, y, best(grid, seed, runs)));
  }

  /** Index of the first of a seed's best. */
  private static int best(List<Cell> grid, int seed, FinishedRuns runs) {
    int best = 0;
    for (int t = 1; t < grid.size(); t++) {
      best = ndcg(grid.get(t), seed, runs) > ndcg(grid.get(best), seed, runs) ? t : best;
    }
    return best;
  }

  private static double ndcg(Cell cell, int seed, FinishedRuns runs) {
    return runs.metric(cell.runs().get(seed), FinishedRuns.NDCG);
  }

  /** The top of the parabola through a largest value and its neighbours. */
  static double top(double[] x, double[] y, int largest) {
    if (largest == 0 || largest == x.length - 1) {
      return x[largest];
    }
    double left = x[largest] - x[largest - 1];
    double right = x[largest + 1] - x[largest];
    double down = (y[largest] - y[largest - 1]) / left;
    double up = (y[largest + 1] - y[largest]) / right;
    // Newton's form: the derivative is down + c (2 x - x0 - x1), with c the second difference.
    double curvature = (up - down) / (left + right);
    return curvature == 0 ? x[largest] : (x[largest - 1] + x[largest]) / 2 - down / (2 * curvature);
  }

  private static void robust(
      String loss,
      List<Cell> sl,
      List<Cell> other,
      String remark,
      FinishedRuns runs,
      ClaimJudge judge) {
    Ratio kept = kept(1, sl);
    Ratio theirs = kept(-1, other);
    String text =
        String.format(Locale.ROOT, "%.1f%% against %.1f%%", share(kept, runs), share(theirs, runs));
    judge.one(
        "sl-keeps-more",
        new Statement(
            "sl-keeps-more-than-" + loss + "-mf",
            2,
            runs.dataset(sl.get(0)),
            "SL keeps more of its NDCG@20 under negative noise than "
                + loss.toUpperCase(Locale.ROOT)
                + ", mf"),
        remark,
        new Hypotheses(runs)
            .ratios(text, FinishedRuns.NDCG, List.of(kept, theirs), 100, "%+.1f points"));
  }

  private static double share(Ratio kept, FinishedRuns runs) {
    return 100 * runs.ndcg(kept.first()).mean() / runs.ndcg(kept.second()).mean();
  }

  private static Ratio kept(double weight, List<Cell> cells) {
    return new Ratio(weight, cells.get(cells.size() - 1), cells.get(0));
  }
}
