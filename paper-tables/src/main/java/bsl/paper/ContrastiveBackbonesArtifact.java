package bsl.paper;

import bsl.paper.ClaimJudge.Statement;
import bsl.report.Block;
import bsl.report.Check;
import bsl.report.Column;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reproduces the paper's table of contrastive backbones: each with its own training, with SL and
 * with BSL. Beside each row stands what its auxiliary term adds, which is the difference to the
 * same setting without the term.
 *
 * <p>It trains the table's backbones, although they are not among {@link Scope#BACKBONES}. Others
 * have rows where the scope names them. Profile quick trains the first backbone with BSL and with
 * its own loss, and leaves the term out of BSL only.
 */
public final class ContrastiveBackbonesArtifact implements Artifact {
  private static final String FAMILY = "contrastive-backbones-gain";
  private static final List<String> LOSSES = List.of("sl", "bsl");
  private static final List<String> QUICK_LOSSES = List.of("bsl");

  private final ContrastiveBackbones backbones;

  /** With the backbones of this project and of the class path. */
  public ContrastiveBackbonesArtifact() {
    this(ContrastiveBackbones.known());
  }

  ContrastiveBackbonesArtifact(ContrastiveBackbones backbones) {
    this.backbones = backbones;
  }

  @Override
  public String id() {
    return "contrastive-backbones";
  }

  @Override
  public String title() {
    return "Contrastive backbones";
  }

  @Override
  public String paperReference() {
    return "table of contrastive backbones";
  }

  @Override
  public String description() {
    return "SGL, SimGCL and LightGCL with own loss, SL and BSL; what their term adds";
  }

  @Override
  public boolean expectsChecks(Scope scope) {
    return scope.comparable()
        && cells(scope).stream()
            .map(Cell::first)
            .filter(run -> ContrastiveBackbones.isContrastive(run.backbone()))
            .anyMatch(run -> PublishedCell.of(run).isPresent());
  }

  @Override
  public List<String> backbones() {
    return backbones.all();
  }

  @Override
  public boolean uses(List<String> available) {
    return available.equals(Scope.BACKBONES) || Artifact.super.uses(available);
  }

  /** The backbones to train: those that the scope names, or the table's where it names none. */
  private List<String> chosen(Scope scope) {
    if (!scope.backbones().equals(Scope.BACKBONES)) {
      return scope.among(backbones());
    }
    List<String> all = backbones.inTable();
    return scope.full() || all.isEmpty() ? all : all.subList(0, 1);
  }

  private static List<String> softmaxLosses(Scope scope) {
    return scope.full() ? LOSSES : QUICK_LOSSES;
  }

  private static List<Cell> cells(Scope scope, String dataset, String backbone) {
    return Stream.concat(softmaxLosses(scope).stream(), Stream.of(ContrastiveBackbones.OWN_LOSS))
        .map(loss -> scope.cell(dataset, backbone, loss))
        .toList();
  }

  /** The same setting without the auxiliary term, if that is trained. */
  private static Optional<Cell> without(Scope scope, Cell cell) {
    boolean wanted = scope.full() || !ContrastiveBackbones.isOwn(cell.first());
    return wanted ? ContrastiveBackbones.without(cell) : Optional.empty();
  }

