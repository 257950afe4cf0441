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
import java.util.List;

/** The paper's bars of NDCG at smaller cutoffs, of the main table's runs. */
public final class CutoffsArtifact implements Artifact {
  private static final int[] CUTOFFS = {5, 10, 15};
  private static final double TOLERANCE = 0.02;

  private final OverallArtifact overall = new OverallArtifact();

  @Override
  public String id() {
    return "cutoffs";
  }

  @Override
  public List<String> backbones() {
    return overall.backbones();
  }

  @Override
  public List<RunSpec> runs(Scope scope) {
    return overall.runs(scope);
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
    for (RunSpec spec : runs(scope)) {
      for (int k : CUTOFFS) {
        Comparison ndcg =
            Comparison.of(
                runs.metric(spec, "ndcg@" + k),
                PublishedCutoff.of(spec.dataset(), spec.backbone(), spec.lossName(), k)
                    .map(PublishedCutoff::ndcg));
        table.addOf(
            runs.link(spec),
            spec.dataset(),
            spec.backbone(),
            spec.lossName(),
            k,
            ndcg.ours(),
            ndcg.published(),
            ndcg.deviation());
        ndcg.check(Comparison.cell(spec) + " NDCG@" + k, TOLERANCE, scope, checks);
      }
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Paragraph(
            "Each of ours is to be at least 98% of the published number; protocol `paper`."));
    for (String dataset : scope.datasets()) {
      blocks.add(figure(scope, dataset, runs));
    }
    blocks.add(table);
    return new Report(id(), "NDCG at smaller cutoffs", blocks, List.of(), checks);
  }

  private Figure figure(Scope scope, String dataset, FinishedRuns runs) {
    List<Series> series = new ArrayList<>();
    for (RunSpec spec : runs(scope)) {
      if (spec.dataset().equals(dataset)) {
        double[] bars = new double[CUTOFFS.length];
        for (int c = 0; c < bars.length; c++) {
          bars[c] = runs.metric(spec, "ndcg@" + CUTOFFS[c]);
        }
        series.add(Series.bars(spec.backbone() + " " + spec.lossName(), bars));
      }
    }
    return Figure.bars(
        dataset, "NDCG at cutoffs, " + dataset, "K", "NDCG@K", List.of("5", "10", "15"), series);
  }
}
