package bsl.paper;

import bsl.eval.SeedSummary;
import bsl.report.Claim;
import bsl.report.Column;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.report.Verdict;
import bsl.run.RunSpec;
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
  public boolean usesSeeds() {
    return true;
  }

  @Override
  public List<RunSpec> runs(Scope scope) {
    List<RunSpec> runs = new ArrayList<>();
    for (String dataset : scope.preferring(DATASET)) {
      for (String mode : MODES) {
        for (boolean withRho : new boolean[] {false, true}) {
          scope.allSeeds().forEach(seed -> runs.add(spec(scope, dataset, mode, withRho, seed)));
        }
      }
    }
    return runs;
  }

  private static RunSpec spec(Scope scope, String dataset, String mode, boolean withRho, int seed) {
    // Where there is neither, it is the same loss as SL's, so that the run is shared.
    String loss = withRho ? "bsl" : "sl";
    return scope.spec(
        scope.preset(),
        dataset,
        "mf",
        loss,
        run -> run.with(SettingKey.MODE, mode).with(SettingKey.SEED, seed));
  }

  private static SeedSummary summary(
      Scope scope, String dataset, String mode, boolean withRho, FinishedRuns runs) {
    return runs.ndcg(scope, seed -> spec(scope, dataset, mode, withRho, seed));
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
            Column.number("seeds", "seeds", "%d"),
            Column.number("first", "first seed", "%.5f"),
            Column.number("mean", "mean", "%.5f"),
            Column.number("deviation", "standard deviation", "%.5f"),
            Column.deviation("gain", "gain over neither"));
    List<Claim> claims = new ArrayList<>();
    for (String dataset : scope.preferring(DATASET)) {
      double neither = summary(scope, dataset, "reweight", false, runs).mean();
      for (String mode : MODES) {
        for (boolean withRho : new boolean[] {false, true}) {
          RunSpec first = spec(scope, dataset, mode, withRho, 1);
          SeedSummary summary = summary(scope, dataset, mode, withRho, runs);
          table.addOf(
              runs.link(first),
              runs.dataset(first),
              mode.equals("multi") ? "yes" : "no",
              first.tauRatio(),
              summary.seeds(),
              runs.ndcg(first),
              summary.mean(),
              summary.seeds() == 1 ? null : summary.standardDeviation(),
              summary.mean() / neither - 1);
        }
      }
      double ofRho = summary(scope, dataset, "reweight", true, runs).mean() / neither - 1;
      double ofPositives = summary(scope, dataset, "multi", false, runs).mean() / neither - 1;
      claims.add(
          new Claim(
              "ratio-counts-more-mf",
              0,
              runs.dataset(spec(scope, dataset, "multi", true, 1)),
              "More of BSL's gain is owed to rho than to the expectation over positives, mf",
              scope.seeds() == 1 ? Verdict.UNDECIDED : Verdict.of(ofRho > ofPositives),
              String.format(
                  Locale.ROOT,
                  "NDCG@20 %+.2f%% by rho alone, %+.2f%% by the expectation alone, %d seed(s)",
                  100 * ofRho,
                  100 * ofPositives,
                  scope.seeds())));
    }
    return new Report(
        id(),
        title(),
        List.of(
            new Paragraph(
                "The expectation is over a user's pairs in the mini-batch, in which a pair meets few others of its"
                    + " user."),
            table),
        claims,
        List.of());
  }
}
