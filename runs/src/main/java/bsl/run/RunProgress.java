package bsl.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a run has come: its learning curve, its times, and the best epoch so far. Changes while
 * the run is trained; {@link CheckpointRecord} is how a checkpoint keeps it.
 */
final class RunProgress {
  /** The metric an epoch is selected by. */
  static final String SELECTED_BY = "recall@20";

  final List<EpochRecord> curve = new ArrayList<>();
  int steps;
  double trainSeconds;
  double evaluationSeconds;
  int evaluations;
  int bestEpoch;
  Map<String, Double> bestMetrics = new LinkedHashMap<>();

  /** Epochs trained. */
  int epochs() {
    return curve.size();
  }

  /** Whether metrics are better than those of the best epoch so far. */
  boolean improves(Map<String, Double> metrics) {
    return bestEpoch == 0 || metrics.get(SELECTED_BY) > bestMetrics.get(SELECTED_BY);
  }

  /**
   * Whether it is time to stop because nothing improves: the last epoch was evaluated, and the best
   * one lies at least that many epochs back. Between two evaluations nothing is decided.
   *
   * @param patience epochs
   */
  boolean stale(int patience) {
    return bestEpoch > 0
        && !curve.get(curve.size() - 1).metrics().isEmpty()
        && epochs() - bestEpoch >= patience;
  }
}
