package bsl.paper;

import bsl.data.DatasetCatalog;
import bsl.report.Block;
import bsl.report.Column;
import bsl.report.Figure;
import bsl.report.Figure.Kind;
import bsl.report.Figure.Series;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.run.EpochRecord;
import bsl.run.Presets;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Shows NDCG@20 on the validation set against training seconds, for each cell of the main table.
 * The paper has no such figure. Our curve is from this machine's cores, the authors' from their
 * GPU. A cell has the curve of preset {@code pairwise} beside it where that is another run and in
 * the store. Of contrastive backbones no times are published, so theirs are blank.
 */
public final class TimeToAccuracyArtifact implements Artifact {
  private static final double[] SHARES = {0.9, 0.95, 0.98};

  private final OverallArtifact overall = new OverallArtifact();

  @Override
  public String id() {
    return "time-to-accuracy";
  }

  @Override
  public String title() {
    return "Time to accuracy";
  }

  @Override
  public String paperReference() {
    return "beyond the paper";
  }

  @Override
  public String description() {
    return "training time until a share of the published NDCG@20, beside the authors' GPU";
  }

  @Override
  public List<String> backbones() {
    return overall.backbones();
  }

  @Override
  public List<Cell> cells(Scope scope) {
    // Nothing is said of a cell without a published number.
    return overall.cells(scope).stream()
        .filter(
            cell ->
                DatasetCatalog.entry(cell.first().dataset()).isEmpty()
                    || PublishedCell.of(cell.first()).isPresent())
        .toList();
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Paragraph.of(
            "The curves are those of seed 1. Training seconds, evaluation not counted, until NDCG@20"
                + " first reaches a share of the published value; blank if the run of some seed never"
                + " does. The published value is that of the test set. So the shares are also blank where the"
                + " epoch is selected on validation pairs, and the curve is of those. Ours:"
                + " `threads` of this machine's cores, blank where the runs of a row had different"
                + " numbers of them. Theirs: a GPU.",
            PublishedSettings.note(overall.cells(scope))));
    Table table =
        new Table(
            "",
            "Seconds to a share of the published NDCG@20",
            Column.text("dataset", "data set"),
            Column.text("backbone", "backbone"),
            Column.text("loss", "loss"),
            Column.number("threads", "threads", "%d"),
            Column.number("ours90", "90%: ours", "%.0f"),
            Column.number("theirs90", "theirs", "%.0f"),
            Column.number("ours95", "95%: ours", "%.0f"),
            Column.number("theirs95", "theirs", "%.0f"),
            Column.number("ours98", "98%: ours", "%.0f"),
            Column.number("theirs98", "theirs", "%.0f"));
    for (Cell cell : cells(scope)) {
      RunSpec spec = cell.first();
      List<PublishedCurve.Point> theirs =
          PublishedCurve.of(spec.dataset(), spec.backbone(), spec.lossName());
      if (!runs.onCatalogueData(spec)) {
        table.addOf(runs.links(cell), withoutShares(cell, runs));
        continue;
      }
      List<EpochRecord> ours = evaluated(runs.curve(spec));
      Optional<Double> published = PublishedCell.of(spec).map(PublishedCell::ndcg20);
      if (published.isEmpty()) {
        continue;
      }
      blocks.add(figure(spec, ours, overPairs(spec, runs), theirs));
      table.addOf(
          runs.links(cell),
          runs.selectedOnTest(spec)
              ? row(cell, published.get(), theirs, runs)
              : withoutShares(cell, runs));
    }
    blocks.add(table);
    return new Report(id(), title(), blocks, List.of(), List.of());
  }

  /** A run without a published number to take shares of. */
  private static Object[] withoutShares(Cell cell, FinishedRuns runs) {
    RunSpec spec = cell.first();
    Object[] cells = new Object[4 + 2 * SHARES.length];
    cells[0] = runs.dataset(spec);
    cells[1] = spec.backbone();
    cells[2] = spec.lossName();
    cells[3] = threads(cell, runs);
    return cells;
  }

  /** The number of threads of all runs of a cell; null if they differ. */
  private static Integer threads(Cell cell, FinishedRuns runs) {
    List<Integer> numbers =
        cell.runs().stream().map(run -> runs.result(run).threads()).distinct().toList();
    return numbers.size() == 1 ? numbers.get(0) : null;
  }

  /** The evaluated epochs of a curve. */
  private static List<EpochRecord> evaluated(List<EpochRecord> curve) {
    return curve.stream()
        .filter(record -> record.metrics().containsKey(FinishedRuns.NDCG))
        .toList();
  }

  /** Seconds until a run reaches a number; NaN if it never does. */
  private static double seconds(RunSpec spec, double number, FinishedRuns runs) {
    return evaluated(runs.curve(spec)).stream()
        .filter(record -> record.metrics().get(FinishedRuns.NDCG) >= number)
        .findFirst()
        .map(EpochRecord::trainSeconds)
        .orElse(Double.NaN);
  }

  private static Object[] row(
      Cell cell, double published, List<PublishedCurve.Point> theirs, FinishedRuns runs) {
    RunSpec spec = cell.first();
    List<Object> cells = new ArrayList<>(List.of(spec.dataset(), spec.backbone(), spec.lossName()));
    cells.add(threads(cell, runs));
    for (double share : SHARES) {
      cells.add(cell.mean(run -> seconds(run, share * published, runs)));
      cells.add(
          theirs.stream()
              .filter(point -> point.ndcg20() >= share * published)
              .findFirst()
              .map(PublishedCurve.Point::gpuSeconds)
              .orElse(null));
    }
    return cells.toArray();
  }

  /** The same cell over mini-batches of pairs; empty if it is not there, or is the cell itself. */
  private static List<EpochRecord> overPairs(RunSpec spec, FinishedRuns runs) {
    if (!Presets.lists(Presets.PAIRWISE, spec.dataset(), spec.backbone(), spec.lossName())) {
      return List.of();
    }
    RunSpec pairwise =
        Presets.spec(Presets.PAIRWISE, spec.dataset(), spec.backbone(), spec.lossName());
    return Optional.of(pairwise)
        .filter(run -> !run.equals(spec))
        .flatMap(runs::curveIfThere)
        .map(TimeToAccuracyArtifact::evaluated)
        .orElse(List.of());
  }

  private static Series series(String name, List<EpochRecord> curve) {
    return Series.of(
        name,
        curve.stream().mapToDouble(r -> Math.max(0.1, r.trainSeconds())).toArray(),
        curve.stream().mapToDouble(r -> r.metrics().get(FinishedRuns.NDCG)).toArray());
  }

  private static Figure figure(
      RunSpec spec,
      List<EpochRecord> ours,
      List<EpochRecord> overPairs,
      List<PublishedCurve.Point> theirs) {
    List<Series> series = new ArrayList<>();
    series.add(series("ours", ours));
    if (!overPairs.isEmpty()) {
      series.add(series("ours, preset pairwise", overPairs));
    }
    if (!theirs.isEmpty()) {
      series.add(
          Series.of(
              "authors, GPU",
              theirs.stream().mapToDouble(PublishedCurve.Point::gpuSeconds).toArray(),
              theirs.stream().mapToDouble(PublishedCurve.Point::ndcg20).toArray()));
    }
    return Figure.of(
        spec.title(),
        "NDCG@20 against training time, "
            + spec.dataset()
            + ", "
            + spec.backbone()
            + ", "
            + spec.lossName(),
        "training seconds",
        "NDCG@20, validation",
        Kind.LINES_LOG_X,
        series);
  }
}
