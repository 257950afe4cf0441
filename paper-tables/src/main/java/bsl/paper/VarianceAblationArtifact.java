package bsl.paper;

import bsl.eval.GroupShares;
import bsl.paper.ClaimJudge.Statement;
import bsl.report.Column;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.run.ScoreStatistics;
import bsl.run.SettingKey;
import java.util.ArrayList;
import java.util.List;

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

  private static Cell meanVariance(Scope scope, String dataset, double weight) {
    return scope.cell(
        scope.preset(),
        dataset,
        "mf",
        "mean-variance",
        run -> run.with(SettingKey.VARIANCE_WEIGHT, weight));
  }

  /** Trained as the other two are. */
  private static Cell softmax(Scope scope, String dataset) {
    return scope.cell(scope.presetOverPairs(dataset, "mf", "sl"), dataset, "mf", "sl");
  }

  @Override
  public List<Cell> cells(Scope scope) {
    List<Cell> cells = new ArrayList<>();
    for (String dataset : scope.preferring(DATASET)) {
      cells.add(meanVariance(scope, dataset, 0));
      cells.add(meanVariance(scope, dataset, 1));
      cells.add(softmax(scope, dataset));
    }
    return cells;
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
    ClaimJudge judge = new ClaimJudge(scope);
    for (String dataset : scope.preferring(DATASET)) {
      Cell without = meanVariance(scope, dataset, 0);
      Cell with = meanVariance(scope, dataset, 1);
      List<GroupShares> sharesWithout = row(table, without, "mean of negatives", runs);
      List<GroupShares> sharesWith = row(table, with, "mean and variance of negatives", runs);
      row(table, softmax(scope, dataset), "softmax loss", runs);
      judge.one(
          "penalty-raises-ndcg",
          new Statement(
              "penalty-raises-ndcg-mf",
              3,
              runs.dataset(with),
              "The variance penalty raises NDCG@20, mf"),
          new Hypotheses(runs).better(FinishedRuns.NDCG, with, without));
      judge.one(
          "penalty-is-fairer",
          new Statement(
              "penalty-is-fairer-mf",
              3,
              runs.dataset(with),
              "The variance penalty spreads Recall@20 more evenly over popularity groups, mf"),
          FairnessArtifact.fairer(sharesWith, sharesWithout));
    }
    return new Report(
        id(),
        title(),
        List.of(
            new Paragraph(
                "The loss is (mean of the negatives - positive) / tau, without and with Var / (2 tau^2), which is"
                    + " what softmax loss comes to to second order. The variance is that at the end of training,"
                    + " the other numbers are those of the selected epoch."),
            table),
        judge.judged(),
        List.of());
  }

  private static List<GroupShares> row(Table table, Cell cell, String name, FinishedRuns runs) {
    List<GroupShares> shares = FairnessArtifact.shares(cell, runs);
    table.addOf(
        runs.links(cell),
        runs.dataset(cell),
        name,
        runs.recall(cell),
        runs.ndcg(cell),
        ScoreStatisticsArtifact.last(cell, ScoreStatistics.NEGATIVE_VARIANCE, runs),
        FairnessArtifact.over(shares, GroupShares::inequality));
    return shares;
  }
}
