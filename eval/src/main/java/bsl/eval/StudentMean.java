package bsl.eval;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * Tests a mean by Student's t, given its standard error.
 *
 * @param mean the mean
 * @param standardError its standard error, at least 0
 * @param freedom degrees of freedom of the standard error; 0 if it is not known
 */
record StudentMean(double mean, double standardError, double freedom) {

  /**
   * Tests the hypothesis that the true mean is a given number.
   *
   * @return p-value, two-sided; 1 if the error is not known, and 0 without an error, unless the
   *     mean is that number
   */
  double pValue(double number) {
    if (freedom == 0 || mean == number) {
      return 1;
    }
    if (standardError == 0) {
      return 0;
    }
    double t = Math.abs(mean - number) / standardError;
    return Math.min(1, 2 * distribution().cumulativeProbability(-t));
  }

  /** Half of the width of the interval of the true mean; infinite if the error is not known. */
  double halfWidth(double confidence) {
    Interval.requireConfidence(confidence);
    return freedom == 0
        ? Double.POSITIVE_INFINITY
        : distribution().inverseCumulativeProbability((1 + confidence) / 2) * standardError;
  }

  private TDistribution distribution() {
    // No random numbers are drawn, so that the distribution needs no generator.
    return new TDistribution(null, freedom);
  }
}
