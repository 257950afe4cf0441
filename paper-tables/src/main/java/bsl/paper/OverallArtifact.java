package bsl.paper;

import bsl.report.Check;
import bsl.report.Claim;
import bsl.report.Column;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.report.Verdict;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
  public List<RunSpec> runs(Scope scope) {
    List<RunSpec> runs = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (String backbone : scope.among(backbones())) {
        losses(backbone).forEach(loss -> runs.add(scope.spec(dataset, backbone, loss)));
      }
    }
    return runs;
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
    for (RunSpec spec : runs(scope)) {
      RunResult ours = runs.result(spec);
      Optional<PublishedCell> published = runs.published(spec, PublishedCell.of(spec));
      Optional<PublishedRun> theirs =
          runs.published(spec, PublishedRun.of(spec.dataset(), spec.backbone(), spec.lossName()));
      Comparison recall = Comparison.of(runs.recall(spec), published.map(PublishedCell::recall20));
      Comparison ndcg = Comparison.of(runs.ndcg(spec), published.map(PublishedCell::ndcg20));
      table.addOf(
          runs.link(spec),
          runs.dataset(spec),
          spec.backbone(),
          spec.lossName(),
          recall.ours(),
          recall.published(),
          recall.deviation(),
          ndcg.ours(),
          ndcg.published(),
          ndcg.deviation(),
          ours.bestEpoch(),
          ours.epochs(),
          ours.trainSeconds(),
          theirs.map(PublishedRun::gpuTrainSeconds).orElse(null),
          ours.protocol());
      recall.check(Comparison.cell(spec) + " Recall@20", tolerance(spec), scope, checks);
      ndcg.check(Comparison.cell(spec) + " NDCG@20", tolerance(spec), scope, checks);
    }
    return new Report(
        id(),
        title(),
        List.of(
            new Paragraph(
                "The paper's main table. A cell passes if both metrics are at least 98% of the published ones,"
                    + " 97% for a contrastive backbone's own training (BPR and its auxiliary term)."
                    + " Protocol `paper`: the epoch is selected on the test set, as the authors did."),
            table),
        claims(scope, runs),
        checks);
  }

  private List<Claim> claims(Scope scope, FinishedRuns runs) {
    List<Claim> claims = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (String backbone : scope.among(backbones())) {
        RunSpec of = scope.spec(dataset, backbone, "sl");
        String on = runs.dataset(of);
        double sl = runs.ndcg(of);
        double bsl = runs.ndcg(scope.spec(dataset, backbone, "bsl"));
        String clean = "BSL is at least as good as SL on clean data, " + backbone;
        claims.add(
            new Claim(
                "bsl-at-least-sl-" + backbone,
                4,
                on,
                clean,
                Verdict.of(bsl >= sl),
                evidence(bsl, sl)));
        if (losses(backbone).contains("bpr")) {
          double bpr = runs.ndcg(scope.spec(dataset, backbone, "bpr"));
          String better = "SL is better than BPR, " + backbone;
          claims.add(
              new Claim(
                  "sl-better-than-bpr-" + backbone,
                  ContrastiveBackbones.isContrastive(backbone) ? 5 : 1,
                  on,
                  better,
                  Verdict.of(sl > bpr),
                  evidence(sl, bpr)));
        }
      }
    }
    return claims;
  }

  private static String evidence(double ndcg, double other) {
    return String.format(
        Locale.ROOT,
        "NDCG@20 %.5f against %.5f (%+.1f%%), one seed",
        ndcg,
        other,
        100 * (ndcg / other - 1));
  }
}
