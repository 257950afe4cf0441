package bsl.paper;

import bsl.paper.ClaimJudge.Statement;
import bsl.report.Check;
import bsl.report.Claim;
import bsl.report.Column;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.run.Protocol;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reproduces the paper's main table: SL and BSL on every backbone and data set, beside the
 * published numbers.
 *
 * <p>The authors published no runs of NGCF. Our rows of NGCF have no published numbers beside them,
 * and BPR as a third loss. Contrastive backbones have BPR, too, as part of their own training. They
 * have rows where the scope names them.
 */
public final class OverallArtifact implements Artifact {
  /** Losses of every backbone's rows. */
  private static final List<String> LOSSES = List.of("sl", "bsl");

  /** Losses of backbones that were published with BPR. */
  private static final List<String> LOSSES_AND_OWN = List.of("sl", "bsl", "bpr");

  private static final String RULE =
      "A cell passes if both metrics are at least 98% of the published ones, 97% for a contrastive"
          + " backbone's own training (BPR and its auxiliary term).";

  private static final String PAPER =
      "Protocol `paper`: the epoch is selected as the authors did, on the test set, and on amazon on"
          + " its validation pairs.";

  private static final String HELD_OUT =
      "Protocol `held-out`: the epoch is selected on a tenth of each user's train pairs, which are"
          + " not trained on, and on amazon on its validation pairs. The published numbers were made under protocol `paper` and are not"
          + " asserted.";

  /** The metrics that a verdict is about. */
  private static final List<String> METRICS = List.of(FinishedRuns.NDCG, FinishedRuns.RECALL);

  /** How far below the published number a metric may lie, as a share of it. */
  static final double TOLERANCE = 0.02;

  /** The same for a contrastive backbone's own training, whose settings are not published. */
  static final double OWN_TOLERANCE = 0.03;

  @Override
  public String id() {
    return "overall";
  }

  @Override
  public String title() {
    return "Overall performance";
  }

  @Override
  public String paperReference() {
    return "main table";
  }

  @Override
  public String description() {
    return "SL and BSL on every backbone, Recall@20 and NDCG@20";
  }

  @Override
  public boolean expectsChecks(Scope scope) {
    return scope.comparable()
        && runs(scope).stream().anyMatch(run -> PublishedCell.of(run).isPresent());
  }

  @Override
  public List<String> backbones() {
    return Stream.concat(
            Scope.BACKBONES.stream(), ContrastiveBackbones.known().published().stream())
        .toList();
  }

  @Override
  public List<Protocol> protocols() {
    return List.of(Protocol.values());
  }

  @Override
  public List<Cell> cells(Scope scope) {
    List<Cell> cells = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (String backbone : scope.among(backbones())) {
        losses(backbone).forEach(loss -> cells.add(scope.cell(dataset, backbone, loss)));
      }
    }
    return cells;
  }

  private static List<String> losses(String backbone) {
    boolean withOwn = backbone.equals("ngcf") || ContrastiveBackbones.isContrastive(backbone);
    return withOwn ? LOSSES_AND_OWN : LOSSES;
  }

  /** How far below the published number a metric of a run may lie, as a share of it. */
  static double tolerance(RunSpec spec) {
    return ContrastiveBackbones.isOwn(spec) ? OWN_TOLERANCE : TOLERANCE;
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    Table table =
        new Table(
            "",
            "Recall@20 and NDCG@20, ours and published",
            Column.text("dataset", "data set"),
            Column.text("backbone", "backbone"),
            Column.text("loss", "loss"),
            Column.number("recall20", "Recall@20", "%.5f"),
            Column.number("published_recall20", "published", "%.5f"),
            Column.deviation("recall20_deviation", "deviation"),
            Column.number("ndcg20", "NDCG@20", "%.5f"),
            Column.number("published_ndcg20", "published", "%.5f"),
            Column.deviation("ndcg20_deviation", "deviation"),
            Column.number("best_epoch", "epoch", "%d"),
            Column.number("epochs", "of", "%d"),
            Column.number("train_seconds", "training s", "%.0f"),
            Column.number("gpu_seconds", "GPU s, authors", "%.0f"),
            Column.text("protocol", "protocol"));
    List<Check> checks = new ArrayList<>();
    for (Cell cell : cells(scope)) {
      RunSpec spec = cell.first();
      Optional<PublishedCell> published = runs.published(spec, PublishedCell.of(spec));
      Optional<PublishedRun> theirs =
          published.flatMap(
              any -> PublishedRun.of(spec.dataset(), spec.backbone(), spec.lossName()));
      Comparison recall = Comparison.of(runs.recall(cell), published.map(PublishedCell::recall20));
      Comparison ndcg = Comparison.of(runs.ndcg(cell), published.map(PublishedCell::ndcg20));
      table.addOf(
          runs.links(cell),
          runs.dataset(spec),
          spec.backbone(),
          spec.lossName(),
          recall.ours(),
          recall.published(),
          recall.deviation(),
          ndcg.ours(),
          ndcg.published(),
          ndcg.deviation(),
          cell.meanCount(run -> runs.result(run).bestEpoch()),
          cell.meanCount(run -> runs.result(run).epochs()),
          cell.mean(run -> runs.result(run).trainSeconds()).mean(),
          theirs.map(PublishedRun::gpuTrainSeconds).orElse(null),
          spec.protocol().key());
      recall.check(Comparison.cell(cell) + " Recall@20", tolerance(spec), scope, checks);
      ndcg.check(Comparison.cell(cell) + " NDCG@20", tolerance(spec), scope, checks);
    }
    return new Report(
        id(),
        title(),
        List.of(
            Paragraph.of(
                "The paper's main table.",
                scope.protocol() == Protocol.PAPER
                    ? Comparison.asserted(scope, RULE) + " " + PAPER
                    : HELD_OUT,
                PublishedSettings.note(cells(scope)),
                StartTemperatures.note(cells(scope))),
            table),
        claims(scope, runs),
        checks);
  }

  private List<Claim> claims(Scope scope, FinishedRuns runs) {
    ClaimJudge judge = new ClaimJudge(scope);
    Hypotheses that = new Hypotheses(runs);
    for (String dataset : scope.datasets()) {
      for (String backbone : scope.among(backbones())) {
        Cell sl = scope.cell(dataset, backbone, "sl");
        Cell bsl = scope.cell(dataset, backbone, "bsl");
        judge.all(
            "bsl-at-least-sl",
            new Statement(
                "bsl-at-least-sl-" + backbone,
                4,
                runs.dataset(sl),
                "BSL is at least as good as SL on clean data, " + backbone),
            "",
            METRICS.stream().map(metric -> that.atLeast(metric, bsl, sl)).toList());
        if (losses(backbone).contains("bpr")) {
          Cell bpr = scope.cell(dataset, backbone, "bpr");
          judge.all(
              "sl-better-than-bpr",
              new Statement(
                  "sl-better-than-bpr-" + backbone,
                  ContrastiveBackbones.isContrastive(backbone) ? 5 : 1,
                  runs.dataset(sl),
                  "SL is better than BPR, " + backbone),
              "",
              METRICS.stream().map(metric -> that.better(metric, sl, bpr)).toList());
        }
      }
    }
    return judge.judged();
  }
}
