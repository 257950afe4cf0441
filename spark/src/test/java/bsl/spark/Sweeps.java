package bsl.spark;

import bsl.core.Split;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.run.Presets;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.run.SettingKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs that tests train here and in a cluster. */
final class Sweeps {
  private Sweeps() {}

  static RunStore store(Path folder) {
    Split tiny = SyntheticDatasets.make(SyntheticPreset.TINY, 1);
    return new RunStore(folder, name -> tiny);
  }

  private static RunSpec spec(String backbone, String loss, int epochs, int seed) {
    return Presets.spec("fast", "tiny", backbone, loss)
        .with(SettingKey.EPOCHS, epochs)
        .with(SettingKey.SEED, seed);
  }

  /** Eight small runs of several losses and backbones. */
  static List<RunSpec> eight() {
    List<RunSpec> runs = new ArrayList<>();
    for (int seed = 1; seed <= 2; seed++) {
      runs.add(spec("mf", "bsl", 4, seed));
      runs.add(spec("mf", "sl", 5, seed));
      runs.add(spec("lightgcn", "bsl", 3, seed));
      runs.add(spec("mf", "bpr", 3, seed).with(SettingKey.POSITIVE_NOISE, 0.2));
    }
    return runs;
  }

  /** A run long enough to be killed in the middle, if there is a checkpoint after each epoch. */
  static List<RunSpec> one() {
    return List.of(
        spec("mf", "bsl", 200, 3)
            .with(SettingKey.PATIENCE, 200)
            .with(SettingKey.EVALUATE_EVERY, 20));
  }

  /** Four runs, one of which has the loss of another project. */
  static List<RunSpec> withOutsideLoss() {
    return List.of(
        spec("mf", "breaking", 2, 1),
        spec("mf", "bsl", 2, 1),
        spec("mf", "sl", 2, 1),
        spec("mf", "bsl", 2, 2));
  }

  /** Those with a name. */
  static List<RunSpec> named(String name) {
    return switch (name) {
      case "eight" -> eight();
      case "one" -> one();
      case "outside" -> withOutsideLoss();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
