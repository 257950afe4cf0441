package bsl.paper;

import bsl.report.Claim;
import bsl.report.Column;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.report.Verdict;
import bsl.run.RunSpec;
import bsl.run.ScoreStatistics;
import bsl.run.SettingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reproduces the paper's ablation of the variance penalty. It compares three losses on MF: the mean
 * of the negatives alone, the mean with the variance penalty that softmax loss has to second order,
 * and softmax loss itself.
 */
public final class VarianceAblationArtifact implements Artifact {
  private static final String DATASET = "ml-1m";

  @Override
  public String id() {
    return "variance-ablation";
  }

  @Override
  public String title() {
    return "Variance penalty on the negatives";
  }

  @Override
  public String paperReference() {
    return "ablation of the variance penalty";
  }

  @Override
  public String description() {
    return "a mean of the negatives with and without their variance as a penalty";
  }

  @Override
  public boolean readsModels() {
    return true;
  }

  private static RunSpec meanVariance(Scope scope, String dataset, double weight) {
    return scope.spec(
        scope.preset(),
        dataset,
        "mf",
        "mean-variance",
        run -> run.with(SettingKey.VARIANCE_WEIGHT, weight));
  }

  /** Trained as the other two are. */
  private static RunSpec softmax(Scope scope, String dataset) {
    return scope.spec(scope.presetOverPairs(dataset, "mf", "sl"), dataset, "mf", "sl");
  }

  @Override
  public List<RunSpec> runs(Scope scope) {
    List<RunSpec> runs = new ArrayList<>();
    for (String dataset : scope.preferring(DATASET)) {
      runs.add(meanVariance(scope, dataset, 0));
      runs.add(meanVariance(scope, dataset, 1));
      runs.add(softmax(scope, dataset));
    }
    return runs;
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    Table table =
        new Table(
            "",
            "With and without a variance penalty on the negatives, MF",
            Column.text("dataset", "data set"),
            Column.text("loss", "loss"),
            Column.number("recall20", "Recall@20", "%.5f"),
            Column.number("ndcg20", "NDCG@20", "%.5f"),
            Column.number(ScoreStatistics.NEGATIVE_VARIANCE, "variance of negatives", "%.4f"),
            Column.number("gini", "Gini of popularity shares", "%.3f"));
    List<Claim> claims = new ArrayList<>();
    for (String dataset : scope.preferring(DATASET)) {
      RunSpec without = meanVariance(scope, dataset, 0);
      RunSpec with = meanVariance(scope, dataset, 1);
      double giniWithout = row(table, without, "mean of negatives", runs);
      double giniWith = row(table, with, "mean and variance of negatives", runs);
      row(table, softmax(scope, dataset), "softmax loss", runs);
      claims.add(
          new Claim(
              "penalty-raises-ndcg-mf",
              3,
              runs.dataset(with),
              "The variance penalty raises NDCG@20, mf",
              Verdict.of(runs.ndcg(with) > runs.ndcg(without)),
              String.format(
                  Locale.ROOT, "%.5f against %.5f", runs.ndcg(with), runs.ndcg(without))));
      claims.add(
          new Claim(
              "penalty-is-fairer-mf",
              3,
              runs.dataset(with),
              "The variance penalty spreads Recall@20 more evenly over popularity groups, mf",
              Verdict.of(giniWith < giniWithout),
              String.format(
                  Locale.ROOT, "Gini of the ten shares %.3f against %.3f", giniWith, giniWithout)));
    }
    return new Report(
        id(),
        title(),
        List.of(
            new Paragraph(
                "The loss is (mean of the negatives - positive) / tau, without and with Var / (2 tau^2), which is"
                    + " what softmax loss comes to to second order."),
            table),
        claims,
        List.of());
  }

  private static double row(Table table, RunSpec spec, String name, FinishedRuns runs) {
    double gini = FairnessArtifact.shares(spec, runs).inequality();
    table.addOf(
        runs.link(spec),
        runs.dataset(spec),
        name,
        runs.recall(spec),
        runs.ndcg(spec),
        ScoreStatisticsArtifact.last(spec, ScoreStatistics.NEGATIVE_VARIANCE, runs),
        gini);
    return gini;
  }
}
