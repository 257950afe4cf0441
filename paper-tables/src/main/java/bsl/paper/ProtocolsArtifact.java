package bsl.paper;

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
 * Beyond the paper: the main table's MF runs under both protocols. Under {@code paper} the epoch is
 * selected on the test set, as the authors did; under {@code held-out} on a tenth of each user's
 * train pairs, which are not trained on, and the test set is looked at once.
 */
public final class ProtocolsArtifact implements Artifact {
  private static final List<String> LOSSES = List.of("sl", "bsl");

  @Override
  public String id() {
    return "protocols";
  }

  @Override
  public List<RunSpec> runs(Scope scope) {
    List<RunSpec> runs = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (String loss : LOSSES) {
        runs.add(scope.spec(dataset, "mf", loss));
        runs.add(heldOut(scope, dataset, loss));
      }
    }
    return runs;
  }

  private static RunSpec heldOut(Scope scope, String dataset, String loss) {
    return scope.spec(
        scope.preset(), dataset, "mf", loss, run -> run.with(SettingKey.PROTOCOL, "held-out"));
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    Table table =
        new Table(
            "",
            "NDCG@20 on the test set under both protocols, MF",
            Column.text("dataset", "data set"),
            Column.text("loss", "loss"),
            Column.number("paper", "paper", "%.5f"),
            Column.number("paper_epoch", "epoch", "%d"),
            Column.number("held_out", "held-out", "%.5f"),
            Column.number("held_out_epoch", "epoch", "%d"),
            Column.deviation("owed", "owed to protocol"));
    List<Claim> claims = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (String loss : LOSSES) {
        RunSpec paper = scope.spec(dataset, "mf", loss);
        RunSpec honest = heldOut(scope, dataset, loss);
        table.addOf(
            runs.link(honest),
            dataset,
            loss,
            runs.ndcg(paper),
            runs.result(paper).bestEpoch(),
            runs.ndcg(honest),
            runs.result(honest).bestEpoch(),
            runs.ndcg(paper) / runs.ndcg(honest) - 1);
      }
      double sl = runs.ndcg(heldOut(scope, dataset, "sl"));
      double bsl = runs.ndcg(heldOut(scope, dataset, "bsl"));
      claims.add(
          new Claim(
              4,
              dataset,
              "BSL is at least as good as SL on clean data under protocol held-out, mf",
              Verdict.of(bsl >= sl),
              String.format(Locale.ROOT, "NDCG@20 %.5f against %.5f, one seed", bsl, sl)));
    }
    return new Report(
        id(),
        "Both protocols side by side",
        List.of(
            new Paragraph(
                "What is owed to protocol `paper` has two parts: the epoch is selected on the test set, and a tenth"
                    + " more train pairs are trained on."),
            table),
        claims,
        List.of());
  }
}
