package bsl.paper;

import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.eval.FullRankingEvaluator;
import bsl.eval.GroupShares;
import bsl.eval.PopularityGroups;
import bsl.report.Block;
import bsl.report.Claim;
import bsl.report.Column;
import bsl.report.Figure;
import bsl.report.Figure.Series;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.report.Verdict;
import bsl.run.ModelFiles;
import bsl.run.RunData;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Reproduces the paper's figure of fairness. Items are cut by popularity into ten groups with
 * equally many train pairs. The figure shows what each group contributes to Recall@20, by loss. The
 * backbone is MF. SL and BSL have the scope's preset, the other losses preset {@code baseline}.
 *
 * <p>The claim is that SL spreads recall more evenly over the groups than BPR, BCE and MSE do. The
 * paper shows bars without numbers. Here the Gini coefficient of the ten shares decides.
 */
public final class FairnessArtifact implements Artifact {
  private static final int CUTOFF = 20;
  private static final List<String> LOSSES = List.of("sl", "bsl", "bpr", "bce", "mse");
  private static final List<String> CLAIMED_LESS_FAIR = List.of("bpr", "bce", "mse");

  @Override
  public String id() {
    return "fairness";
  }

  @Override
  public String title() {
    return "Recall@20 by popularity of the items";
  }

  @Override
  public String paperReference() {
    return "bars of Recall@20 by popularity group";
  }

  @Override
  public String description() {
    return "what ten popularity groups of items contribute to Recall@20, by loss";
  }

  @Override
  public List<RunSpec> runs(Scope scope) {
    return scope.datasets().stream()
        .flatMap(dataset -> LOSSES.stream().map(loss -> spec(scope, dataset, loss)))
        .toList();
  }

  private static RunSpec spec(Scope scope, String dataset, String loss) {
    String preset = CLAIMED_LESS_FAIR.contains(loss) ? "baseline" : scope.preset();
    return scope.spec(preset, dataset, "mf", loss);
  }

  @Override
  public boolean readsModels() {
    return true;
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Paragraph(
            "Items are sorted by their train degree and cut into ten groups of equally many train pairs, group"
                + " 1 the least popular. A group's share is what its items contribute to Recall@20; the ten add"
                + " up to it. BPR, BCE and MSE have preset `baseline`."));
    List<Claim> claims = new ArrayList<>();
    Table table = emptyTable();
    for (String dataset : scope.datasets()) {
      List<Series> series = new ArrayList<>();
      Map<String, Double> inequalities = new TreeMap<>();
      for (String loss : LOSSES) {
        RunSpec spec = spec(scope, dataset, loss);
        GroupShares shares = shares(spec, runs);
        inequalities.put(loss, shares.inequality());
        series.add(Series.bars(loss, shares.shares()));
        row(table, spec, shares, runs);
      }
      blocks.add(
          Figure.bars(
              dataset,
              "Recall@20 by popularity, " + dataset,
              "popularity group, 1 least popular",
              "share of Recall@20",
              IntStream.rangeClosed(1, PopularityGroups.PAPER).mapToObj(String::valueOf).toList(),
              series));
      for (String other : CLAIMED_LESS_FAIR) {
        claims.add(claim(runs.dataset(spec(scope, dataset, "sl")), other, inequalities));
      }
    }
    blocks.add(table);
    return new Report(id(), title(), blocks, claims, List.of());
  }

  private static Table emptyTable() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("dataset", "data set"));
    columns.add(Column.text("loss", "loss"));
    for (int g = 1; g <= PopularityGroups.PAPER; g++) {
      columns.add(Column.number("group" + g, "group " + g, "%.5f"));
    }
    columns.add(Column.number("recall20", "Recall@20", "%.5f"));
    columns.add(Column.percentage("unpopular", "groups 1 to 5"));
    columns.add(Column.number("gini", "Gini", "%.3f"));
    return new Table("", "Shares of Recall@20", columns.toArray(Column[]::new));
  }

  /** Ranks all items again, and splits Recall@20 of a run over ten popularity groups. */
  static GroupShares shares(RunSpec spec, FinishedRuns runs) {
    RunData data = runs.data(spec);
    GroupShares shares =
        new GroupShares(
            data.test(), new PopularityGroups(data.train(), PopularityGroups.PAPER), CUTOFF);
    try (WorkPool pool = new WorkPool(Runtime.getRuntime().availableProcessors())) {
      new FullRankingEvaluator(
              data.test(), data.maskedInTest(), spec.testScore(), Kernels.best(), pool, CUTOFF)
          .evaluate(ModelFiles.read(runs.folder(spec)), shares);
    }
    return shares;
  }

  private static void row(Table table, RunSpec spec, GroupShares shares, FinishedRuns runs) {
    List<Object> cells = new ArrayList<>(List.of(runs.dataset(spec), spec.lossName()));
    double sum = 0;
    double unpopular = 0;
    double[] values = shares.shares();
    for (int g = 0; g < values.length; g++) {
      sum += values[g];
      unpopular += g < values.length / 2 ? values[g] : 0;
      cells.add(values[g]);
    }
    cells.addAll(List.of(sum, sum == 0 ? 0 : unpopular / sum, shares.inequality()));
    table.addOf(runs.link(spec), cells.toArray());
  }

  private static Claim claim(String dataset, String other, Map<String, Double> inequalities) {
    double sl = inequalities.get("sl");
    double theirs = inequalities.get(other);
    return new Claim(
        "sl-fairer-than-" + other + "-mf",
        3,
        dataset,
        "SL spreads Recall@20 more evenly over popularity groups than "
            + other.toUpperCase(Locale.ROOT)
            + ", mf",
        Verdict.of(sl < theirs),
        String.format(Locale.ROOT, "Gini of the ten shares %.3f against %.3f", sl, theirs));
  }
}
