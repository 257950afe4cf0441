package bsl.paper;

import bsl.report.Block;
import bsl.report.Check;
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
import java.util.Optional;

/** Reproduces the paper's curves of NDCG@20 against rho ("tau1/tau2"), on MF and LightGCN. */
public final class TauRatioArtifact implements Artifact {
  private static final List<String> BACKBONES = List.of("mf", "lightgcn");
  private static final List<Double> RATIOS =
      List.of(0.5, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 2.0);
  private static final List<Double> QUICK_RATIOS = List.of(0.5, 1.0, 1.1);

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
    return scope.comparable() ? RATIOS : QUICK_RATIOS;
  }

  @Override
  public List<String> backbones() {
    return BACKBONES;
  }

  @Override
  public List<RunSpec> runs(Scope scope) {
    List<RunSpec> runs = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (String backbone : scope.among(BACKBONES)) {
        ratios(scope).forEach(ratio -> runs.add(spec(scope, dataset, backbone, ratio)));
      }
    }
    return runs;
  }

  private static RunSpec spec(Scope scope, String dataset, String backbone, double ratio) {
    return scope.spec(
        scope.preset(), dataset, backbone, "bsl", run -> run.with(SettingKey.TAU_RATIO, ratio));
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
        new Paragraph(
            "Code form, one temperature; rho is the power of the negative side. Asserted where the published"
                + " value is within 1% of the best one: at least 98% of it."));
    List<Claim> claims = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (String backbone : scope.among(BACKBONES)) {
        blocks.add(figure(scope, dataset, backbone, runs));
        claims.add(claim(scope, dataset, backbone, runs));
        for (double ratio : ratios(scope)) {
          row(table, checks, spec(scope, dataset, backbone, ratio), ratio, scope, runs);
        }
      }
    }
    blocks.add(table);
    return new Report(id(), title(), blocks, claims, checks);
  }

  private static void row(
      Table table, List<Check> checks, RunSpec spec, double ratio, Scope scope, FinishedRuns runs) {
    Comparison ndcg = Comparison.of(runs.ndcg(spec), runs.published(spec, published(spec, ratio)));
    table.addOf(
        runs.link(spec),
        runs.dataset(spec),
        spec.backbone(),
        ratio,
        runs.recall(spec),
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
    return PublishedRatio.of(spec.dataset(), spec.backbone(), ratio).map(PublishedRatio::ndcg20);
  }

  private static Figure figure(Scope scope, String dataset, String backbone, FinishedRuns runs) {
    double[] x = ratios(scope).stream().mapToDouble(Double::doubleValue).toArray();
    double[] ours = new double[x.length];
    double[] theirs = new double[x.length];
    for (int r = 0; r < x.length; r++) {
      RunSpec spec = spec(scope, dataset, backbone, x[r]);
      ours[r] = runs.ndcg(spec);
      theirs[r] = runs.published(spec, published(spec, x[r])).orElse(Double.NaN);
    }
    List<Series> series = new ArrayList<>(List.of(Series.of("ours", x, ours)));
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

  private static Claim claim(Scope scope, String dataset, String backbone, FinishedRuns runs) {
    RunSpec best =
        ratios(scope).stream()
            .map(ratio -> spec(scope, dataset, backbone, ratio))
            .max(Comparator.comparingDouble(runs::ndcg))
            .orElseThrow();
    double atOne = runs.ndcg(spec(scope, dataset, backbone, 1));
    return new Claim(
        "ratio-worth-tuning-" + backbone,
        4,
        runs.dataset(best),
        "Some rho other than 1 is better than 1, " + backbone,
        Verdict.of(runs.ndcg(best) > atOne),
        String.format(
            Locale.ROOT,
            "best rho %.1f: NDCG@20 %.5f; rho 1: %.5f; one seed%s",
            best.tauRatio(),
            runs.ndcg(best),
            atOne,
            runs.published(best, bestPublishedRatio(best))
                .map(ratio -> String.format(Locale.ROOT, "; published best rho %.1f", ratio))
                .orElse("")));
  }
}
