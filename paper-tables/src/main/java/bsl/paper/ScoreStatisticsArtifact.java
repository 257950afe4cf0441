package bsl.paper;

import bsl.paper.ClaimJudge.Statement;
import bsl.report.Block;
import bsl.report.Column;
import bsl.report.Estimate;
import bsl.report.Figure;
import bsl.report.Figure.Kind;
import bsl.report.Figure.Series;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.run.EpochRecord;
import bsl.run.RunSpec;
import bsl.run.ScoreStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reproduces the paper's curves of mean and variance of positive and negative scores during
 * training. The backbone is MF, and the runs are those of {@link FairnessArtifact}. Scores are
 * cosines, even if a loss was trained on inner products, so that losses can be compared.
 */
public final class ScoreStatisticsArtifact implements Artifact {
  private static final Map<String, String> CURVES =
      new TreeMap<>(
          Map.of(
              ScoreStatistics.POSITIVE_MEAN, "mean of positive scores",
              ScoreStatistics.POSITIVE_VARIANCE, "variance of positive scores",
              ScoreStatistics.NEGATIVE_MEAN, "mean of negative scores",
              ScoreStatistics.NEGATIVE_VARIANCE, "variance of negative scores"));

  private final FairnessArtifact fairness = new FairnessArtifact();

  @Override
  public String id() {
    return "score-statistics";
  }

  @Override
  public String title() {
    return "Scores during training";
  }

  @Override
  public String paperReference() {
    return "curves of mean and variance of scores";
  }

  @Override
  public String description() {
    return "mean and variance of positive and negative scores, epoch by epoch";
  }

  @Override
  public List<Cell> cells(Scope scope) {
    return fairness.cells(scope);
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Paragraph(
            "The curves are those of seed 1. Cosines of 4,096 train pairs and of 16 uniform negatives of each, after each evaluated epoch. The"
                + " table has the last of them. The variance of negatives is that among a pair's own."));
    Table table =
        new Table(
            "",
            "Scores at the end of training",
            Column.text("dataset", "data set"),
            Column.text("loss", "loss"),
            Column.number(ScoreStatistics.POSITIVE_MEAN, "positives: mean", "%.4f"),
            Column.number(ScoreStatistics.POSITIVE_VARIANCE, "variance", "%.4f"),
            Column.number(ScoreStatistics.NEGATIVE_MEAN, "negatives: mean", "%.4f"),
            Column.number(ScoreStatistics.NEGATIVE_VARIANCE, "variance", "%.4f"));
    ClaimJudge judge = new ClaimJudge(scope);
    for (String dataset : scope.datasets()) {
      List<Cell> cells =
          cells(scope).stream().filter(cell -> cell.first().dataset().equals(dataset)).toList();
      CURVES.forEach((key, title) -> blocks.add(figure(dataset, key, title, cells, runs)));
      for (Cell cell : cells) {
        String loss = cell.first().lossName();
        table.addOf(
            runs.links(cell),
            runs.dataset(cell),
            loss,
            last(cell, ScoreStatistics.POSITIVE_MEAN, runs),
            last(cell, ScoreStatistics.POSITIVE_VARIANCE, runs),
            last(cell, ScoreStatistics.NEGATIVE_MEAN, runs),
            last(cell, ScoreStatistics.NEGATIVE_VARIANCE, runs));
        if (!List.of("sl", "bsl").contains(loss)) {
          claim(cells.get(0), cell, runs, judge);
        }
      }
    }
    blocks.add(table);
    return new Report(id(), title(), blocks, judge.judged(), List.of());
  }

  private static Figure figure(
      String dataset, String key, String title, List<Cell> cells, FinishedRuns runs) {
    List<Series> series = new ArrayList<>();
    for (Cell cell : cells) {
      RunSpec spec = cell.first();
      List<EpochRecord> curve =
          runs.curve(spec).stream().filter(record -> record.metrics().containsKey(key)).toList();
      series.add(
          Series.of(
              spec.lossName(),
              curve.stream().mapToDouble(EpochRecord::epoch).toArray(),
              curve.stream().mapToDouble(record -> record.metrics().get(key)).toArray()));
    }
    return Figure.of(
        dataset + "-" + key.replace('_', '-'),
        "During training, " + dataset + ": " + title,
        "epoch",
        title,
        Kind.LINES,
        series);
  }

  /** A statistic of the last evaluated epoch over the seeds. */
  static Estimate last(Cell cell, String key, FinishedRuns runs) {
    return cell.mean(run -> last(run, key, runs));
  }

  /** A statistic of the last evaluated epoch. It is NaN if the run recorded none. */
  static double last(RunSpec spec, String key, FinishedRuns runs) {
    return runs.curve(spec).stream()
        .filter(record -> record.metrics().containsKey(key))
        .reduce((a, b) -> b)
        .map(record -> record.metrics().get(key))
        .orElse(Double.NaN);
  }

  private static void claim(Cell sl, Cell other, FinishedRuns runs, ClaimJudge judge) {
    String loss = other.first().lossName();
    double[] ours = sl.bySeed(run -> last(run, ScoreStatistics.NEGATIVE_VARIANCE, runs));
    double[] theirs = other.bySeed(run -> last(run, ScoreStatistics.NEGATIVE_VARIANCE, runs));
    double[] less = new double[ours.length];
    Arrays.setAll(less, s -> theirs[s] - ours[s]);
    String text =
        String.format(
            Locale.ROOT,
            "variance of cosines %.4f against %.4f, less by",
            Cell.estimate(ours).mean(),
            Cell.estimate(theirs).mean());
    judge.one(
        "sl-less-variance",
        new Statement(
            "sl-less-variance-than-" + loss + "-mf",
            3,
            runs.dataset(sl),
            "SL leaves less variance among negative scores than "
                + loss.toUpperCase(Locale.ROOT)
                + ", mf"),
        Hypothesis.perSeed(text, less, "%.4f"));
  }
}
