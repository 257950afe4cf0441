package bsl.eval;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * Tests a mean over users and seeds, both of which are left to chance. It takes the largest p-value
 * of three t-tests, and the widest interval.
 *
 * <p>Two of them are over the users' means and over the seeds' means. Each knows one source of
 * chance alone. Where both sources have a like share of the variance, each sees half of it, and
 * either would reject too often. So the third one adds the two squared standard errors: it is the
 * test of min F' (Clark, The language-as-fixed-effect fallacy, Journal of Verbal Learning and
 * Verbal Behavior 12, 1973), with Satterthwaite's degrees of freedom. By itself it rejects too
 * often with few seeds that outweigh the users.
 *
 * @param overUsers the users' means over seeds
 * @param overSeeds the seeds' means over users
 */
record CrossedTest(SampleMean overUsers, SampleMean overSeeds) {

  /**
   * Tests the hypothesis that the true mean is a given number.
   *
   * @return p-value, two-sided; 1 for a single seed or user
   */
  double pValue(double number) {
    return Math.max(Math.max(overUsers.pValue(number), overSeeds.pValue(number)), pOfBoth(number));
  }

  /** Likewise by the third test alone. */
  double pOfBoth(double number) {
    double error = standardError();
    double distance = Math.abs(overSeeds.mean() - number);
    if (isSingle() || distance == 0) {
      return 1;
    }
    return error == 0
        ? 0
        : Math.min(1, 2 * distribution().cumulativeProbability(-distance / error));
  }

  /** Half of the width of the widest interval; infinite for a single seed or user. */
  double halfWidth(double confidence) {
    double larger = Math.max(overUsers.halfWidth(confidence), overSeeds.halfWidth(confidence));
    if (isSingle() || standardError() == 0) {
      return larger;
    }
    double quantile = distribution().inverseCumulativeProbability((1 + confidence) / 2);
    return Math.max(larger, quantile * standardError());
  }

  private boolean isSingle() {
    return overUsers.size() == 1 || overSeeds.size() == 1;
  }

  private double standardError() {
    return Math.hypot(overUsers.standardError(), overSeeds.standardError());
  }

  private TDistribution distribution() {
    double variance = Math.pow(standardError(), 2);
    double freedom =
        1
            / (share(overUsers, variance) / (overUsers.size() - 1)
                + share(overSeeds, variance) / (overSeeds.size() - 1));
    // No random numbers are drawn, so that the distribution needs no generator.
    return new TDistribution(null, freedom);
  }

  /** The square of a source's share of the variance. */
  private static double share(SampleMean source, double variance) {
    return Math.pow(Math.pow(source.standardError(), 2) / variance, 2);
  }
}
