package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.data.SyntheticDatasets;
import bsl.core.data.SyntheticPreset;
import bsl.run.Presets;
import bsl.run.RunData;
import bsl.run.RunFolder;
import bsl.run.RunListener;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import bsl.run.TrainingRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts on one small trained model that stands for every run. */
class SmallArtifactsTest {
  private static final Scope SCOPE = new Scope("fast", List.of("ml-1m"));

  @TempDir Path folder;

  /** Every spec is answered with the same small run. */
  private final class OneRun implements FinishedRuns {
    private final RunSpec spec =
        RunSpec.of(
            Presets.spec("fast", "tiny", "mf", "sl")
                .asSettings("test")
                .set(SettingKey.EPOCHS, "3", "test"));
    private final RunData data = RunData.of(SyntheticDatasets.make(SyntheticPreset.TINY, 1), spec);
    private final RunResult result =
        new TrainingRun(spec, data, "fast", 1, new RunFolder(folder))
            .execute(false, RunListener.SILENT, () -> false);

    @Override
    public RunResult result(RunSpec any) {
      return result;
    }

    @Override
    public Path folder(RunSpec any) {
      return folder;
    }

    @Override
    public RunData data(RunSpec any) {
      return data;
    }
  }

  @Test
  void fairnessSharesRecallOutAndGivesAVerdict() {
    OneRun runs = new OneRun();
    ArtifactReport report = new FairnessArtifact().report(SCOPE, runs);

    List<String> lines = report.csv().lines().toList();
    assertThat(lines).hasSize(1 + 5 * 10);
    double sum = 0;
    for (String line : lines.subList(1, 11)) {
      assertThat(line).startsWith("ml-1m,sl,");
      sum += Double.parseDouble(line.split(",")[3]);
    }
    assertThat(sum).isCloseTo(runs.result(null).metrics().get("recall@20"), within(1e-9));
    // Groups are lines 1 to 10 of SL and 21 to 30 of BPR; the three baselines are the same model
    // here.
    double sl = Double.parseDouble(lines.get(1).split(",")[4]);
    double bpr = Double.parseDouble(lines.get(21).split(",")[4]);
    assertThat(report.markdown())
        .contains(
            sl < bpr
                ? "SL is more even than: bpr, bce, mse; not more even than: none. The claim holds."
                : "SL is more even than: none; not more even than: bpr, bce, mse. The claim does not");
    assertThat(report.holds()).isTrue();
  }

  @Test
  void fairnessTrainsTheBaselinesAsTheyUsuallyAre() {
    assertThat(new FairnessArtifact().runs(SCOPE))
        .containsExactly(
            Presets.spec("fast", "ml-1m", "mf", "sl"),
            Presets.spec("fast", "ml-1m", "mf", "bsl"),
            Presets.spec("baseline", "ml-1m", "mf", "bpr"),
            Presets.spec("baseline", "ml-1m", "mf", "bce"),
            Presets.spec("baseline", "ml-1m", "mf", "mse"));
  }

  @Test
  void theTableOfDataSetsNoticesOtherData() {
    ArtifactReport report = new DatasetsArtifact().report(SCOPE, new OneRun());

    assertThat(report.holds()).isFalse();
    assertThat(report.markdown())
        .contains("| ml-1m | 200 | 150 |")
        .contains("| NO |")
        .contains("| gowalla | not at hand |");
    assertThat(report.csv()).contains("amazon,,,,,,");
  }

  @Test
  void cutoffsStandBesideThePublishedOnes() {
    OneRun runs = new OneRun();
    ArtifactReport report = new CutoffsArtifact().report(SCOPE, runs);

    assertThat(PublishedCutoff.all()).hasSize(112);
    assertThat(PublishedCutoff.of("amazon", "lightgcn", "bsl", 5).orElseThrow().ndcg())
        .isEqualTo(0.01687);
    double published = PublishedCutoff.of("ml-1m", "mf", "sl", 5).orElseThrow().ndcg();
    double ours = runs.result(null).metrics().get("ndcg@5");
    assertThat(report.csv())
        .contains(
            "ml-1m,mf,sl,5," + ours + "," + published + "," + (ours >= 0.98 * published) + ",");
    assertThat(report.csv().lines()).hasSize(1 + 2 * 3);
  }
}
