package bsl.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far a run has come: the learning curve and the best epoch so far. Kept in checkpoints. */
final class RunProgress {
  /** The metric an epoch is selected by. */
  static final String SELECTED_BY = "recall@20";

  /** Format of the JSON file. */
  public String specDigest = "";

  public String dataDigest = "";
  public int steps;
  public double trainSeconds;
  public double evaluationSeconds;
  public int evaluations;
  public int bestEpoch;
  public Map<String, Double> bestMetrics = new LinkedHashMap<>();
  public List<EpochRecord> curve = new ArrayList<>();

  int epochs() {
    return curve.size();
  }

  /** Notes an evaluation down and says whether it is the best so far. */
  boolean improves(Map<String, Double> metrics) {
    return bestEpoch == 0 || metrics.get(SELECTED_BY) > bestMetrics.get(SELECTED_BY);
  }
}
