package bsl.paper;

import bsl.paper.ClaimJudge.Statement;
import bsl.report.Column;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.run.SettingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Shows how much of BSL's gain is owed to rho and how much to the expectation over positives. The
 * paper has no such table. The runs are MF in code form, with mode {@code reweight} or {@code
 * multi}, and with rho 1 or the preset's.
 *
 * <p>{@code reweight} with rho = 1 is softmax loss proper; {@code multi} with rho = 1 is what the
 * authors' logs call SL.
 */
public final class BslAblationArtifact implements Artifact {
  private static final String DATASET = "ml-1m";
  private static final List<String> MODES = List.of("reweight", "multi");

  @Override
  public String id() {
    return "bsl-ablation";
  }

  @Override
  public String title() {
    return "Where BSL's gain comes from";
  }

  @Override
  public String paperReference() {
    return "beyond the paper";
  }

  @Override
  public String description() {
    return "how much rho and the expectation over positives give, each alone";
  }

  @Override
  public List<Cell> cells(Scope scope) {
    List<Cell> cells = new ArrayList<>();
    for (String dataset : scope.preferring(DATASET)) {
      for (String mode : MODES) {
        for (boolean withRho : new boolean[] {false, true}) {
          cells.add(cell(scope, dataset, mode, withRho));
        }
      }
    }
    return cells;
  }

  private static Cell cell(Scope scope, String dataset, String mode, boolean withRho) {
    // Where there is neither, it is the same loss as SL's, so that the run is shared.
    String loss = withRho ? "bsl" : "sl";
    return scope.cell(
        scope.preset(),
        dataset,
        "mf",
        loss,
        run -> run.with(SettingKey.MODE, mode).withConstantTemperature());
  }

  private static String expectation(Scope scope) {
    boolean ofAll =
        scope.preferring(DATASET).stream()
            .map(dataset -> cell(scope, dataset, "multi", true).first())
            .allMatch(run -> run.text(SettingKey.POSITIVE_GROUPS).equals("user"));
    return ofAll
        ? "The expectation is over all of a user's train pairs."
        : "The expectation is over a user's pairs in the mini-batch, in which a pair meets few others of its"
            + " user.";
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    Table table =
        new Table(
            "",
            "BSL taken apart, MF, NDCG@20",
            Column.text("dataset", "data set"),
            Column.text("mode", "expectation over positives"),
            Column.number("rho", "rho", "%.2f"),
            Column.number("ndcg20", "NDCG@20", "%.5f"),
            Column.deviation("gain", "gain over neither"));
    ClaimJudge judge = new ClaimJudge(scope);
    for (String dataset : scope.preferring(DATASET)) {
      double neither = runs.ndcg(cell(scope, dataset, "reweight", false)).mean();
      for (String mode : MODES) {
        for (boolean withRho : new boolean[] {false, true}) {
          Cell cell = cell(scope, dataset, mode, withRho);
          table.addOf(
              runs.links(cell),
              runs.dataset(cell),
              mode.equals("multi") ? "yes" : "no",
              // Loss sl reads no tau_ratio, whatever a preset says.
              withRho ? cell.first().tauRatio() : 1.0,
              runs.ndcg(cell),
              runs.ndcg(cell).mean() / neither - 1);
        }
      }
      Cell rho = cell(scope, dataset, "reweight", true);
      Cell positives = cell(scope, dataset, "multi", false);
      judge.one(
          "ratio-counts-more",
          new Statement(
              "ratio-counts-more-mf",
              0,
              runs.dataset(rho),
              "Rho alone gives more than the expectation over positives alone, mf"),
          new Hypotheses(runs)
              .better(FinishedRuns.NDCG, rho, positives)
              .named(
                  String.format(
                      Locale.ROOT,
                      "%+.2f%% by rho alone, %+.2f%% by the expectation alone: ",
                      100 * (runs.ndcg(rho).mean() / neither - 1),
                      100 * (runs.ndcg(positives).mean() / neither - 1))));
    }
    return new Report(
        id(),
        title(),
        List.of(new Paragraph(expectation(scope)), table),
        judge.judged(),
        List.of());
  }
}
