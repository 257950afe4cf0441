package bsl.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.Covariance;

/**
 * Evidence of how far one model is ahead of another, as a share of the other's mean: 0.15 says that
 * it is 15% better.
 *
 * <p>Both means are left to chance, so a share is not a difference divided by a known number. That
 * the lead is a share {@code p} says that {@code first - (1 + p) second} has mean 0. This is what
 * is tested, over users and over seeds as in {@link CrossedSample}. With a share of 0 it is the
 * paired t-test. The interval has the shares that the test does not reject (Fieller's theorem).
 * Immutable.
 */
public final class RelativeLead implements Evidence {
  private final List<PairedSample> pairs;
  private final double[][] ofUsers;
  private final double[][] ofSeeds;

  private RelativeLead(List<PairedSample> pairs) {
    this.pairs = List.copyOf(pairs);
    int users = pairs.get(0).size();
    this.ofUsers = new double[2][users];
    this.ofSeeds = new double[2][pairs.size()];
    for (int s = 0; s < pairs.size(); s++) {
      double[][] both = {pairs.get(s).first(), pairs.get(s).second()};
      for (int side = 0; side < 2; side++) {
        for (int u = 0; u < users; u++) {
          ofUsers[side][u] += both[side][u] / pairs.size();
        }
        ofSeeds[side][s] = StatUtils.mean(both[side]);
      }
    }
  }

  /**
   * The lead of the first model of each pair.
   *
   * @param pairs the two by seed
   * @throws IllegalArgumentException if there are no pairs, they have different numbers of users,
   *     or the mean of the second model is not positive
   */
  public static RelativeLead of(List<PairedSample> pairs) {
    CrossedSample.ofDifferences(pairs); // throws where the numbers of users differ
    RelativeLead lead = new RelativeLead(pairs);
    if (!(StatUtils.mean(lead.ofSeeds[1]) > 0)) {
      throw new IllegalArgumentException("no share of a mean that is not positive");
    }
    return lead;
  }

  @Override
  public int seeds() {
    return pairs.size();
  }

  @Override
  public double effect() {
    return StatUtils.mean(ofSeeds[0]) / StatUtils.mean(ofSeeds[1]) - 1;
  }

  @Override
  public double pValue(double share) {
    List<double[]> beyond = new ArrayList<>();
    for (PairedSample pair : pairs) {
      double[] first = pair.first();
      double[] second = pair.second();
      double[] values = new double[first.length];
      Arrays.setAll(values, u -> first[u] - (1 + share) * second[u]);
      beyond.add(values);
    }
    return CrossedSample.of(beyond).pValue(0);
  }

  @Override
  public Interval interval(double confidence) {
    Interval users = fieller(ofUsers, confidence);
    Interval seeds = fieller(ofSeeds, confidence);
    return new Interval(Math.min(users.low(), seeds.low()), Math.max(users.high(), seeds.high()));
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
    double first = StatUtils.mean(sample[0]);
    double second = StatUtils.mean(sample[1]);
    double square = second * second - perMean * StatUtils.variance(sample[1]);
    double linear = first * second - perMean * new Covariance().covariance(sample[0], sample[1]);
    double constant = first * first - perMean * StatUtils.variance(sample[0]);
    if (square <= 0) {
      return Interval.LINE; // The second mean may be 0.
    }
    double root = Math.sqrt(Math.max(0, linear * linear - square * constant));
    return new Interval((linear - root) / square - 1, (linear + root) / square - 1);
  }
}
