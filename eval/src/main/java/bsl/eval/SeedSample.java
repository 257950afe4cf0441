package bsl.eval;

/**
 * Evidence of which there is one number per seed, for example the difference of two models' Gini
 * coefficients. The test and the interval are Student's t over the seeds.
 *
 * @param overSeeds the numbers
 */
public record SeedSample(SampleMean overSeeds) implements Evidence {
  /**
   * A number per seed.
   *
   * @throws IllegalArgumentException if there is none or one is not finite
   */
  public static SeedSample of(double... values) {
    return new SeedSample(SampleMean.of(values));
  }

  @Override
  public int seeds() {
    return overSeeds.size();
  }

  @Override
  public double effect() {
    return overSeeds.mean();
  }

  @Override
  public double pValue(double number) {
    return overSeeds.pValue(number);
  }

  @Override
  public Interval interval(double confidence) {
    return overSeeds.interval(confidence);
  }

  /** The whole line: with the seeds as they are nothing is left to chance. */
  @Override
  public Interval ofTheseSeeds(double confidence) {
    return Interval.LINE;
  }
}