  @Override
  public List<Cell> cells(Scope scope) {
    List<Cell> cells = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (String backbone : chosen(scope)) {
        for (Cell cell : cells(scope, dataset, backbone)) {
          cells.add(cell);
          without(scope, cell).ifPresent(cells::add);
        }
      }
    }
    return cells;
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    Table table = emptyTable();
    List<Check> checks = new ArrayList<>();
    ClaimJudge judge = new ClaimJudge(scope);
    List<TermEffect> effects = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (String backbone : chosen(scope)) {
        List<TermEffect> own = new ArrayList<>();
        for (Cell cell : cells(scope, dataset, backbone)) {
          TermEffect effect = TermEffect.of(cell, without(scope, cell), runs);
          own.add(effect);
          row(table, effect, scope, runs, checks);
        }
        gain(scope, backbone, own, runs, judge);
        effects.addAll(own);
      }
      notRun(scope, dataset, runs, table, judge);
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(Paragraph.of(about(scope), PublishedSettings.note(cells(scope))));
    blocks.add(new Paragraph(TermEffect.finding(effects)));
    blocks.add(table);
    if (effects.stream().anyMatch(effect -> effect.without().isPresent())) {
      blocks.add(withoutTerm(effects, runs));
    }
    return new Report(id(), title(), blocks, judge.judged(), checks);
  }

  private static String about(Scope scope) {
    return "Own: the backbone's own training, BPR and an auxiliary term. SL and BSL replace BPR. What the"
        + " auxiliary term adds is the difference to the same setting with `contrast_weight` 0. "
        + Comparison.asserted(
            scope,
            "A row passes if both metrics are at least 98% of the published ones, 97% with own training;"
                + " protocol `paper`.");
  }

  private static Table emptyTable() {
    return new Table(
        "",
        "Contrastive backbones with their own training, SL and BSL",
        Column.text("dataset", "data set"),
        Column.text("backbone", "backbone"),
        Column.text("loss", "loss"),
        Column.number("recall20", "Recall@20", "%.5f"),
        Column.number("published_recall20", "published", "%.5f"),
        Column.deviation("recall20_deviation", "deviation"),
        Column.number("ndcg20", "NDCG@20", "%.5f"),
        Column.number("published_ndcg20", "published", "%.5f"),
        Column.deviation("ndcg20_deviation", "deviation"),
        Column.text("term", "what the auxiliary term adds"),
        Column.number("added_recall20", "to Recall@20", "%+.5f"),
        Column.number("added_ndcg20", "to NDCG@20", "%+.5f"),
        Column.text("remark", "remark"));
  }

  private static void row(
      Table table, TermEffect effect, Scope scope, FinishedRuns runs, List<Check> checks) {
    RunSpec spec = effect.spec();
    Optional<PublishedCell> published = runs.published(spec, PublishedCell.of(spec));
    Comparison recall = Comparison.of(effect.recall(), published.map(PublishedCell::recall20));
    Comparison ndcg = Comparison.of(effect.ndcg(), published.map(PublishedCell::ndcg20));
    double tolerance = OverallArtifact.tolerance(spec);
    String cell = Comparison.cell(effect.cell());
    Optional<OpenDiscrepancy> ofRecall =
        recall.check(cell + " Recall@20", tolerance, scope, checks);
    Optional<OpenDiscrepancy> ofNdcg = ndcg.check(cell + " NDCG@20", tolerance, scope, checks);
    String remark =
        Stream.of(ofRecall, ofNdcg)
            .flatMap(Optional::stream)
            .map(open -> "open: " + open.evidence())
            .distinct()
            .collect(Collectors.joining("; "));
    table.addOf(
        runs.links(effect.cell()),
        runs.dataset(spec),
        spec.backbone(),
        ContrastiveBackbones.publishedLoss(spec),
        recall.ours(),
        recall.published(),
        recall.deviation(),
        ndcg.ours(),
        ndcg.published(),
        ndcg.deviation(),
        effect.text(),
        effect.addedRecall(),
        effect.addedNdcg(),
        remark);
  }

  /** The settings without the term, each once: backbones share them where they are LightGCN. */
  private static Table withoutTerm(List<TermEffect> effects, FinishedRuns runs) {
    Table table =
        new Table(
            "without-term",
            "The same settings without the auxiliary term",
            Column.text("dataset", "data set"),
            Column.text("rows", "without the term of"),
            Column.text("backbone", "trained as"),
            Column.text("loss", "loss"),
            Column.number("recall20", "Recall@20", "%.5f"),
            Column.number("ndcg20", "NDCG@20", "%.5f"));
    // By their folders: cells may differ in settings that nothing of them reads.
    Map<List<String>, List<TermEffect>> sharing = new LinkedHashMap<>();
    for (TermEffect effect : effects) {
      effect
          .without()
          .map(runs::links)
          .ifPresent(links -> sharing.computeIfAbsent(links, any -> new ArrayList<>()).add(effect));
    }
    sharing.forEach(
        (links, rows) -> {
          Cell cell = rows.get(0).without().orElseThrow();
          table.addOf(
              links,
              runs.dataset(cell),
              rows.stream()
                  .map(row -> row.spec().backbone())
                  .distinct()
                  .collect(Collectors.joining(", ")),
              cell.first().backbone(),
              ContrastiveBackbones.publishedLoss(rows.get(0).spec()),
              runs.recall(cell),
              runs.ndcg(cell));
        });
    return table;
  }

  private static void gain(
      Scope scope, String backbone, List<TermEffect> rows, FinishedRuns runs, ClaimJudge judge) {
    TermEffect own = rows.get(rows.size() - 1);
    List<TermEffect> others = rows.subList(0, rows.size() - 1);
    Hypotheses that = new Hypotheses(runs);
    judge.all(
        FAMILY,
        new Statement(
            claimId(backbone),
            5,
            runs.dataset(own.cell()),
            statement(softmaxLosses(scope), backbone)),
        "what the auxiliary term adds: "
            + others.stream()
                .map(row -> row.spec().lossName() + " " + row.evidence())
                .collect(Collectors.joining(", ")),
        others.stream()
            .map(
                row ->
                    that.better(FinishedRuns.NDCG, row.cell(), own.cell())
                        .named(row.spec().lossName() + ": "))
            .toList());
  }

  private static String claimId(String backbone) {
    return FAMILY + "-" + backbone;
  }

  private static String statement(List<String> losses, String backbone) {
    return losses.stream()
            .map(loss -> loss.toUpperCase(Locale.ROOT))
            .collect(Collectors.joining(" and "))
        + (losses.size() == 1 ? " lifts " : " lift ")
        + backbone
        + " above its own training";
  }

  /** Published rows that have no run, where the scope leaves the choice to the table. */
  private void notRun(
      Scope scope, String dataset, FinishedRuns runs, Table table, ClaimJudge judge) {
    List<String> trained = chosen(scope);
    if (!scope.backbones().equals(Scope.BACKBONES)
        || trained.isEmpty()
        || !runs.onCatalogueData(cells(scope, dataset, trained.get(0)).get(0).first())) {
      return;
    }
    List<PublishedContrastive> rows =
        PublishedContrastive.all().stream()
            .filter(row -> row.dataset().equals(dataset) && !trained.contains(row.backbone()))
            .toList();
    for (PublishedContrastive row : rows) {
      table.add(
          dataset,
          row.backbone(),
          row.loss(),
          null,
          row.recall20(),
          null,
          null,
          row.ndcg20(),
          null,
          "",
          null,
          null,
          "not run");
    }
    rows.stream()
        .map(PublishedContrastive::backbone)
        .distinct()
        .forEach(
            backbone ->
                judge.all(
                    FAMILY,
                    new Statement(
                        claimId(backbone), 5, dataset, statement(softmaxLosses(scope), backbone)),
                    "no run of " + backbone,
                    List.of()));
  }
}
