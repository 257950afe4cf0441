package bsl.paper;

import bsl.core.Interactions;
import bsl.paper.ClaimJudge.Statement;
import bsl.report.Block;
import bsl.report.Column;
import bsl.report.Figure;
import bsl.report.Figure.Bounds;
import bsl.report.Figure.Kind;
import bsl.report.Figure.Series;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.run.ModelFiles;
import bsl.run.RunData;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Reproduces the paper's maps of item embeddings, for SL and BSL at positive noise 0, 20 and 40%.
 * All maps have one scale, and are of the first seed. A table has alignment and uniformity. The
 * runs are those of {@link PositiveNoiseArtifact}.
 */
public final class EmbeddingMapArtifact implements Artifact {
  private static final String DATASET = "ml-1m";

  /** Points of a map. */
  private static final int ITEMS = 500;

  @Override
  public String id() {
    return "embedding-map";
  }

  @Override
  public String title() {
    return "Maps of item embeddings";
  }

  @Override
  public String paperReference() {
    return "scatter plots of item embeddings";
  }

  @Override
  public String description() {
    return "items of SL and BSL in a plane at 0, 20 and 40% false positives";
  }

  @Override
  public List<Cell> cells(Scope scope) {
    return new PositiveNoiseArtifact().cells(scope.on(scope.preferring(DATASET)));
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
            "Principal components of the items' unit vectors, the half of the items with the most train pairs"
                + " apart from the rest. Alignment: mean squared distance of true train pairs, small is close."
                + " Uniformity: log mean exp(-2 d^2) over pairs of items, small is spread out."));
    Table table =
        new Table(
            "",
            "Alignment and uniformity",
            Column.text("dataset", "data set"),
            Column.text("loss", "loss"),
            Column.number("noise", "noise", "%.1f"),
            Column.number("alignment", "alignment", "%.4f"),
            Column.number("uniformity", "uniformity", "%.4f"),
            Column.number("ndcg20", "NDCG@20", "%.5f"));
    ClaimJudge judge = new ClaimJudge(scope);
    List<Figure> maps = new ArrayList<>();
    double[] alignmentOfSl = {};
    for (Cell cell : cells(scope)) {
      RunSpec spec = cell.first();
      double[] alignment = new double[cell.seeds()];
      double[] uniformity = new double[cell.seeds()];
      for (int s = 0; s < cell.seeds(); s++) {
        RunSpec run = cell.runs().get(s);
        RunData data = runs.data(run);
        EmbeddingGeometry geometry = new EmbeddingGeometry(ModelFiles.read(runs.folder(run)));
        alignment[s] = geometry.alignment(data.train(), data.noise());
        uniformity[s] = geometry.uniformity();
        if (s == 0) {
          maps.add(figure(spec, geometry, data.train()));
        }
      }
      table.addOf(
          runs.links(cell),
          runs.dataset(cell),
          spec.lossName(),
          spec.positiveNoise(),
          Cell.estimate(alignment),
          Cell.estimate(uniformity),
          runs.ndcg(cell));
      if (spec.lossName().equals("sl")) {
        alignmentOfSl = alignment;
      } else {
        claim(spec, runs.dataset(cell), alignment, alignmentOfSl, judge);
      }
    }
    blocks.addAll(onOneScale(maps));
    blocks.add(table);
    return new Report(id(), title(), blocks, judge.judged(), List.of());
  }

  private static void claim(
      RunSpec spec, String dataset, double[] bsl, double[] sl, ClaimJudge judge) {
    double[] closer = new double[bsl.length];
    Arrays.setAll(closer, s -> sl[s] - bsl[s]);
    String text =
        String.format(
            Locale.ROOT,
            "%.4f against %.4f, closer by",
            Cell.estimate(bsl).mean(),
            Cell.estimate(sl).mean());
    judge.one(
        "bsl-aligns-closer",
        new Statement(
            "bsl-aligns-closer-at-" + Math.round(100 * spec.positiveNoise()) + "-mf",
            4,
            dataset,
            String.format(
                Locale.ROOT,
                "BSL aligns true pairs more closely than SL at %.0f%% positive noise, mf",
                100 * spec.positiveNoise())),
        Hypothesis.perSeed(text, closer, "%.4f"));
  }

  /** The maps with equal axes, so that a wider cloud is a wider cloud. */
  private static List<Figure> onOneScale(List<Figure> maps) {
    double farthest =
        maps.stream()
            .flatMap(map -> map.series().stream())
            .flatMapToDouble(
                series -> DoubleStream.concat(Arrays.stream(series.x()), Arrays.stream(series.y())))
            .map(Math::abs)
            .max()
            .orElse(1);
    // Rounded up to a tenth, with room for the points themselves.
    double edge = Math.ceil(10 * farthest + 0.2) / 10;
    return maps.stream().map(map -> map.within(new Bounds(-edge, edge, -edge, edge))).toList();
  }

  private static Figure figure(RunSpec spec, EmbeddingGeometry geometry, Interactions train) {
    Interactions byItem = train.transpose();
    int[] byDegree =
        IntStream.range(0, train.items())
            .boxed()
            .sorted(Comparator.comparingInt(item -> -byItem.degree(item)))
            .mapToInt(Integer::intValue)
            .toArray();
    int step = Math.max(1, byDegree.length / ITEMS);
    int[] items =
        IntStream.range(0, byDegree.length)
            .filter(i -> i % step == 0)
            .map(i -> byDegree[i])
            .toArray();
    double[][] map = geometry.map(items);
    return Figure.of(
        spec.dataset() + "-" + spec.lossName() + "-" + Math.round(100 * spec.positiveNoise()),
        String.format(
            Locale.ROOT,
            "Items, %s, %s, positive noise %.0f%%",
            spec.dataset(),
            spec.lossName(),
            100 * spec.positiveNoise()),
        "first principal component",
        "second principal component",
        Kind.POINTS,
        List.of(
            half("popular half", map, 0, items.length / 2),
            half("the rest", map, items.length / 2, items.length)));
  }

  private static Series half(String name, double[][] map, int from, int to) {
    return Series.of(
        name, Arrays.copyOfRange(map[0], from, to), Arrays.copyOfRange(map[1], from, to));
  }
}
