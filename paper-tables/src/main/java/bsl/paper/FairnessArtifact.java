package bsl.paper;

import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.eval.CrossedSample;
import bsl.eval.FullRankingEvaluator;
import bsl.eval.GroupShares;
import bsl.eval.PairedSample;
import bsl.eval.PopularityGroups;
import bsl.paper.ClaimJudge.Statement;
import bsl.report.Block;
import bsl.report.Column;
import bsl.report.Estimate;
import bsl.report.Figure;
import bsl.report.Figure.Series;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.run.ModelFiles;
import bsl.run.Protocol;
import bsl.run.RunData;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Reproduces the paper's figure of fairness. Items are cut by popularity into ten groups with
 * equally many train pairs. The figure shows what each group contributes to Recall@20, by loss. The
 * backbone is MF. SL and BSL have the scope's preset, the other losses preset {@code baseline}.
 *
 * <p>The claim is that SL spreads recall more evenly over the groups than BPR, BCE and MSE do. The
 * paper shows bars without numbers. Here the Gini coefficient of the ten shares decides: the
 * difference of two losses' coefficients is tested over users and seeds.
 */
public final class FairnessArtifact implements Artifact {
  private static final int CUTOFF = 20;
  private static final List<String> LOSSES = List.of("sl", "bsl", "bpr", "bce", "mse");
  private static final List<String> CLAIMED_LESS_FAIR = List.of("bpr", "bce", "mse");

  @Override
  public String id() {
    return "fairness";
  }

  @Override
  public String title() {
    return "Recall@20 by popularity of the items";
  }

  @Override
  public String paperReference() {
    return "bars of Recall@20 by popularity group";
  }

  @Override
  public String description() {
    return "what ten popularity groups of items contribute to Recall@20, by loss";
  }

  @Override
  public List<Protocol> protocols() {
    return List.of(Protocol.values());
  }

  @Override
  public List<Cell> cells(Scope scope) {
    return scope.datasets().stream()
        .flatMap(dataset -> LOSSES.stream().map(loss -> cell(scope, dataset, loss)))
        .toList();
  }

  private static Cell cell(Scope scope, String dataset, String loss) {
    String preset = CLAIMED_LESS_FAIR.contains(loss) ? "baseline" : scope.preset();
    return scope.cell(preset, dataset, "mf", loss);
  }

