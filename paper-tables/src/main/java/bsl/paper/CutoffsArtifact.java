package bsl.paper;

import bsl.report.Block;
import bsl.report.Check;
import bsl.report.Column;
import bsl.report.Figure;
import bsl.report.Figure.Series;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reproduces the paper's bars of NDCG@5, @10 and @15. The runs are those of the main table. */
public final class CutoffsArtifact implements Artifact {
  private static final int[] CUTOFFS = {5, 10, 15};

  private final OverallArtifact overall = new OverallArtifact();

  @Override
  public String id() {
    return "cutoffs";
  }

  @Override
  public String title() {
    return "NDCG at smaller cutoffs";
  }

  @Override
  public String paperReference() {
    return "bars of NDCG at cutoffs 5, 10 and 15";
  }

  @Override
  public String description() {
    return "the main table's runs at NDCG@5, @10 and @15";
  }

  @Override
  public boolean expectsChecks(Scope scope) {
    return scope.comparable()
        && runs(scope).stream().anyMatch(run -> PublishedCutoff.of(run, CUTOFFS[0]).isPresent());
  }

  @Override
  public List<String> backbones() {
    return overall.backbones();
  }

  @Override
  public List<Cell> cells(Scope scope) {
    return overall.cells(scope);
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    Table table =
        new Table(
            "",
            "NDCG@K of the main table's runs",
            Column.text("dataset", "data set"),
            Column.text("backbone", "backbone"),
            Column.text("loss", "loss"),
            Column.number("k", "K", "%d"),
            Column.number("ndcg", "NDCG@K", "%.5f"),
            Column.number("published", "published", "%.5f"),
            Column.deviation("deviation", "deviation"));
    List<Check> checks = new ArrayList<>();
    for (Cell cell : cells(scope)) {
      RunSpec spec = cell.first();
      for (int k : CUTOFFS) {
        Comparison ndcg = ndcg(cell, k, runs);
        table.addOf(
            runs.links(cell),
            runs.dataset(spec),
            spec.backbone(),
            spec.lossName(),
            k,
            ndcg.ours(),
            ndcg.published(),
            ndcg.deviation());
        ndcg.check(
            Comparison.cell(cell) + " NDCG@" + k, OverallArtifact.tolerance(spec), scope, checks);
      }
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Paragraph.of(
            Comparison.asserted(
                scope,
                "Each of ours is to be at least 98% of the published number, 97% for a"
                    + " contrastive backbone's own training (bpr); protocol `paper`."),
            PublishedSettings.note(cells(scope))));
    for (String dataset : scope.datasets()) {
      scope
          .among(backbones())
          .forEach(backbone -> blocks.add(figure(scope, dataset, backbone, runs)));
    }
    blocks.add(table);
    return new Report(id(), title(), blocks, List.of(), checks);
  }

  private static Comparison ndcg(Cell cell, int k, FinishedRuns runs) {
    RunSpec spec = cell.first();
    return Comparison.of(
        runs.metric(cell, "ndcg@" + k),
        runs.published(spec, PublishedCutoff.of(spec, k).map(PublishedCutoff::ndcg)));
  }

  private Figure figure(Scope scope, String dataset, String backbone, FinishedRuns runs) {
    List<Series> series = new ArrayList<>();
    for (Cell cell : cells(scope)) {
      RunSpec spec = cell.first();
      if (spec.dataset().equals(dataset) && spec.backbone().equals(backbone)) {
        series.addAll(
            Comparison.bars(
                spec.lossName(),
                Arrays.stream(CUTOFFS).mapToObj(k -> ndcg(cell, k, runs)).toList(),
                scope));
      }
    }
    return Figure.bars(
        dataset + "-" + backbone,
        "NDCG at cutoffs, " + dataset + ", " + backbone,
        "K",
        "NDCG@K",
        Arrays.stream(CUTOFFS).mapToObj(String::valueOf).toList(),
        series);
  }
}
