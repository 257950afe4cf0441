package examples;

import bsl.core.Split;
import bsl.run.Presets;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.tune.Tuning;
import bsl.tune.TuningListener;
import bsl.tune.TuningPlan;
import bsl.tune.TuningResult;
import java.nio.file.Path;

/** A search from code, which does what {@code bsl tune} does. */
public final class TuneFromCode {
  private TuneFromCode() {}

  /**
   * Looks for good settings of matrix factorisation with bilateral softmax loss.
   *
   * @param split pairs of train and test
   * @param runs the folder that runs lie in
   * @param search the folder that says how far the search is
   * @param preset the file that the best settings are written to
   */
  public static TuningResult tune(Split split, Path runs, Path search, Path preset) {
    RunStore store = new RunStore(runs, name -> split);
    RunSpec base = Presets.spec("fast", "mine", "mf", "bsl");
    Tuning tuning = new Tuning(store, base, TuningPlan.ofTrials(27), search, preset, 2);
    TuningResult result = tuning.run(TuningListener.SILENT, () -> false);
    return result;
  }
}
