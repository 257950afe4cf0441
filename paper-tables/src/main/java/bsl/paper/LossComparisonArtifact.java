package bsl.paper;

import bsl.paper.ClaimJudge.Statement;
import bsl.report.Block;
import bsl.report.Check;
import bsl.report.Column;
import bsl.report.Estimate;
import bsl.report.Figure;
import bsl.report.Figure.Series;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.run.InputException;
import bsl.run.Presets;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reproduces the paper's bar chart of BPR, MSE, BCE and SL on MF and LightGCN. Beside it stands
 * what the same losses reach when they are tuned.
 *
 * <p>The paper does not say how its baselines were trained. The <i>usual</i> setting, preset {@code
 * baseline}, has raw inner products and as much weight on the negatives as one negative per
 * positive has. The <i>best found</i> is the scope's preset, or {@code fast} for a loss that the
 * scope's preset does not have. SL always has the scope's preset. The table names the preset of
 * each row.
 */
public final class LossComparisonArtifact implements Artifact {
  /** The paper shows it on these. */
  private static final String[] DATASETS = {"yelp2018", "amazon"};

  private static final List<String> BACKBONES = List.of("mf", "lightgcn");

  /** In the order of the paper's chart of yelp2018, best first. */
  private static final List<String> LOSSES = List.of("sl", "bpr", "bce", "mse");

  /** How the losses that the paper compares with are usually trained. */
  private static final String USUAL = "baseline";

  private static final double TOLERANCE = 0.05;

  /** By how much SL is claimed to lead, as a share of the other loss's mean. */
  private static final double LEAD = 0.15;

  @Override
  public String id() {
    return "loss-comparison";
  }

  @Override
  public String title() {
    return "Comparison of losses";
  }

  @Override
  public String paperReference() {
    return "bars of Recall@20 by loss";
  }

  @Override
  public String description() {
    return "SL beside BPR, BCE and MSE, as usually trained and at their best";
  }

  @Override
  public boolean expectsChecks(Scope scope) {
    return scope.comparable()
        && cells(scope).stream().anyMatch(cell -> comparableBar(cell).isPresent());
  }

  @Override
  public List<String> backbones() {
    return BACKBONES;
  }

  @Override
  public List<Cell> cells(Scope scope) {
    List<Cell> cells = new ArrayList<>();
    for (String dataset : scope.preferring(DATASETS)) {
      for (String backbone : scope.among(BACKBONES)) {
        for (String loss : LOSSES) {
          cells.add(usual(scope, dataset, backbone, loss));
          cells.add(best(scope, dataset, backbone, loss));
        }
        for (String loss : outside(scope, dataset, backbone)) {
          cells.add(best(scope, dataset, backbone, loss));
        }
      }
    }
    return cells.stream().distinct().toList();
  }

  /** Losses of other projects that come with a preset for this cell. */
  private static List<String> outside(Scope scope, String dataset, String backbone) {
    return Stream.of(scope.preset(), Presets.DEFAULT)
        .flatMap(preset -> Presets.outsideLosses(preset, dataset, backbone).stream())
        .distinct()
        .toList();
  }

  private static Cell usual(Scope scope, String dataset, String backbone, String loss) {
    return loss.equals("sl")
        ? best(scope, dataset, backbone, loss)
        : scope.cell(USUAL, dataset, backbone, loss);
  }

  private static Cell best(Scope scope, String dataset, String backbone, String loss) {
    return scope.cell(bestPreset(scope, dataset, backbone, loss), dataset, backbone, loss);
  }

