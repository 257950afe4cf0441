package bsl.compare;

import bsl.eval.PerUserMetrics;
import bsl.run.CatalogueUse;
import bsl.run.FitRecord;
import bsl.run.RunResult;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a contestant came to with one seed.
 *
 * @param metrics metrics on the test set
 * @param perUser those that are compared, by user
 * @param use what it recommends
 * @param trainSeconds time of the training or the fit
 * @param evalSeconds time of one evaluation
 * @param threads threads that were used
 * @param epochs epochs trained; 0 for a baseline
 * @param bestEpoch the selected epoch; 0 for a baseline
 * @param selectedOn the set the epoch was selected on; empty for a baseline
 * @param folder where it is kept
 */
record SeedOutcome(
    Map<String, Double> metrics,
    PerUserMetrics perUser,
    CatalogueUse use,
    double trainSeconds,
    double evalSeconds,
    int threads,
    int epochs,
    int bestEpoch,
    String selectedOn,
    Path folder) {
  static SeedOutcome of(RunResult run, PerUserMetrics perUser, CatalogueUse use, Path folder) {
    return new SeedOutcome(
        run.metrics(),
        perUser,
        use,
        run.trainSeconds(),
        run.evalSeconds(),
        run.threads(),
        run.epochs(),
        run.bestEpoch(),
        run.selectedOn(),
        folder);
  }

  static SeedOutcome of(FitRecord fit, PerUserMetrics perUser, Path folder) {
    return new SeedOutcome(
        fit.metrics(),
        perUser,
        fit.catalogue(),
        fit.fitSeconds(),
        fit.evalSeconds(),
        fit.threads(),
        0,
        0,
        "",
        folder);
  }
}
