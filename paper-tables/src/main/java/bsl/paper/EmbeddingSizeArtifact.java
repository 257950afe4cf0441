package bsl.paper;

import bsl.paper.ClaimJudge.Statement;
import bsl.report.Block;
import bsl.report.Check;
import bsl.report.Column;
import bsl.report.Figure;
import bsl.report.Figure.Series;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reproduces the paper's bars of NDCG@20 by embedding size, for SL and BSL on MF and LightGCN.
 * Contrastive backbones with their own training stand beside them where the scope names them.
 */
public final class EmbeddingSizeArtifact implements Artifact {
  private static final List<String> BACKBONES = List.of("mf", "lightgcn");
  private static final List<String> LOSSES = List.of("sl", "bsl");
  private static final List<String> OWN = List.of(ContrastiveBackbones.OWN_LOSS);
  private static final List<Integer> SIZES = List.of(128, 256, 512);
  private static final List<Integer> QUICK_SIZES = List.of(32, 64);

  @Override
  public String id() {
    return "embedding-size";
  }

  @Override
  public String title() {
    return "Embedding size";
  }

  @Override
  public String paperReference() {
    return "bars of NDCG@20 by embedding size";
  }

  @Override
  public String description() {
    return "SL and BSL with embeddings of 128, 256 and 512 dimensions";
  }

  @Override
  public boolean expectsChecks(Scope scope) {
    return scope.comparable()
        && runs(scope).stream().anyMatch(run -> PublishedSize.of(run).isPresent());
  }

  private static List<Integer> sizes(Scope scope) {
    return scope.full() ? SIZES : QUICK_SIZES;
  }

  @Override
  public List<String> backbones() {
    return Stream.concat(BACKBONES.stream(), ContrastiveBackbones.known().withSizes().stream())
        .toList();
  }

  private static List<String> losses(String backbone) {
    return ContrastiveBackbones.isContrastive(backbone) ? OWN : LOSSES;
  }

  @Override
  public List<Cell> cells(Scope scope) {
    List<Cell> cells = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (String backbone : scope.among(backbones())) {
        for (String loss : losses(backbone)) {
          sizes(scope).forEach(size -> cells.add(cell(scope, dataset, backbone, loss, size)));
        }
      }
    }
    return cells;
  }

  private static Cell cell(Scope scope, String dataset, String backbone, String loss, int size) {
    return scope.cell(
        scope.preset(), dataset, backbone, loss, run -> run.with(SettingKey.DIMENSION, size));
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    Table table =
        new Table(
            "",
            "NDCG@20 by embedding size",
            Column.text("dataset", "data set"),
            Column.text("backbone", "backbone"),
            Column.text("loss", "loss"),
            Column.number("dimension", "d", "%d"),
            Column.number("recall20", "Recall@20", "%.5f"),
            Column.number("ndcg20", "NDCG@20", "%.5f"),
            Column.number("published_ndcg20", "published", "%.5f"),
            Column.deviation("deviation", "deviation"));
    List<Block> blocks = new ArrayList<>();
    String temperatures = StartTemperatures.note(cells(scope));
    if (!temperatures.isEmpty()) {
      blocks.add(new Paragraph(temperatures));
    }
    ClaimJudge judge = new ClaimJudge(scope);
    List<Check> checks = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (String backbone : scope.among(backbones())) {
        List<Series> series = new ArrayList<>();
        for (String loss : losses(backbone)) {
          List<Comparison> bars = new ArrayList<>();
          for (int size : sizes(scope)) {
            Cell cell = cell(scope, dataset, backbone, loss, size);
            bars.add(row(table, checks, cell, scope, runs));
          }
          series.addAll(Comparison.bars(loss, bars, scope));
        }
        if (losses(backbone).equals(LOSSES)) {
          sizes(scope).forEach(size -> claim(scope, dataset, backbone, size, runs, judge));
        }
        blocks.add(
            Figure.bars(
                dataset + "-" + backbone,
                "Embedding size, " + dataset + ", " + backbone,
                "d",
                "NDCG@20",
                sizes(scope).stream().map(String::valueOf).toList(),
                series));
      }
    }
    blocks.add(table);
    return new Report(id(), title(), blocks, judge.judged(), checks);
  }

  private static Comparison row(
      Table table, List<Check> checks, Cell cell, Scope scope, FinishedRuns runs) {
    RunSpec spec = cell.first();
    Comparison ndcg =
        Comparison.of(
            runs.ndcg(cell),
            runs.published(spec, PublishedSize.of(spec).map(PublishedSize::ndcg20)));
    table.addOf(
        runs.links(cell),
        runs.dataset(spec),
        spec.backbone(),
        spec.lossName(),
        spec.dimension(),
        runs.recall(cell),
        ndcg.ours(),
        ndcg.published(),
        ndcg.deviation());
    ndcg.check(
        Comparison.cell(cell) + " NDCG@20 at d " + spec.dimension(),
        OverallArtifact.tolerance(spec),
        scope,
        checks);
    return ndcg;
  }

  private static void claim(
      Scope scope, String dataset, String backbone, int size, FinishedRuns runs, ClaimJudge judge) {
    Cell sl = cell(scope, dataset, backbone, "sl", size);
    Cell bsl = cell(scope, dataset, backbone, "bsl", size);
    judge.one(
        "bsl-at-least-sl",
        new Statement(
            "bsl-at-least-sl-d" + size + "-" + backbone,
            4,
            runs.dataset(sl),
            "BSL is at least as good as SL at d = " + size + ", " + backbone),
        new Hypotheses(runs).atLeast(FinishedRuns.NDCG, bsl, sl));
  }
}
