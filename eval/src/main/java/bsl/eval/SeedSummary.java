package bsl.eval;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * Sums up a metric over runs that differ in their seed only.
 *
 * @param seeds number of runs
 * @param mean mean of the metric
 * @param standardDeviation sample standard deviation of the metric (over n - 1); 0 for a single run
 * @param interval Student's t interval of the mean; for a single run the whole line
 */
public record SeedSummary(int seeds, double mean, double standardDeviation, Interval interval) {

  /**
   * Sums up.
   *
   * @param values one per seed
   * @param confidence of the interval, in (0, 1)
   * @throws IllegalArgumentException if there is no value or one is not finite
   */
  public static SeedSummary of(double[] values, double confidence) {
    Interval.requireConfidence(confidence);
    SummaryStatistics statistics = new SummaryStatistics();
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("not a result: " + value);
      }
      statistics.addValue(value);
    }
    if (values.length == 0) {
      throw new IllegalArgumentException("no results to sum up");
    }
    double mean = statistics.getMean();
    if (values.length == 1) {
      Interval line = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
      return new SeedSummary(1, mean, 0, line);
    }
    double deviation = statistics.getStandardDeviation();
    double quantile =
        new TDistribution(values.length - 1.0).inverseCumulativeProbability((1 + confidence) / 2);
    double half = quantile * deviation / Math.sqrt(values.length);
    return new SeedSummary(values.length, mean, deviation, new Interval(mean - half, mean + half));
  }
}
