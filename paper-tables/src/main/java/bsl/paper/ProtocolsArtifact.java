package bsl.paper;

import bsl.report.Claim;
import bsl.report.Column;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.report.Verdict;
import bsl.run.EpochRecord;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

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
            Column.number("same_epoch", "paper, epoch of held-out", "%.5f"),
            Column.number("held_out", "held-out", "%.5f"),
            Column.number("held_out_epoch", "epoch", "%d"),
            Column.deviation("owed_to_epoch", "owed to the epoch"),
            Column.deviation("owed_to_pairs", "owed to more pairs"));
    List<Claim> claims = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (String loss : LOSSES) {
        RunSpec paper = scope.spec(dataset, "mf", loss);
        RunSpec honest = heldOut(scope, dataset, loss);
        int epoch = runs.result(honest).bestEpoch();
        Double sameEpoch = ndcgAt(epoch, runs.curve(paper));
        table.addOf(
            runs.link(honest),
            dataset,
            loss,
            runs.ndcg(paper),
            runs.result(paper).bestEpoch(),
            sameEpoch,
            runs.ndcg(honest),
            epoch,
            sameEpoch == null ? null : runs.ndcg(paper) / sameEpoch - 1,
            sameEpoch == null ? null : sameEpoch / runs.ndcg(honest) - 1);
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
                "What is owed to protocol `paper` has two parts: its epoch is selected on the test set, and it"
                    + " trains on a tenth more pairs. They are told apart by its NDCG@20 at the epoch that"
                    + " held-out pairs select; blank if it stopped before that epoch."),
            table),
        claims,
        List.of());
  }

  /** NDCG@20 of an epoch; {@code null} if it was not evaluated. */
  private static Double ndcgAt(int epoch, List<EpochRecord> curve) {
    return curve.stream()
        .filter(record -> record.epoch() == epoch)
        .map(record -> record.metrics().get("ndcg@20"))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
