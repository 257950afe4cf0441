package examples;

import bsl.core.Split;
import bsl.run.Presets;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.tune.Tuning;
import bsl.tune.TuningListener;
import bsl.tune.TuningPlan;
import bsl.tune.TuningResult;
import java.io.IOException;
import java.nio.file.Path;

/** A search from code, which does what {@code bsl tune} does. */
public final class TuneFromCode {
  private TuneFromCode() {}

  /** Looks for good settings of matrix factorisation with bilateral softmax loss. */
  public static TuningResult tune(Split split) throws IOException {
    RunStore store = new RunStore(Path.of("work", "runs"), name -> split);
    RunSpec base = Presets.spec("fast", "mine", "mf", "bsl");
    Tuning tuning =
        new Tuning(
            store, base, TuningPlan.ofTrials(27), Path.of("search"), Path.of("mine.yaml"), 2);
    TuningResult result = tuning.run(TuningListener.SILENT, () -> false);
    return result;
  }
}
