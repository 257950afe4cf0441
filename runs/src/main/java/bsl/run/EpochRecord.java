package bsl.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One line of a learning curve.
 *
 * @param epoch number of the epoch, counted from 1
 * @param loss mean over the epoch's steps of loss plus L2 term
 * @param trainSeconds training time so far, evaluation not counted
 * @param metrics validation metrics after the epoch, or empty if there was no evaluation
 */
public record EpochRecord(
    int epoch, double loss, double trainSeconds, Map<String, Double> metrics) {
  /**
   * The epoch that a run selects: the first with the highest recall@20.
   *
   * @param curve a learning curve
   * @return nothing if no epoch was evaluated
   */
  public static Optional<EpochRecord> selected(List<EpochRecord> curve) {
    EpochRecord best = null;
    for (EpochRecord record : curve) {
      if (!record.metrics().isEmpty() && (best == null || record.value() > best.value())) {
        best = record;
      }
    }
    return Optional.ofNullable(best);
  }

  private double value() {
    return metrics.get(RunProgress.SELECTED_BY);
  }
}
