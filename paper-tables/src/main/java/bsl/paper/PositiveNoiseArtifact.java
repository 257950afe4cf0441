package bsl.paper;

import bsl.paper.ClaimJudge.Statement;
import bsl.paper.Hypotheses.Ratio;
import bsl.report.Block;
import bsl.report.Column;
import bsl.report.Estimate;
import bsl.report.Figure;
import bsl.report.Figure.Kind;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.run.Protocol;
import bsl.run.SettingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Reproduces the paper's curves of SL and BSL against positive noise. The backbone is MF.
 * Temperatures and ratios are those that the authors found best at each level.
 *
 * <p>The claim is that BSL's lead over SL grows with the noise. The lead is relative to SL's mean.
 * Each seed, and each user by the delta method, gives the least squares slope of the lead over the
 * levels. The mean slope is tested against 0.
 */
public final class PositiveNoiseArtifact implements Artifact {
  /**
   * The authors' best setting.
   *
   * @param rate positive noise
   * @param tau temperature of SL
   * @param bslTau temperature of BSL
   * @param ratio rho of BSL
   */
  private record Level(double rate, double tau, double bslTau, double ratio) {}

  private static final Map<String, List<Level>> LEVELS =
      Map.of(
          "yelp2018",
          List.of(
              new Level(0, 0.11, 0.11, 1.10),
              new Level(0.2, 0.12, 0.12, 1.12),
              new Level(0.4, 0.13, 0.13, 1.11)),
          "gowalla",
          List.of(
              new Level(0, 0.08, 0.08, 1.22),
              new Level(0.2, 0.09, 0.09, 1.23),
              new Level(0.4, 0.10, 0.11, 1.20)),
          "ml-1m",
          List.of(
              new Level(0, 0.17, 0.17, 1.06),
              new Level(0.2, 0.19, 0.19, 1.06),
              new Level(0.4, 0.21, 0.21, 1.05)),
          "amazon",
          List.of(
              new Level(0, 0.14, 0.14, 1.32),
              new Level(0.2, 0.14, 0.14, 1.24),
              new Level(0.4, 0.14, 0.14, 1.22)));

  /** For a data set that the authors did not have: tau rises as on ml-1m. */
  private static final List<Level> OTHERS =
      List.of(
          new Level(0, 0.2, 0.2, 1.06),
          new Level(0.2, 0.22, 0.22, 1.06),
          new Level(0.4, 0.24, 0.24, 1.06));

  private static List<Level> levels(String dataset) {
    return LEVELS.getOrDefault(dataset, OTHERS);
  }

  @Override
  public String id() {
    return "positive-noise";
  }

  @Override
  public String title() {
    return "Positive noise: SL and BSL, MF";
  }

  @Override
  public String paperReference() {
    return "curves against false positives";
  }

  @Override
  public String description() {
    return "BSL's lead over SL as false train pairs are added";
  }

  @Override
  public List<Protocol> protocols() {
    return List.of(Protocol.values());
  }

