package bsl.paper;

import bsl.paper.ClaimJudge.Statement;
import bsl.report.Block;
import bsl.report.Check;
import bsl.report.Heading;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.run.ModelFiles;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Checks the paper's theory numerically, and shows what it means for a trained model. For the
 * scores of an MF model it compares the weights of noisy and clean negatives, and of noisy and
 * clean positives.
 */
public final class TheoryArtifact implements Artifact {
  private static final String DATASET = "ml-1m";
  private static final double NOISE = 0.2;

  /** The temperature with which the authors trained at this noise on ml-1m. */
  private static final double NOISY_TAU = 0.19;

  private static final double SMALL_TAU = 0.05;
  private static final double LARGE_TAU = 0.3;

  @Override
  public String id() {
    return "theory";
  }

  @Override
  public String title() {
    return "Theory";
  }

  @Override
  public String paperReference() {
    return "theorems on robustness and variance";
  }

  @Override
  public String description() {
    return "the statements checked numerically, and on the scores of a trained model";
  }

  @Override
  public boolean expectsChecks(Scope scope) {
    return true;
  }

  @Override
  public boolean needsData() {
    return false;
  }

  @Override
  public List<Cell> cells(Scope scope) {
    List<Cell> cells = new ArrayList<>();
    for (String dataset : scope.preferring(DATASET)) {
      cells.add(
          scope.cell(
              scope.preset(), dataset, "mf", "sl", run -> run.with(SettingKey.POSITIVE_NOISE, 0)));
      cells.add(noisy(scope, dataset, "sl"));
      cells.add(noisy(scope, dataset, "bsl"));
    }
    return cells;
  }

  private static Cell noisy(Scope scope, String dataset, String loss) {
    return scope.cell(
        scope.preset(),
        dataset,
        "mf",
        loss,
        run ->
            run.with(SettingKey.POSITIVE_NOISE, NOISE)
                .with(SettingKey.TAU, NOISY_TAU)
                .with(SettingKey.TAU_RATIO, loss.equals("sl") ? 1.0 : run.tauRatio()));
  }

  @Override
  public boolean readsModels() {
    return true;
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    TheoryTable table = new TheoryTable();
    List<Block> blocks = new ArrayList<>();
    blocks.add(table.table());
    blocks.add(new Heading("On the scores of a trained model"));
    blocks.add(
        new Paragraph(
            "Weights of negatives drawn uniformly over all items in the worst case that softmax loss trains"
                + " against, and of a user's train pairs on BSL's positive side; 1 is the weight in a plain mean."
                + " \"In train\" and \"in test\" are false negatives."));
    ClaimJudge judge = new ClaimJudge(scope);
    for (Cell cell : cells(scope)) {
      RunSpec spec = cell.first();
      List<WorstCaseWeights> weights =
          cell.runs().stream()
              .map(run -> new WorstCaseWeights(ModelFiles.read(runs.folder(run)), runs.data(run)))
              .toList();
      String title =
          String.format(
              Locale.ROOT,
              "%s, MF, %s, tau %s, positive noise %s",
              runs.dataset(spec),
              spec.lossName().toUpperCase(Locale.ROOT),
              spec.tau(),
              spec.positiveNoise());
      String name =
          String.join("-", "weights", spec.dataset(), spec.lossName(), "" + spec.positiveNoise());
      blocks.add(WorstCaseWeights.table(weights, name, title));
      claim(spec, runs.dataset(cell), weights, judge);
    }
    List<Check> checks =
        table.rows().stream()
            .map(row -> Check.holds(row.statement() + ", " + row.setting(), row.holds()))
            .toList();
    return new Report(id(), title(), blocks, judge.judged(), checks);
  }

  /**
   * Noise against clean at tau 0.3. Models are trained at smaller temperatures, at which the
   * weights differ more, so that the claim is not decided where it is easiest.
   */
  private static void claim(
      RunSpec spec, String dataset, List<WorstCaseWeights> weights, ClaimJudge judge) {
    if (spec.positiveNoise() == 0) {
      judge.all(
          "false-negatives-weigh-more",
          new Statement(
              "false-negatives-weigh-more-mf",
              2,
              dataset,
              "False negatives weigh more than clean ones in the worst case, and the less the larger tau is"),
          "",
          Stream.concat(
                  heavier(
                      String.format(Locale.ROOT, "in test against clean at tau %s: ", LARGE_TAU),
                      weights.stream().map(w -> w.at(LARGE_TAU).testNegative()).toList(),
                      weights.stream().map(w -> w.at(LARGE_TAU).cleanNegative()).toList())
                      .stream(),
                  heavier(
                      String.format(
                          Locale.ROOT, "in test at tau %s against tau %s: ", SMALL_TAU, LARGE_TAU),
                      weights.stream().map(w -> w.at(SMALL_TAU).testNegative()).toList(),
                      weights.stream().map(w -> w.at(LARGE_TAU).testNegative()).toList())
                      .stream())
              .toList());
      return;
    }
    judge.one(
        "noisy-positives-weigh-less",
        new Statement(
            "noisy-positives-weigh-less-" + spec.lossName() + "-mf",
            4,
            dataset,
            "BSL's positive side weighs noisy positives down, model trained with "
                + spec.lossName().toUpperCase(Locale.ROOT)),
        heavier(
            String.format(Locale.ROOT, "clean against noisy at tau %s: ", LARGE_TAU),
            weights.stream().map(w -> w.at(LARGE_TAU).cleanPositive()).toList(),
            weights.stream().map(w -> w.at(LARGE_TAU).noisyPositive()).toList()));
  }

  /** Some weigh more than others, a seed at a time. */
  private static List<Hypothesis> heavier(String what, List<Double> heavy, List<Double> light) {
    double[] more = new double[heavy.size()];
    Arrays.setAll(more, s -> heavy.get(s) - light.get(s));
    String text =
        String.format(
            Locale.ROOT,
            "%s%.3f against %.3f, more by",
            what,
            heavy.stream().mapToDouble(v -> v).average().orElseThrow(),
            light.stream().mapToDouble(v -> v).average().orElseThrow());
    return Hypothesis.perSeed(text, more, "%.3f");
  }
}
