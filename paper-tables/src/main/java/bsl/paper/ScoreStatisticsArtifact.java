package bsl.paper;

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
import bsl.run.EpochRecord;
import bsl.run.RunSpec;
import bsl.run.ScoreStatistics;
import java.util.ArrayList;
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
  public List<RunSpec> runs(Scope scope) {
    return fairness.runs(scope);
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Paragraph(
            "Cosines of 4,096 train pairs and of 16 uniform negatives of each, after each evaluated epoch. The"
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
    List<Claim> claims = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      List<RunSpec> specs =
          runs(scope).stream().filter(spec -> spec.dataset().equals(dataset)).toList();
      CURVES.forEach((key, title) -> blocks.add(figure(dataset, key, title, specs, runs)));
      for (RunSpec spec : specs) {
        table.addOf(
            runs.link(spec),
            runs.dataset(spec),
            spec.lossName(),
            last(spec, ScoreStatistics.POSITIVE_MEAN, runs),
            last(spec, ScoreStatistics.POSITIVE_VARIANCE, runs),
            last(spec, ScoreStatistics.NEGATIVE_MEAN, runs),
            last(spec, ScoreStatistics.NEGATIVE_VARIANCE, runs));
        if (!List.of("sl", "bsl").contains(spec.lossName())) {
          claims.add(claim(specs.get(0), spec, runs));
        }
      }
    }
    blocks.add(table);
    return new Report(id(), title(), blocks, claims, List.of());
  }

  private static Figure figure(
      String dataset, String key, String title, List<RunSpec> specs, FinishedRuns runs) {
    List<Series> series = new ArrayList<>();
    for (RunSpec spec : specs) {
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

  /** A statistic of the last evaluated epoch. It is NaN if the run recorded none. */
  static double last(RunSpec spec, String key, FinishedRuns runs) {
    return runs.curve(spec).stream()
        .filter(record -> record.metrics().containsKey(key))
        .reduce((a, b) -> b)
        .map(record -> record.metrics().get(key))
        .orElse(Double.NaN);
  }

  private static Claim claim(RunSpec sl, RunSpec other, FinishedRuns runs) {
    double ours = last(sl, ScoreStatistics.NEGATIVE_VARIANCE, runs);
    double theirs = last(other, ScoreStatistics.NEGATIVE_VARIANCE, runs);
    return new Claim(
        "sl-less-variance-than-" + other.lossName() + "-mf",
        3,
        runs.dataset(sl),
        "SL leaves less variance among negative scores than "
            + other.lossName().toUpperCase(Locale.ROOT)
            + ", mf",
        Double.isNaN(ours) || Double.isNaN(theirs) ? Verdict.NOT_RUN : Verdict.of(ours < theirs),
        String.format(Locale.ROOT, "variance of cosines %.4f against %.4f", ours, theirs));
  }
}
