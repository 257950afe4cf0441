package bsl.paper;

import bsl.report.Block;
import bsl.report.Check;
import bsl.report.Claim;
import bsl.report.Heading;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Verdict;
import bsl.run.ModelFiles;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
  public List<RunSpec> runs(Scope scope) {
    List<RunSpec> runs = new ArrayList<>();
    for (String dataset : scope.preferring(DATASET)) {
      runs.add(scope.spec(dataset, "mf", "sl"));
      runs.add(noisy(scope, dataset, "sl"));
      runs.add(noisy(scope, dataset, "bsl"));
    }
    return runs;
  }

  private static RunSpec noisy(Scope scope, String dataset, String loss) {
    return scope.spec(
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
    List<Claim> claims = new ArrayList<>();
    for (RunSpec spec : runs(scope)) {
      WorstCaseWeights weights =
          new WorstCaseWeights(ModelFiles.read(runs.folder(spec)), runs.data(spec));
      String title =
          String.format(
              Locale.ROOT,
              "%s, MF, %s, tau %s, positive noise %s",
              runs.dataset(spec),
              spec.lossName().toUpperCase(Locale.ROOT),
              spec.tau(),
              spec.positiveNoise());
      blocks.add(weights.table("weights-" + spec.lossName() + "-" + spec.positiveNoise(), title));
      claims.add(claim(spec, runs.dataset(spec), weights));
    }
    List<Check> checks =
        table.rows().stream()
            .map(row -> Check.holds(row.statement() + ", " + row.setting(), row.holds()))
            .toList();
    return new Report(id(), title(), blocks, claims, checks);
  }

  /**
   * Noise against clean at tau 0.3. Models are trained at smaller temperatures, at which the
   * weights differ more, so that the claim is not decided where it is easiest.
   */
  private static Claim claim(RunSpec spec, String dataset, WorstCaseWeights weights) {
    WorstCaseWeights.Row row = weights.at(LARGE_TAU);
    WorstCaseWeights.Row small = weights.at(SMALL_TAU);
    if (spec.positiveNoise() == 0) {
      return new Claim(
          "false-negatives-weigh-more-mf",
          2,
          dataset,
          "False negatives weigh more than clean ones in the worst case, and the less the larger tau is",
          Verdict.of(
              row.testNegative() > row.cleanNegative()
                  && small.testNegative() > row.testNegative()),
          String.format(
              Locale.ROOT,
              "in test against clean: %.2f against %.2f at tau %s, %.2f at tau %s",
              row.testNegative(),
              row.cleanNegative(),
              row.temperature(),
              small.testNegative(),
              small.temperature()));
    }
    return new Claim(
        "noisy-positives-weigh-less-" + spec.lossName() + "-mf",
        4,
        dataset,
        "BSL's positive side weighs noisy positives down, model trained with "
            + spec.lossName().toUpperCase(Locale.ROOT),
        Verdict.of(row.noisyPositive() < row.cleanPositive()),
        String.format(
            Locale.ROOT,
            "%.3f against %.3f at tau %s",
            row.noisyPositive(),
            row.cleanPositive(),
            row.temperature()));
  }
}