  @Override
  public List<Cell> cells(Scope scope) {
    List<Cell> cells = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (Level level : levels(dataset)) {
        cells.add(sl(scope, dataset, level));
        cells.add(bsl(scope, dataset, level));
      }
    }
    return cells;
  }

  private static Cell sl(Scope scope, String dataset, Level level) {
    return noisy(scope, dataset, "sl", level.rate(), level.tau(), 1);
  }

  private static Cell bsl(Scope scope, String dataset, Level level) {
    return noisy(scope, dataset, "bsl", level.rate(), level.bslTau(), level.ratio());
  }

  private static Cell noisy(
      Scope scope, String dataset, String loss, double rate, double tau, double ratio) {
    return scope.cell(
        scope.preset(),
        dataset,
        "mf",
        loss,
        run ->
            run.with(SettingKey.POSITIVE_NOISE, rate)
                .with(SettingKey.TAU, tau)
                .with(SettingKey.TAU_RATIO, ratio)
                .withConstantTemperature());
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    Table table =
        new Table(
            "",
            "SL and BSL against positive noise, MF",
            Column.text("dataset", "data set"),
            Column.number("noise", "noise", "%.1f"),
            Column.number("sl_recall20", "SL, Recall@20", "%.5f"),
            Column.number("bsl_recall20", "BSL", "%.5f"),
            Column.deviation("recall20_lead", "lead"),
            Column.number("sl_ndcg20", "SL, NDCG@20", "%.5f"),
            Column.number("bsl_ndcg20", "BSL", "%.5f"),
            Column.deviation("ndcg20_lead", "lead"));
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Paragraph(
            "Each user gets false train pairs, as many as the given share of the user's own. Temperatures and"
                + " ratios are the authors' best at each level, the same in all epochs"
                + (LEVELS.keySet().containsAll(scope.datasets())
                    ? ""
                    : "; on data that they did not have temperatures rise as on ml-1m")
                + ". The runs that CSV and HTML name for a row are those of BSL."
                + " Protocol `"
                + scope.protocol().key()
                + "`."));
    ClaimJudge judge = new ClaimJudge(scope);
    for (String dataset : scope.datasets()) {
      for (Level level : levels(dataset)) {
        Cell sl = sl(scope, dataset, level);
        Cell bsl = bsl(scope, dataset, level);
        table.addOf(
            runs.links(bsl),
            runs.dataset(bsl),
            level.rate(),
            runs.recall(sl),
            runs.recall(bsl),
            lead(FinishedRuns.RECALL, bsl, sl, runs),
            runs.ndcg(sl),
            runs.ndcg(bsl),
            lead(FinishedRuns.NDCG, bsl, sl, runs));
      }
      blocks.add(figure(scope, dataset, runs));
      claim(scope, dataset, runs, judge);
    }
    blocks.add(table);
    return new Report(id(), title(), blocks, judge.judged(), List.of());
  }

  /** The relative lead, a seed at a time. */
  private static Estimate lead(String key, Cell bsl, Cell sl, FinishedRuns runs) {
    return Cell.estimate(
        IntStream.range(0, bsl.seeds())
            .mapToDouble(
                s -> runs.metric(bsl.runs().get(s), key) / runs.metric(sl.runs().get(s), key) - 1)
            .toArray());
  }

  private static Figure figure(Scope scope, String dataset, FinishedRuns runs) {
    List<Level> levels = levels(dataset);
    double[] rates = levels.stream().mapToDouble(Level::rate).toArray();
    return Figure.of(
        dataset,
        "Positive noise, " + dataset,
        "false train pairs per true one",
        "NDCG@20",
        Kind.LINES,
        List.of(
            Errors.line(
                "SL",
                rates,
                levels.stream().map(level -> runs.ndcg(sl(scope, dataset, level))).toList()),
            Errors.line(
                "BSL",
                rates,
                levels.stream().map(level -> runs.ndcg(bsl(scope, dataset, level))).toList())));
  }

  /** Least squares slope of the relative lead over the noise. */
  private static void claim(Scope scope, String dataset, FinishedRuns runs, ClaimJudge judge) {
    List<Level> levels = levels(dataset);
    double[] weights = Slope.weights(levels.stream().mapToDouble(Level::rate).toArray());
    List<Ratio> leads = new ArrayList<>();
    for (int l = 0; l < weights.length; l++) {
      Level level = levels.get(l);
      leads.add(new Ratio(weights[l], bsl(scope, dataset, level), sl(scope, dataset, level)));
    }
    judge.one(
        "lead-grows-with-noise",
        new Statement(
            "lead-grows-with-noise-mf",
            4,
            runs.dataset(leads.get(0).first()),
            "BSL's lead over SL in NDCG@20 grows with positive noise, mf"),
        // Points are hundredths, and ten of a hundred of noise are 0.1.
        new Hypotheses(runs)
            .ratios(
                "slope of the lead in points per 10% of noise",
                FinishedRuns.NDCG, leads, 10, "%+.2f"));
  }
}
