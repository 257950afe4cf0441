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
import org.assertj.core.data.Offset;
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
    train("reference", "ml-1m", "mf", "bsl", 6, ours);

    assertKeepsPace(ours, PublishedCurve.of("ml-1m", "mf", "bsl"), 2, 0.25);
  }

  @Test
  void theReferencePresetOfLightGcnFollowsTheAuthorsOwnCurve() throws IOException {
    List<EpochRecord> ours = new ArrayList<>();
    train("reference", "gowalla", "lightgcn", "bsl", 2, ours);

    assertFollows(ours, PublishedCurve.of("gowalla", "lightgcn", "bsl"), 2, 1, 2);
  }

  /**
   * NDCG@20 after each epoch is what the authors had then, give or take a part of an epoch. It more
   * than doubles from one of the first epochs to the next, so percent would say little.
   */
  private static void assertKeepsPace(
      List<EpochRecord> ours, List<PublishedCurve.Point> theirs, int from, double epochs) {
    for (int epoch = from; epoch <= ours.size(); epoch++) {
      double ndcg = ours.get(epoch - 1).metrics().get("ndcg@20");
      assertThat(epochOf(ndcg, theirs))
          .as("the authors' epoch with the NDCG@20 of epoch " + epoch + ", " + ndcg)
          .isCloseTo(epoch, Offset.offset(epochs));
    }
  }

  /** Where a growing curve passes a value, on straight lines between its epochs. */
  private static double epochOf(double ndcg, List<PublishedCurve.Point> curve) {
    int after = 1;
    while (curve.get(after).ndcg20() < ndcg) {
      after++;
    }
    PublishedCurve.Point before = curve.get(after - 1);
    double rise = curve.get(after).ndcg20() - before.ndcg20();
    return before.epoch() + (ndcg - before.ndcg20()) / rise;
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
