package bsl.spark;

import bsl.core.Split;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.run.RunEngine;
import bsl.run.RunEngineKind;
import bsl.run.RunScheduler;
import bsl.run.RunStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A driver that is its own worker and has one engine after the other, each with other data. */
final class TwoEnginesMain {
  private TwoEnginesMain() {}

  /** Argument: a folder, which gets a store for each seed of the data. */
  public static void main(String[] arguments) {
    for (int seed = 1; seed <= 2; seed++) {
      RunEngineKind.Options options =
          new RunEngineKind.Options(
              Optional.empty(),
              Map.of("spark.master", "local[1]", "spark.ui.enabled", "false"),
              false,
              Optional.empty(),
              true,
              notice -> {});
      RunStore store = store(Path.of(arguments[0]), seed);
      try (RunEngine engine = RunEngineKind.find("spark").orElseThrow().open(options)) {
        new RunScheduler(store, engine, false)
            .run(Sweeps.eight().subList(0, 1), new RunScheduler.Listener() {}, () -> false);
      }
    }
  }

  /** Runs on the tiny data set of a seed. */
  static RunStore store(Path folder, int seed) {
    Split tiny = SyntheticDatasets.make(SyntheticPreset.TINY, seed);
    return new RunStore(folder.resolve("seed " + seed), name -> tiny);
  }
}