  @Override
  public boolean readsModels() {
    return true;
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Paragraph(
            "Protocol `"
                + scope.protocol().key()
                + "`. Items are sorted by their train degree and cut into ten groups of equally many train pairs, group"
                + " 1 the least popular. A group's share is what its items contribute to Recall@20; the ten add"
                + " up to it. BPR, BCE and MSE have preset `baseline`."));
    ClaimJudge judge = new ClaimJudge(scope);
    Table table = emptyTable();
    for (String dataset : scope.datasets()) {
      List<Series> series = new ArrayList<>();
      Map<String, List<GroupShares>> shares = new TreeMap<>();
      for (String loss : LOSSES) {
        Cell cell = cell(scope, dataset, loss);
        List<GroupShares> bySeed = shares(cell, runs);
        shares.put(loss, bySeed);
        series.add(Errors.bars(loss, groups(bySeed)));
        row(table, cell, bySeed, runs);
      }
      blocks.add(
          Figure.bars(
              dataset,
              "Recall@20 by popularity, " + dataset,
              "popularity group, 1 least popular",
              "share of Recall@20",
              IntStream.rangeClosed(1, PopularityGroups.PAPER).mapToObj(String::valueOf).toList(),
              series));
      for (String other : CLAIMED_LESS_FAIR) {
        judge.one(
            "sl-fairer",
            statement(runs.dataset(cell(scope, dataset, "sl")), other),
            fairer(shares.get("sl"), shares.get(other)));
      }
    }
    blocks.add(table);
    return new Report(id(), title(), blocks, judge.judged(), List.of());
  }

  private static Table emptyTable() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("dataset", "data set"));
    columns.add(Column.text("loss", "loss"));
    for (int g = 1; g <= PopularityGroups.PAPER; g++) {
      columns.add(Column.number("group" + g, "group " + g, "%.5f"));
    }
    columns.add(Column.number("recall20", "Recall@20", "%.5f"));
    columns.add(Column.percentage("unpopular", "groups 1 to 5"));
    columns.add(Column.number("gini", "Gini", "%.3f"));
    return new Table("", "Shares of Recall@20", columns.toArray(Column[]::new));
  }

  /** The shares of each seed's run. */
  static List<GroupShares> shares(Cell cell, FinishedRuns runs) {
    return cell.runs().stream().map(run -> shares(run, runs)).toList();
  }

  /** Ranks all items again, and splits Recall@20 of a run over ten popularity groups. */
  private static GroupShares shares(RunSpec spec, FinishedRuns runs) {
    RunData data = runs.data(spec);
    GroupShares shares =
        new GroupShares(
            data.test(), new PopularityGroups(data.train(), PopularityGroups.PAPER), CUTOFF);
    try (WorkPool pool = new WorkPool(runs.threads())) {
      new FullRankingEvaluator(
              data.test(), data.maskedInTest(), spec.testScore(), Kernels.best(), pool, CUTOFF)
          .evaluate(ModelFiles.read(runs.folder(spec)), shares);
    }
    return shares;
  }

  /** The ten shares, each over the seeds. */
  private static List<Estimate> groups(List<GroupShares> bySeed) {
    return IntStream.range(0, PopularityGroups.PAPER)
        .mapToObj(g -> over(bySeed, shares -> shares.shares()[g]))
        .toList();
  }

  /** A number of the shares over the seeds. */
  static Estimate over(List<GroupShares> bySeed, ToDoubleFunction<GroupShares> number) {
    return Cell.estimate(bySeed.stream().mapToDouble(number).toArray());
  }

  private static void row(Table table, Cell cell, List<GroupShares> bySeed, FinishedRuns runs) {
    List<Object> cells = new ArrayList<>(List.of(runs.dataset(cell), cell.first().lossName()));
    cells.addAll(groups(bySeed));
    cells.add(over(bySeed, shares -> Arrays.stream(shares.shares()).sum()));
    cells.add(over(bySeed, FairnessArtifact::ofUnpopular));
    cells.add(over(bySeed, GroupShares::inequality));
    table.addOf(runs.links(cell), cells.toArray());
  }

  /** What the less popular half of the groups contributes, as a share of all. */
  private static double ofUnpopular(GroupShares shares) {
    double[] values = shares.shares();
    double sum = Arrays.stream(values).sum();
    return sum == 0 ? 0 : Arrays.stream(values, 0, values.length / 2).sum() / sum;
  }

  private static Statement statement(String dataset, String other) {
    return new Statement(
        "sl-fairer-than-" + other + "-mf",
        3,
        dataset,
        "SL spreads Recall@20 more evenly over popularity groups than "
            + other.toUpperCase(Locale.ROOT)
            + ", mf");
  }

  /** By how much the Gini coefficient is smaller, by seed and user. */
  static List<Hypothesis> fairer(List<GroupShares> ours, List<GroupShares> theirs) {
    String text =
        String.format(
            Locale.ROOT,
            "Gini of the ten shares %.3f against %.3f",
            over(ours, GroupShares::inequality).mean(),
            over(theirs, GroupShares::inequality).mean());
    List<PairedSample> bySeed =
        IntStream.range(0, ours.size())
            .mapToObj(
                s ->
                    new PairedSample(
                        theirs.get(s).inequalityByUser(), ours.get(s).inequalityByUser()))
            .toList();
    return List.of(
        new Hypothesis(
            text + ", smaller by",
            CrossedSample.ofDifferences(bySeed),
            0,
            1,
            "%.3f",
            Optional.empty()));
  }
}
