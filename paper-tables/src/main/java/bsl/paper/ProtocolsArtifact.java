package bsl.paper;

import bsl.paper.ClaimJudge.Statement;
import bsl.report.Column;
import bsl.report.Estimate;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.run.Protocol;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

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
  public List<Cell> cells(Scope scope) {
    List<Cell> cells = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (String backbone : scope.among(BACKBONES)) {
        for (String loss : LOSSES) {
          cells.add(scope.cell(dataset, backbone, loss));
          cells.add(heldOut(scope, dataset, backbone, loss));
        }
      }
    }
    return cells;
  }

  private static Cell heldOut(Scope scope, String dataset, String backbone, String loss) {
    return scope.under(Protocol.HELD_OUT).cell(dataset, backbone, loss);
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
    ClaimJudge judge = new ClaimJudge(scope.under(Protocol.HELD_OUT));
    for (String dataset : scope.datasets()) {
      for (String backbone : scope.among(BACKBONES)) {
        for (String loss : LOSSES) {
          row(table, scope, dataset, backbone, loss, runs);
        }
        claim(scope, dataset, backbone, runs, judge);
      }
    }
    return new Report(
        id(),
        title(),
        List.of(
            Paragraph.of(
                "What is owed to protocol `paper` has two parts: its epoch is selected on the test set, and it"
                    + " trains on a tenth more pairs. They are told apart by its NDCG@20 at the epoch that"
                    + " held-out pairs select; blank if it stopped before that epoch. Amazon has validation"
                    + " pairs of its own, so that both protocols are the same there. The runs that CSV and HTML"
                    + " name for a row are those under `held-out`.",
                StartTemperatures.note(cells(scope))),
            table),
        judge.judged(),
        List.of());
  }

  private static void row(
      Table table, Scope scope, String dataset, String backbone, String loss, FinishedRuns runs) {
    Cell paper = scope.cell(dataset, backbone, loss);
    Cell honest = heldOut(scope, dataset, backbone, loss);
    Estimate sameEpoch =
        Cell.estimate(
            IntStream.range(0, paper.seeds())
                .mapToDouble(
                    s ->
                        ndcgAt(
                            runs.result(honest.runs().get(s)).bestEpoch(),
                            paper.runs().get(s),
                            runs))
                .toArray());
    table.addOf(
        runs.links(honest),
        runs.dataset(honest),
        backbone,
        loss,
        runs.ndcg(paper),
        paper.meanCount(run -> runs.result(run).bestEpoch()),
        sameEpoch,
        runs.ndcg(honest),
        honest.meanCount(run -> runs.result(run).bestEpoch()),
        runs.ndcg(paper).mean() / sameEpoch.mean() - 1,
        sameEpoch.mean() / runs.ndcg(honest).mean() - 1);
  }

  private static void claim(
      Scope scope, String dataset, String backbone, FinishedRuns runs, ClaimJudge judge) {
    Cell sl = heldOut(scope, dataset, backbone, "sl");
    Cell bsl = heldOut(scope, dataset, backbone, "bsl");
    judge.one(
        "bsl-at-least-sl-held-out",
        new Statement(
            "bsl-at-least-sl-held-out-" + backbone,
            4,
            runs.dataset(sl),
            "BSL is at least as good as SL on clean data in NDCG@20 alone under protocol held-out, "
                + backbone),
        new Hypotheses(runs).atLeast(FinishedRuns.NDCG, bsl, sl));
  }

  /** NDCG@20 of an epoch on the test set; NaN if it is not known. */
  private static double ndcgAt(int epoch, RunSpec run, FinishedRuns runs) {
    if (!runs.selectedOnTest(run)) {
      // The curve is that of validation pairs. Of the test set there is the selected epoch alone.
      return epoch == runs.result(run).bestEpoch()
          ? runs.metric(run, FinishedRuns.NDCG)
          : Double.NaN;
    }
    return runs.curve(run).stream()
        .filter(record -> record.epoch() == epoch)
        .map(record -> record.metrics().get(FinishedRuns.NDCG))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(Double.NaN);
  }
}
