package bsl.paper;

import bsl.run.RunResult;

/**
 * One cell of the main table: a run of ours beside the authors'.
 *
 * @param published the authors' run
 * @param ours our run
 * @param runFolder where our run is kept
 */
public record OverallCell(PublishedRun published, RunResult ours, String runFolder) {
  /** How far below the published number a metric may lie, as a share of it. */
  public static final double TOLERANCE = 0.02;

  /** Our Recall@20. */
  public double recall() {
    return ours.metrics().get("recall@20");
  }

  /** Our NDCG@20. */
  public double ndcg() {
    return ours.metrics().get("ndcg@20");
  }

  /** Deviation of Recall@20 from the published one, as a share of it. */
  public double recallDeviation() {
    return recall() / published.recall20() - 1;
  }

  /** Deviation of NDCG@20 from the published one, as a share of it. */
  public double ndcgDeviation() {
    return ndcg() / published.ndcg20() - 1;
  }

  /** Whether both metrics are within {@link #TOLERANCE} of the published ones, or above. */
  public boolean withinTolerance() {
    return recallDeviation() >= -TOLERANCE && ndcgDeviation() >= -TOLERANCE;
  }
}
