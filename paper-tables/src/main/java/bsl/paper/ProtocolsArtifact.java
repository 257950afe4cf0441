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
 * Shows the main table's MF and LightGCN runs under both protocols. The paper has no such table.
 * Protocol {@code paper} selects the epoch on the test set, as the authors did. Protocol {@code
 * held-out} selects it on a tenth of each user's train pairs, which are not trained on. It looks at
 * the test set once.
 */
public final class ProtocolsArtifact implements Artifact {
  private static final List<String> BACKBONES = List.of("mf", "lightgcn");
  private static final List<String> LOSSES = List.of("sl", "bsl");

  @Override
  public String id() {
    return "protocols";
  }

  @Override
  public String title() {
    return "Both protocols side by side";
  }

  @Override
  public String paperReference() {
    return "beyond the paper";
  }

  @Override
  public String description() {
    return "the main table with the epoch selected on held-out pairs";
  }

  @Override
  public List<String> backbones() {
    return BACKBONES;
  }

  @Override
  public List<RunSpec> runs(Scope scope) {
    List<RunSpec> runs = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (String backbone : scope.among(BACKBONES)) {
        for (String loss : LOSSES) {
          runs.add(scope.spec(dataset, backbone, loss));
          runs.add(heldOut(scope, dataset, backbone, loss));
        }
      }
    }
    return runs;
  }

  private static RunSpec heldOut(Scope scope, String dataset, String backbone, String loss) {
    return scope.spec(
        scope.preset(), dataset, backbone, loss, run -> run.with(SettingKey.PROTOCOL, "held-out"));
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    Table table =
        new Table(
            "",
            "NDCG@20 on the test set under both protocols",
            Column.text("dataset", "data set"),
            Column.text("backbone", "backbone"),
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
      for (String backbone : scope.among(BACKBONES)) {
        for (String loss : LOSSES) {
          row(table, scope, dataset, backbone, loss, runs);
        }
        claims.add(claim(scope, dataset, backbone, runs));
      }
    }
    return new Report(
        id(),
        title(),
        List.of(
            new Paragraph(
                "What is owed to protocol `paper` has two parts: its epoch is selected on the test set, and it"
                    + " trains on a tenth more pairs. They are told apart by its NDCG@20 at the epoch that"
                    + " held-out pairs select; blank if it stopped before that epoch."),
            table),
        claims,
        List.of());
  }

  private static void row(
      Table table, Scope scope, String dataset, String backbone, String loss, FinishedRuns runs) {
    RunSpec paper = scope.spec(dataset, backbone, loss);
    RunSpec honest = heldOut(scope, dataset, backbone, loss);
    int epoch = runs.result(honest).bestEpoch();
    Double sameEpoch = ndcgAt(epoch, runs.curve(paper));
    table.addOf(
        runs.link(honest),
        runs.dataset(honest),
        backbone,
        loss,
        runs.ndcg(paper),
        runs.result(paper).bestEpoch(),
        sameEpoch,
        runs.ndcg(honest),
        epoch,
        sameEpoch == null ? null : runs.ndcg(paper) / sameEpoch - 1,
        sameEpoch == null ? null : sameEpoch / runs.ndcg(honest) - 1);
  }

  private static Claim claim(Scope scope, String dataset, String backbone, FinishedRuns runs) {
    RunSpec of = heldOut(scope, dataset, backbone, "sl");
    double sl = runs.ndcg(of);
    double bsl = runs.ndcg(heldOut(scope, dataset, backbone, "bsl"));
    return new Claim(
        "bsl-at-least-sl-held-out-" + backbone,
        4,
        runs.dataset(of),
        "BSL is at least as good as SL on clean data under protocol held-out, " + backbone,
        Verdict.of(bsl >= sl),
        String.format(Locale.ROOT, "NDCG@20 %.5f against %.5f, one seed", bsl, sl));
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
