package bsl.paper;

import bsl.paper.ClaimJudge.Statement;
import bsl.report.Block;
import bsl.report.Check;
import bsl.report.Column;
import bsl.report.Estimate;
import bsl.report.Figure;
import bsl.report.Figure.Kind;
import bsl.report.Figure.Series;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.run.Protocol;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reproduces the paper's curves of NDCG@20 against rho ("tau1/tau2"), on MF and LightGCN. */
public final class TauRatioArtifact implements Artifact {
  private static final List<String> BACKBONES = List.of("mf", "lightgcn");
  private static final List<Double> RATIOS =
      List.of(0.5, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 2.0);
  private static final List<Double> QUICK_RATIOS = List.of(0.5, 1.0, 1.1);

  private static final String RULE =
      "Asserted where the published value is within 1% of the best one: at least 98% of it.";

  /** How far below the published number a value near the optimum may lie. */
  private static final double TOLERANCE = 0.02;

  /** A published value at least this share of the best one is near the optimum. */
  private static final double NEAR = 0.99;

  @Override
  public String id() {
    return "tau-ratio";
  }

  @Override
  public String title() {
    return "The ratio rho";
  }

  @Override
  public String paperReference() {
    return "curves of NDCG@20 against tau1/tau2";
  }

  @Override
  public String description() {
    return "BSL against rho from 0.5 to 2";
  }

  @Override
  public boolean expectsChecks(Scope scope) {
    return scope.comparable()
        && runs(scope).stream().anyMatch(run -> bestPublishedRatio(run).isPresent());
  }

  private static List<Double> ratios(Scope scope) {
    return scope.full() ? RATIOS : QUICK_RATIOS;
  }

  @Override
  public List<String> backbones() {
    return BACKBONES;
  }

  @Override
  public List<Protocol> protocols() {
    return List.of(Protocol.values());
  }

  @Override
  public List<Cell> cells(Scope scope) {
    List<Cell> cells = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (String backbone : scope.among(BACKBONES)) {
        ratios(scope).forEach(ratio -> cells.add(cell(scope, dataset, backbone, ratio)));
      }
    }
    return cells;
  }

  private static Cell cell(Scope scope, String dataset, String backbone, double ratio) {
    return scope.cell(
        scope.preset(),
        dataset,
        backbone,
        "bsl",
        // A temperature that falls may be worth more to one ratio than to another.
        run -> run.with(SettingKey.TAU_RATIO, ratio).withConstantTemperature());
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    Table table =
        new Table(
            "",
            "NDCG@20 of BSL against rho",
            Column.text("dataset", "data set"),
            Column.text("backbone", "backbone"),
            Column.number("tau_ratio", "rho", "%.1f"),
            Column.number("recall20", "Recall@20", "%.5f"),
            Column.number("ndcg20", "NDCG@20", "%.5f"),
            Column.number("published_ndcg20", "published", "%.5f"),
            Column.deviation("deviation", "deviation"));
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Paragraph.of(
            "Code form, one temperature in all epochs; rho is the power of the negative side.",
            scope.protocol() == Protocol.PAPER
                ? Comparison.asserted(scope, RULE)
                : "Protocol `held-out`; the published numbers are not asserted.",
            PublishedSettings.note(cells(scope))));
    ClaimJudge judge = new ClaimJudge(scope);
    List<Check> checks = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (String backbone : scope.among(BACKBONES)) {
        blocks.add(figure(scope, dataset, backbone, runs));
        claim(scope, dataset, backbone, runs, judge);
        for (double ratio : ratios(scope)) {
          row(table, checks, cell(scope, dataset, backbone, ratio), ratio, scope, runs);
        }
      }
    }
    blocks.add(table);
    return new Report(id(), title(), blocks, judge.judged(), checks);
  }

  private static void row(
      Table table, List<Check> checks, Cell cell, double ratio, Scope scope, FinishedRuns runs) {
    RunSpec spec = cell.first();
    Comparison ndcg = Comparison.of(runs.ndcg(cell), runs.published(spec, published(spec, ratio)));
    table.addOf(
        runs.links(cell),
        runs.dataset(spec),
        spec.backbone(),
        ratio,
        runs.recall(cell),
        ndcg.ours(),
        ndcg.published(),
        ndcg.deviation());
    if (ndcg.counts(scope) && ndcg.published() >= NEAR * bestPublished(spec)) {
      String what = spec.dataset() + " " + spec.backbone() + " NDCG@20 at rho " + ratio;
      ndcg.check(what, TOLERANCE, scope, checks);
    }
  }

  private static double bestPublished(RunSpec spec) {
    return bestPublishedRatio(spec).flatMap(ratio -> published(spec, ratio)).orElse(0.0);
  }

  /** The published curve's best rho, if there is a curve. */
  private static Optional<Double> bestPublishedRatio(RunSpec spec) {
    return RATIOS.stream()
        .filter(ratio -> published(spec, ratio).isPresent())
        .max(Comparator.comparingDouble(ratio -> published(spec, ratio).orElseThrow()));
  }

  private static Optional<Double> published(RunSpec spec, double ratio) {
    return PublishedRatio.of(spec.dataset(), spec.backbone(), ratio)
        .filter(any -> PublishedSettings.comparable(spec))
        .map(PublishedRatio::ndcg20);
  }

  private static Figure figure(Scope scope, String dataset, String backbone, FinishedRuns runs) {
    double[] x = ratios(scope).stream().mapToDouble(Double::doubleValue).toArray();
    List<Estimate> ours = new ArrayList<>();
    double[] theirs = new double[x.length];
    for (int r = 0; r < x.length; r++) {
      Cell cell = cell(scope, dataset, backbone, x[r]);
      RunSpec spec = cell.first();
      ours.add(runs.ndcg(cell));
      theirs[r] = runs.published(spec, published(spec, x[r])).orElse(Double.NaN);
    }
    List<Series> series = new ArrayList<>(List.of(Errors.line("ours", x, ours)));
    if (scope.comparable() && !Double.isNaN(theirs[0])) {
      series.add(Series.of("published", x, theirs));
    }
    return Figure.of(
        dataset + "-" + backbone,
        "BSL against rho, " + dataset + ", " + backbone,
        "rho",
        "NDCG@20",
        Kind.LINES,
        series);
  }

  private static void claim(
      Scope scope, String dataset, String backbone, FinishedRuns runs, ClaimJudge judge) {
    Cell one = cell(scope, dataset, backbone, 1);
    List<Double> others = ratios(scope).stream().filter(ratio -> ratio != 1).toList();
    double best =
        ratios(scope).stream()
            .max(
                Comparator.comparingDouble(
                    ratio -> runs.ndcg(cell(scope, dataset, backbone, ratio)).mean()))
            .orElseThrow();
    Hypotheses that = new Hypotheses(runs);
    List<Hypothesis> better = new ArrayList<>();
    for (double ratio : others) {
      better.add(
          that.better(FinishedRuns.NDCG, cell(scope, dataset, backbone, ratio), one)
              .named(String.format(Locale.ROOT, "rho %.1f: ", ratio)));
    }
    judge.any(
        "ratio-worth-tuning",
        new Statement(
            "ratio-worth-tuning-" + backbone,
            4,
            runs.dataset(one),
            "Some rho other than 1 is better than 1, " + backbone),
        String.format(Locale.ROOT, "best rho %.1f", best)
            + runs.published(one.first(), bestPublishedRatio(one.first()))
                .map(ratio -> String.format(Locale.ROOT, ", published best rho %.1f", ratio))
                .orElse(""),
        better);
  }
}
