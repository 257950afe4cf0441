package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bsl.data.DatasetCatalog;
import bsl.run.EpochRecord;
import bsl.run.Presets;
import bsl.run.RunData;
import bsl.run.RunFolder;
import bsl.run.RunListener;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import bsl.run.Settings;
import bsl.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real training against the published numbers. Runs where {@code BSL_DATA} names a directory with
 * the data set, and is skipped elsewhere.
 */
class PublishedNumbersIT {
  @TempDir Path folder;

  private RunResult train(
      String preset,
      String dataset,
      String backbone,
      String loss,
      int epochs,
      List<EpochRecord> curve)
      throws IOException {
    String directory = System.getenv("BSL_DATA");
    assumeTrue(
        directory != null && DatasetCatalog.isPresent(dataset, Path.of(directory)),
        "skipped: BSL_DATA names no directory with " + dataset);
    Settings settings = Presets.of(preset, dataset, backbone, loss);
    settings.set(SettingKey.DATASET, dataset, "test");
    settings.set(SettingKey.BACKBONE, backbone, "test").set(SettingKey.LOSS, loss, "test");
    if (epochs > 0) {
      settings.set(SettingKey.EPOCHS, Integer.toString(epochs), "test");
    }
    RunSpec spec = RunSpec.of(settings);
    RunData data = RunData.of(DatasetCatalog.load(dataset, Path.of(directory)).split(), spec);
    int threads = Runtime.getRuntime().availableProcessors();
    return new TrainingRun(spec, data, preset, threads, new RunFolder(folder.resolve("run")))
        .execute(
            false,
            new RunListener() {
              @Override
              public void epochDone(EpochRecord record, boolean best) {
                curve.add(record);
              }
            },
            () -> false);
  }

  @Test
  void theReferencePresetFollowsTheAuthorsOwnCurve() throws IOException {
    List<EpochRecord> ours = new ArrayList<>();
    train("reference", "ml-1m", "mf", "bsl", 15, ours);

    assertFollows(ours, PublishedCurve.of("ml-1m", "mf", "bsl"), 3, 10, 15);
  }

  @Test
  void theReferencePresetOfLightGcnFollowsTheAuthorsOwnCurve() throws IOException {
    List<EpochRecord> ours = new ArrayList<>();
    train("reference", "gowalla", "lightgcn", "bsl", 5, ours);

    assertFollows(ours, PublishedCurve.of("gowalla", "lightgcn", "bsl"), 2, 1, 5);
  }

  private static void assertFollows(
      List<EpochRecord> ours, List<PublishedCurve.Point> theirs, double percent, int... epochs) {
    for (int epoch : epochs) {
      assertThat(ours.get(epoch - 1).metrics().get("ndcg@20"))
          .as("NDCG@20 after epoch " + epoch)
          .isCloseTo(theirs.get(epoch - 1).ndcg20(), Percentage.withPercentage(percent));
    }
  }

  @Test
  void theFastPresetReachesThePublishedNumbers() throws IOException {
    RunResult ours = train("fast", "ml-1m", "mf", "bsl", 0, new ArrayList<>());
    PublishedRun theirs = PublishedRun.of("ml-1m", "mf", "bsl").orElseThrow();

    assertThat(ours.metrics().get("recall@20"))
        .isGreaterThanOrEqualTo((1 - OverallArtifact.TOLERANCE) * theirs.recall20());
    assertThat(ours.metrics().get("ndcg@20"))
        .isGreaterThanOrEqualTo((1 - OverallArtifact.TOLERANCE) * theirs.ndcg20());
    assertThat(ours.metrics().get("recall@20")).isCloseTo(0.28, within(0.03));
  }
}
