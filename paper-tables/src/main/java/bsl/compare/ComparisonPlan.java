package bsl.compare;

import bsl.paper.ReproductionPlan;
import java.nio.file.Path;
import java.util.List;

/**
 * What a comparison has to do.
 *
 * @param runs what is to be trained
 * @param fits number of fits of baselines, those that are kept among them
 * @param openFits the fits that are not kept
 */
public record ComparisonPlan(ReproductionPlan runs, int fits, List<OpenFit> openFits) {
  /**
   * A fit to make.
   *
   * @param dataset name of the data set
   * @param baseline name of the baseline
   * @param seed the first seed that it is for
   * @param folder where it is kept
   * @param bytes bytes of Java heap that it needs at most
   */
  public record OpenFit(String dataset, String baseline, long seed, Path folder, long bytes) {}

  /** Whether everything is there. */
  public boolean isDone() {
    return runs.open().isEmpty() && openFits.isEmpty();
  }
}
