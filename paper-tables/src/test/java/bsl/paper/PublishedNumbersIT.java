package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bsl.data.DatasetCatalog;
import bsl.run.EpochRecord;
import bsl.run.Presets;
import bsl.run.RunData;
import bsl.run.RunFolder;
import bsl.run.RunListener;
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
 * The authors' own settings against the authors' own training curves. Runs where {@code BSL_DATA}
 * names a directory with the data set, and is skipped elsewhere.
 */
class PublishedNumbersIT {
  @TempDir Path folder;

  private void train(
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
    settings.set(SettingKey.EPOCHS, Integer.toString(epochs), "test");
    RunSpec spec = RunSpec.of(settings);
    RunData data = RunData.of(DatasetCatalog.load(dataset, Path.of(directory)).split(), spec);
    int threads = Runtime.getRuntime().availableProcessors();
    new TrainingRun(spec, data, preset, threads, new RunFolder(folder.resolve("run")))
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
    train("reference", "ml-1m", "mf", "bsl", 10, ours);

    assertFollows(ours, PublishedCurve.of("ml-1m", "mf", "bsl"), 3, 10);
  }

  @Test
  void theReferencePresetOfLightGcnFollowsTheAuthorsOwnCurve() throws IOException {
    List<EpochRecord> ours = new ArrayList<>();
    train("reference", "gowalla", "lightgcn", "bsl", 2, ours);

    assertFollows(ours, PublishedCurve.of("gowalla", "lightgcn", "bsl"), 2, 1, 2);
  }

  private static void assertFollows(
      List<EpochRecord> ours, List<PublishedCurve.Point> theirs, double percent, int... epochs) {
    for (int epoch : epochs) {
      assertThat(ours.get(epoch - 1).metrics().get("ndcg@20"))
          .as("NDCG@20 after epoch " + epoch)
          .isCloseTo(theirs.get(epoch - 1).ndcg20(), Percentage.withPercentage(percent));
    }
  }
}
