package bsl.paper;

import bsl.run.ModelFiles;
import bsl.run.Presets;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import bsl.run.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The paper's theory as a table of numbers, and what it amounts to on a trained model's scores: the
 * weights of noisy against clean negatives and positives, MF on ml-1m.
 */
public final class TheoryArtifact implements Artifact {
  private static final String DATASET = "ml-1m";
  private static final String NOISE = "0.2";

  @Override
  public String id() {
    return "theory";
  }

  @Override
  public boolean needsData() {
    return false;
  }

  @Override
  public List<RunSpec> runs(Scope scope) {
    List<RunSpec> runs = new ArrayList<>();
    if (scope.datasets().contains(DATASET)) {
      runs.add(Presets.spec(scope.preset(), DATASET, "mf", "sl"));
      runs.add(noisy(scope, "sl"));
      runs.add(noisy(scope, "bsl"));
    }
    return runs;
  }

  /** With the temperature that the authors used at this noise. */
  private static RunSpec noisy(Scope scope, String loss) {
    Settings settings = Presets.spec(scope.preset(), DATASET, "mf", loss).asSettings("theory");
    return RunSpec.of(
        settings
            .set(SettingKey.POSITIVE_NOISE, NOISE, "theory")
            .set(SettingKey.TAU, "0.19", "theory"));
  }

  @Override
  public ArtifactReport report(Scope scope, FinishedRuns runs) {
    TheoryTable table = new TheoryTable();
    StringBuilder text = new StringBuilder("# Theory\n\n").append(table.markdown());
    text.append("\n## On the scores of a trained model\n\n");
    text.append(
        """
        Weights of negatives drawn uniformly over all items in the worst case that softmax loss trains against, and
        of a user's train pairs on BSL's positive side; 1 is the weight in a plain mean. "In train" and "in test" are
        false negatives.
        """);
    if (runs(scope).isEmpty()) {
      text.append("\nNot run: the data set ").append(DATASET).append(" is not at hand.\n");
    }
    for (RunSpec spec : runs(scope)) {
      text.append(
          String.format(
              "%n%s, MF, %s, tau %s, positive noise %s (`%s`):%n%n",
              DATASET,
              spec.lossName().toUpperCase(Locale.ROOT),
              spec.asMap().get("tau"),
              spec.positiveNoise(),
              runs.folder(spec)));
      text.append(
          new WorstCaseWeights(ModelFiles.read(runs.folder(spec)), runs.data(spec)).markdown());
    }
    return new ArtifactReport(text.toString(), table.csv(), table.holds());
  }
}
