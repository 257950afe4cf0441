package bsl.eval;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.Covariance;

/**
 * Evidence of how far one model is ahead of another, as a share of the other's mean: 0.15 says that
 * it is 15% better.
 *
 * <p>Both means are left to chance, so a share is not a difference divided by a known number. That
 * the lead is a share {@code p} says that {@code first - (1 + p) second} has mean 0. This is what
 * is tested, over users and seeds as in {@link CrossedSample}. With a share of 0 it is the paired
 * t-test. The interval has the shares that the test does not reject, as in Fieller's theorem. It is
 * the whole line where the second mean may be 0 for the test. Immutable.
 */
public final class RelativeLead implements Evidence {
  /** What is left of a difference of 0, relative to its terms: a few units in the last place. */
  private static final double ROUNDING = 0x1p-50;

  /** A share beyond this one is no lead that anybody has measured. */
  private static final double FURTHEST = 1e6;

  /** Of an interval without a width, relative to a share: far above what is rounded off. */
  private static final double LEAST_STEP = 0x1p-40;

  private static final double ACCURACY = 1e-14;
  private static final int MOST_STEPS = 1000;

  /** Means of the two models by user, taken over the seeds. */
  private final double[][] ofUsers;

  /** Means of the two models by seed, taken over the users. */
  private final double[][] ofSeeds;

  private RelativeLead(double[][] ofUsers, double[][] ofSeeds) {
    this.ofUsers = ofUsers;
    this.ofSeeds = ofSeeds;
  }

  /**
   * The lead of the first model of each pair.
   *
   * @param pairs the two by seed
   * @throws IllegalArgumentException if there are no pairs, they have different numbers of users,
   *     or the mean of the second model is not positive
   */
  public static RelativeLead of(List<PairedSample> pairs) {
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("no seeds");
    }
    int users = pairs.get(0).size();
    double[][] ofUsers = new double[2][users];
    double[][] ofSeeds = new double[2][pairs.size()];
    for (int seed = 0; seed < pairs.size(); seed++) {
      PairedSample pair = pairs.get(seed);
      if (pair.size() != users) {
        throw new IllegalArgumentException(
            "seeds have " + users + " and " + pair.size() + " users");
      }
      double[][] both = {pair.first(), pair.second()};
      for (int side = 0; side < 2; side++) {
        for (int user = 0; user < users; user++) {
          ofUsers[side][user] += both[side][user] / pairs.size();
        }
        ofSeeds[side][seed] = StatUtils.mean(both[side]);
      }
    }
    if (!(StatUtils.mean(ofSeeds[1]) > 0)) {
      throw new IllegalArgumentException("no share of a mean that is not positive");
    }
    return new RelativeLead(ofUsers, ofSeeds);
  }

  @Override
  public int seeds() {
    return ofSeeds[0].length;
  }

  @Override
  public double effect() {
    return StatUtils.mean(ofSeeds[0]) / StatUtils.mean(ofSeeds[1]) - 1;
  }

  @Override
  public double pValue(double share) {
    return test(share).pValue(0);
  }

  private CrossedTest test(double share) {
    return new CrossedTest(beyond(ofUsers, share), beyond(ofSeeds, share));
  }

  /** How far the first means are above what the share makes of the second ones. */
  private static SampleMean beyond(double[][] sample, double share) {
    double[] beyond = new double[sample[0].length];
    double size = 0;
    for (int k = 0; k < beyond.length; k++) {
      double expected = (1 + share) * sample[1][k];
      beyond[k] = sample[0][k] - expected;
      size += (Math.abs(sample[0][k]) + Math.abs(expected)) / beyond.length;
    }
    SampleMean mean = SampleMean.of(beyond);
    // Where the two are proportional, the differences and their deviation are rounding alone.
    return Math.abs(mean.mean()) <= ROUNDING * size
        ? new SampleMean(mean.size(), 0, mean.standardDeviation())
        : mean;
  }

  @Override
  public Interval interval(double confidence) {
    Interval users = fieller(ofUsers, confidence);
    Interval seeds = fieller(ofSeeds, confidence);
    double low = Math.min(users.low(), seeds.low());
    double high = Math.max(users.high(), seeds.high());
    if (!Double.isFinite(high - low)) {
      return Interval.LINE;
    }
    double step = Math.max(high - low, LEAST_STEP * (1 + Math.abs(effect())));
    double lower = end(-step, 1 - confidence);
    double upper = end(step, 1 - confidence);
    return Double.isFinite(upper - lower)
        ? new Interval(Math.min(low, lower), Math.max(high, upper))
        : Interval.LINE;
  }

  /**
   * The share on one side of the effect at which the test of both sources begins to reject. Its
   * degrees of freedom depend on the share, so it has no formula.
   *
   * @param step where to look first, from the effect on; negative for the lower end
   * @return infinite if it rejects no share on that side
   */
  private double end(double step, double level) {
    double inside = effect();
    if (test(inside).pOfBoth(0) < level) {
      return inside; // Errors are rounding alone.
    }
    double outside = inside + step;
    while (test(outside).pOfBoth(0) >= level) {
      inside = outside;
      outside += outside - effect();
      if (Math.abs(outside) > FURTHEST) {
        return Math.copySign(Double.POSITIVE_INFINITY, step);
      }
    }
    return new BrentSolver(ACCURACY, ACCURACY)
        .solve(
            MOST_STEPS,
            share -> test(share).pOfBoth(0) - level,
            Math.min(inside, outside),
            Math.max(inside, outside));
  }

  /** Over the users alone. */
  @Override
  public Interval ofTheseSeeds(double confidence) {
    return fieller(ofUsers, confidence);
  }

  /** Shares at which the t statistic of {@code first - (1 + share) second} is not too large. */
  private static Interval fieller(double[][] sample, double confidence) {
    Interval.requireConfidence(confidence);
    int size = sample[0].length;
    if (size == 1) {
      return Interval.LINE;
    }
    double t =
        new TDistribution(null, size - 1.0).inverseCumulativeProbability((1 + confidence) / 2);
    double perMean = t * t / size;
    double second = StatUtils.mean(sample[1]);
    double square = second * second - perMean * StatUtils.variance(sample[1]);
    if (square <= 0) {
      return Interval.LINE; // The second mean may be 0.
    }
    // What the ratio of the means leaves of the first model. Made of the samples themselves, the
    // root would be one of a difference of almost equal numbers.
    double ratio = StatUtils.mean(sample[0]) / second;
    double[] residuals = new double[size];
    Arrays.setAll(residuals, k -> sample[0][k] - ratio * sample[1][k]);
    double shift = perMean * new Covariance().covariance(residuals, sample[1]);
    double root = Math.sqrt(shift * shift + square * perMean * StatUtils.variance(residuals));
    return new Interval(ratio - (shift + root) / square - 1, ratio - (shift - root) / square - 1);
  }
}
