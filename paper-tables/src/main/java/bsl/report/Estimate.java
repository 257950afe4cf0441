package bsl.report;

/**
 * A number over runs that differ in their seed only: a cell of a {@link Table}, shown as {@code
 * mean ± half-width}.
 *
 * @param mean the mean over the seeds; the number itself for a single seed
 * @param halfWidth half of the width of its 95% t interval; NaN if there is none. The mean of a
 *     single seed has none; a difference over users may
 * @param seeds number of seeds
 */
public record Estimate(double mean, double halfWidth, int seeds) {
  /** A number of one run. */
  public static Estimate of(double value) {
    return new Estimate(value, Double.NaN, 1);
  }

  /** Whether there is an interval. */
  public boolean hasInterval() {
    return Double.isFinite(halfWidth);
  }
}