  private static String bestPreset(Scope scope, String dataset, String backbone, String loss) {
    if (loss.equals("sl")) {
      return scope.preset();
    }
    try {
      Presets.of(scope.preset(), dataset, backbone, loss);
      return scope.preset();
    } catch (InputException e) {
      return Presets.DEFAULT;
    }
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Paragraph.of(
            "Usual: raw inner products and as much weight on the negatives as one negative per positive has"
                + " (preset `baseline`). Best found: the preset of the row. The published numbers are read off a"
                + " chart.",
            PublishedSettings.note(cells(scope))));
    ClaimJudge judge = new ClaimJudge(scope);
    List<Check> checks = new ArrayList<>();
    Table table = emptyTable();
    for (String dataset : scope.preferring(DATASETS)) {
      blocks.add(figure(scope, dataset, runs));
      rows(table, scope, dataset, runs, checks);
      for (String backbone : scope.among(BACKBONES)) {
        List<Cell> usual = new ArrayList<>();
        List<Cell> best = new ArrayList<>();
        for (String loss : LOSSES) {
          usual.add(usual(scope, dataset, backbone, loss));
          best.add(best(scope, dataset, backbone, loss));
        }
        lead(backbone, usual, runs, judge);
        order("order-usual", backbone, "as usually trained", charted(usual), runs, judge);
        order("order-best", backbone, "at the best found of each", charted(best), runs, judge);
      }
    }
    blocks.add(table);
    return new Report(id(), title(), blocks, judge.judged(), checks);
  }

  private static Table emptyTable() {
    return new Table(
        "",
        "Recall@20, as usually trained and best found",
        Column.text("dataset", "data set"),
        Column.text("backbone", "backbone"),
        Column.text("loss", "loss"),
        Column.text("setting", "setting"),
        Column.text("preset", "preset"),
        Column.number("recall20", "Recall@20", "%.5f"),
        Column.number("published", "published", "%.4f"),
        Column.deviation("deviation", "deviation"),
        Column.text("remark", "remark"));
  }

  private static void rows(
      Table table, Scope scope, String dataset, FinishedRuns runs, List<Check> checks) {
    for (String backbone : scope.among(BACKBONES)) {
      for (String loss : LOSSES) {
        Cell usual = usual(scope, dataset, backbone, loss);
        Optional<Double> published = published(usual, runs);
        Comparison recall = Comparison.of(runs.recall(usual), published);
        Optional<OpenDiscrepancy> known =
            recall.check(Comparison.cell(usual) + " Recall@20", TOLERANCE, scope, checks);
        String remark = known.map(open -> "open: " + open.evidence()).orElse("");
        if (loss.equals("sl")) {
          row(table, usual, "best found", recall, remark, runs);
          continue;
        }
        row(table, usual, "usual", recall, remark, runs);
        Cell tuned = best(scope, dataset, backbone, loss);
        Comparison other = Comparison.of(runs.recall(tuned), published(tuned, runs));
        row(table, tuned, "best found", other, "", runs);
      }
      for (String loss : outside(scope, dataset, backbone)) {
        Cell own = best(scope, dataset, backbone, loss);
        Comparison recall = Comparison.of(runs.recall(own), Optional.empty());
        row(table, own, "best found", recall, "not one of the paper's losses", runs);
      }
    }
  }

  private static Optional<Double> published(Cell cell, FinishedRuns runs) {
    return runs.published(cell.first(), comparableBar(cell));
  }

  /** The published bar of a cell, if its runs can be set beside it. */
  private static Optional<Double> comparableBar(Cell cell) {
    return bar(cell).filter(any -> PublishedSettings.comparable(cell.first()));
  }

  private static Optional<Double> bar(Cell cell) {
    RunSpec spec = cell.first();
    return PublishedBar.of(spec.dataset(), spec.backbone(), spec.lossName())
        .map(PublishedBar::recall20);
  }

  private static void row(
      Table table, Cell cell, String setting, Comparison recall, String remark, FinishedRuns runs) {
    table.addOf(
        runs.links(cell),
        runs.dataset(cell),
        cell.first().backbone(),
        cell.first().lossName(),
        setting,
        cell.first().preset(),
        recall.ours(),
        recall.published(),
        recall.deviation(),
        remark);
  }

  private static Figure figure(Scope scope, String dataset, FinishedRuns runs) {
    List<String> categories = new ArrayList<>();
    List<Double> published = new ArrayList<>();
    List<Estimate> usual = new ArrayList<>();
    List<Estimate> best = new ArrayList<>();
    for (String backbone : scope.among(BACKBONES)) {
      for (String loss : LOSSES) {
        categories.add(backbone + " " + loss);
        published.add(published(usual(scope, dataset, backbone, loss), runs).orElse(Double.NaN));
        usual.add(runs.recall(usual(scope, dataset, backbone, loss)));
        best.add(runs.recall(best(scope, dataset, backbone, loss)));
      }
    }
    List<Series> series = new ArrayList<>();
    if (published.stream().noneMatch(value -> value.isNaN())) {
      series.add(Series.bars("published", published.stream().mapToDouble(v -> v).toArray()));
    }
    series.add(Errors.bars("ours, as usually trained", usual));
    series.add(Errors.bars("ours, best found", best));
    return Figure.bars(
        dataset, "Comparison of losses, " + dataset, "", "Recall@20", categories, series);
  }

  /** The losses stand in the paper's order: SL first. */
  private static void lead(
      String backbone, List<Cell> losses, FinishedRuns runs, ClaimJudge judge) {
    Cell sl = losses.get(0);
    Hypotheses that = new Hypotheses(runs);
    judge.all(
        "sl-leads-by-15-percent",
        new Statement(
            "sl-leads-by-15-percent-" + backbone,
            1,
            runs.dataset(sl),
            "SL beats BPR, BCE and MSE by more than 15%, " + backbone),
        "",
        losses.subList(1, losses.size()).stream()
            .map(
                loss ->
                    that.better(FinishedRuns.RECALL, sl, loss, LEAD)
                        .named(name(loss) + ", to be led by 15%: "))
            .toList());
  }

  /** In the order of the paper's chart of the data set, best first, if it has one. */
  private static List<Cell> charted(List<Cell> losses) {
    // Data sets without a chart keep the order in which they are given.
    return losses.stream()
        .sorted(Comparator.comparingDouble(cell -> -bar(cell).orElse(0.0)))
        .toList();
  }

  private static String name(Cell cell) {
    return cell.first().lossName().toUpperCase(Locale.ROOT);
  }

  private static void order(
      String family,
      String backbone,
      String setting,
      List<Cell> losses,
      FinishedRuns runs,
      ClaimJudge judge) {
    Hypotheses that = new Hypotheses(runs);
    List<Hypothesis> steps = new ArrayList<>();
    for (int l = 1; l < losses.size(); l++) {
      Cell above = losses.get(l - 1);
      Cell below = losses.get(l);
      steps.add(
          that.better(FinishedRuns.RECALL, above, below)
              .named(name(above) + " > " + name(below) + ": "));
    }
    String order =
        losses.stream()
            .sorted(Comparator.comparingDouble((Cell cell) -> -runs.recall(cell).mean()))
            .map(LossComparisonArtifact::name)
            .collect(Collectors.joining(" > "));
    judge.all(
        family,
        new Statement(
            family + "-" + backbone,
            1,
            runs.dataset(losses.get(0)),
            losses.stream().map(LossComparisonArtifact::name).collect(Collectors.joining(" > "))
                + ", "
                + backbone
                + ", "
                + setting),
        "the order is " + order,
        steps);
  }
}
