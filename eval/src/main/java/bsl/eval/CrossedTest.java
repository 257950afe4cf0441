package bsl.eval;

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
    return both().pValue(number);
  }

  /** Half of the width of the widest interval; infinite for a single seed or user. */
  double halfWidth(double confidence) {
    return Math.max(
        Math.max(overUsers.halfWidth(confidence), overSeeds.halfWidth(confidence)),
        both().halfWidth(confidence));
  }

  private StudentMean both() {
    double error = Math.hypot(overUsers.standardError(), overSeeds.standardError());
    return new StudentMean(overSeeds.mean(), error, freedom(error));
  }

  /** Of the sum of both squared errors, by Satterthwaite. */
  private double freedom(double error) {
    if (overUsers.size() == 1 || overSeeds.size() == 1) {
      return 0;
    }
    return error == 0 ? 1 : 1 / (uncertainty(overUsers, error) + uncertainty(overSeeds, error));
  }

  /** The square of a source's share of the variance, over its degrees of freedom. */
  private static double uncertainty(SampleMean source, double error) {
    return Math.pow(source.standardError() / error, 4) / (source.size() - 1);
  }
}
