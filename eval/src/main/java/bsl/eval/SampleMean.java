package bsl.eval;

import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * Says how well a mean is known, by Student's t: what the mean of the population may be, and
 * whether it can be a given number. The values are, for example, a metric of runs that differ in
 * their seed only, or the differences of two models user by user.
 *
 * @param size number of values, at least 1
 * @param mean their mean
 * @param standardDeviation sample standard deviation (over n - 1); 0 for a single value
 */
public record SampleMean(int size, double mean, double standardDeviation) {
  /**
   * Sums up.
   *
   * @param values the sample
   * @throws IllegalArgumentException if there is no value or one is not finite
   */
  public static SampleMean of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values to sum up");
    }
    SummaryStatistics statistics = new SummaryStatistics();
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("not a result: " + value);
      }
      statistics.addValue(value);
    }
    return new SampleMean(
        values.length,
        statistics.getMean(),
        values.length == 1 ? 0 : statistics.getStandardDeviation());
  }

  /** Standard error of the mean; 0 for a single value, of which it is not known. */
  public double standardError() {
    return standardDeviation / Math.sqrt(size);
  }

  /**
   * One-sample t-test against the hypothesis that the population's mean is a given number.
   *
   * @return p-value, two-sided. For a single value it is 1. If all values are the same, it is 1 if
   *     they are that number and 0 otherwise
   */
  public double pValue(double number) {
    return student().pValue(number);
  }

  /**
   * Half of the width of the t interval of the mean.
   *
   * @param confidence in (0, 1)
   * @return infinite for a single value
   */
  public double halfWidth(double confidence) {
    return student().halfWidth(confidence);
  }

  /**
   * The t interval of the mean; the whole line for a single value.
   *
   * @param confidence in (0, 1)
   */
  public Interval interval(double confidence) {
    double half = halfWidth(confidence);
    return size == 1 ? Interval.LINE : new Interval(mean - half, mean + half);
  }

  private StudentMean student() {
    return new StudentMean(mean, standardError(), size - 1.0);
  }
}
