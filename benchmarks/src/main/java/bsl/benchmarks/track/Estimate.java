package bsl.benchmarks.track;

import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * The logarithm of a mean or of a ratio of means, with its uncertainty. Ratios are differences
 * here, whose uncertainty adds up, and intervals of ratios are not symmetric, as they must not be.
 *
 * @param log the logarithm
 * @param variance its variance, at least 0
 * @param degrees degrees of freedom of the variance, at least 1
 */
record Estimate(double log, double variance, double degrees) {
  /** Confidence of all intervals. */
  static final double CONFIDENCE = 0.95;

  /**
   * An interval of a ratio.
   *
   * @param low lower end
   * @param high upper end
   */
  record Range(double low, double high) {}

  /**
   * Estimates the logarithm of a mean from measurements in several JVMs. One JVM differs from
   * another by more than iterations within it do, so the means of JVMs are the sample. Where there
   * is a single JVM, its iterations are, and say too little about the next JVM.
   *
   * @param forks positive numbers: iterations of each JVM
   * @throws BadInputException if there are fewer than two numbers to compare
   */
  static Estimate ofMean(List<double[]> forks) {
    SummaryStatistics sample = new SummaryStatistics();
    if (forks.size() == 1) {
      for (double value : forks.get(0)) {
        sample.addValue(value);
      }
    } else {
      for (double[] fork : forks) {
        SummaryStatistics iterations = new SummaryStatistics();
        for (double value : fork) {
          iterations.addValue(value);
        }
        sample.addValue(iterations.getMean());
      }
    }
    if (sample.getN() < 2) {
      throw new BadInputException("one measurement alone has no noise that could be known");
    }
    double relative = sample.getVariance() / (sample.getMean() * sample.getMean());
    return new Estimate(Math.log(sample.getMean()), relative / sample.getN(), sample.getN() - 1.0);
  }

  /** The logarithm of the inverse: a speed from a time. */
  Estimate inverse() {
    return new Estimate(-log, variance, degrees);
  }

  /**
   * The logarithm of the ratio of two independent numbers. Degrees of freedom are those of Welch
   * and Satterthwaite.
   */
  Estimate over(Estimate other) {
    double sum = variance + other.variance;
    double squares =
        variance * variance / degrees + other.variance * other.variance / other.degrees;
    double itsDegrees = sum > 0 ? sum * sum / squares : degrees + other.degrees;
    return new Estimate(log - other.log, sum, itsDegrees);
  }

  /** The number multiplied by one that is known exactly. */
  Estimate times(double factor) {
    return new Estimate(log + Math.log(factor), variance, degrees);
  }

  /** The number itself. */
  double value() {
    return Math.exp(log);
  }

  /** Student's t interval of the logarithm, as an interval of the number. */
  Range range() {
    double half =
        new TDistribution(degrees).inverseCumulativeProbability((1 + CONFIDENCE) / 2)
            * Math.sqrt(variance);
    return new Range(Math.exp(log - half), Math.exp(log + half));
  }
}
