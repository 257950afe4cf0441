package bsl.eval;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.inference.TTest;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/**
 * Says whether one model is better than another by more than chance: two models' values of one
 * metric, user by user, and tests of their difference {@code first - second}. Immutable.
 */
public final class PairedSample {
  /** Up to this many differences, the signed rank test is exact. */
  private static final int EXACT = 60;

  private final double[] first;
  private final double[] second;
  private final double[] differences;

  /**
   * A sample of two models.
   *
   * @param first one model's values, one per user
   * @param second the other's, of the same users in the same order
   * @throws IllegalArgumentException if the lengths differ, there are fewer than 2 users, or a
   *     value is not finite
   */
  public PairedSample(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "a paired sample of " + first.length + " and " + second.length + " values");
    }
    if (first.length < 2) {
      throw new IllegalArgumentException("a paired sample needs 2 users, got " + first.length);
    }
    this.first = first.clone();
    this.second = second.clone();
    this.differences = new double[first.length];
    for (int u = 0; u < differences.length; u++) {
      differences[u] = first[u] - second[u];
      if (!Double.isFinite(differences[u])) {
        throw new IllegalArgumentException(
            "values of user " + u + " are " + first[u] + " and " + second[u]);
      }
    }
  }

  /** Number of users. */
  public int size() {
    return differences.length;
  }

  /** Mean of {@code first - second}. */
  public double meanDifference() {
    return Arrays.stream(differences).sum() / differences.length;
  }

  /** Whether all differences are equal, so that a t-test has no variance to work with. */
  private boolean constant() {
    return Arrays.stream(differences).allMatch(d -> d == differences[0]);
  }

  /**
   * Paired t-test against the hypothesis that the mean difference is 0.
   *
   * @return p-value, two-sided; 1 if all differences are 0, 0 if all are the same other number
   */
  public double tTestDifferent() {
    if (constant()) {
      return differences[0] == 0 ? 1 : 0;
    }
    return new TTest().pairedTTest(first, second);
  }

  /**
   * Paired t-test against the hypothesis that the first is not greater in the mean.
   *
   * @return p-value, one-sided: small if the first is greater
   */
  public double tTestFirstGreater() {
    if (constant()) {
      return differences[0] > 0 ? 0 : 1;
    }
    double half = tTestDifferent() / 2;
    return meanDifference() > 0 ? half : 1 - half;
  }

  /**
   * Wilcoxon's signed rank test against the hypothesis that differences are symmetric about 0.
   * Differences of 0 are left out, equal ones share their mean rank (Wilcoxon's and Pratt's
   * treatment differ; this is Wilcoxon's). Exact for up to 60 differences, given their ranks;
   * beyond that the normal approximation with the ties' variance and a correction for continuity.
   *
   * @return p-value, two-sided; 1 if all differences are 0
   */
  public double signedRankDifferent() {
    SignedRanks ranks = new SignedRanks(differences);
    return Math.min(1, 2 * Math.min(ranks.atLeast(), ranks.atMost()));
  }

  /**
   * The same against the hypothesis that the first is not greater.
   *
   * @return p-value, one-sided: small if the first is greater; 1 if all differences are 0
   */
  public double signedRankFirstGreater() {
    return new SignedRanks(differences).atLeast();
  }

  /**
   * Sum of the ranks of positive differences, and its distribution if every sign is a coin toss.
   */
  private static final class SignedRanks {
    private final int[] doubled;
    private final long positive;
    private final long total;

    SignedRanks(double[] differences) {
      double[] nonZero = Arrays.stream(differences).filter(d -> d != 0).toArray();
      double[] magnitudes = Arrays.stream(nonZero).map(Math::abs).toArray();
      // Twice the ranks, since a tie's mean rank may be a half.
      doubled =
          magnitudes.length == 0
              ? new int[0]
              : Arrays.stream(new NaturalRanking().rank(magnitudes))
                  .mapToInt(rank -> (int) Math.round(2 * rank))
                  .toArray();
      long sum = 0;
      long all = 0;
      for (int i = 0; i < nonZero.length; i++) {
        sum += nonZero[i] > 0 ? doubled[i] : 0;
        all += doubled[i];
      }
      positive = sum;
      total = all;
    }

    /** Probability of a sum at least as large. */
    double atLeast() {
      return atLeast(positive);
    }

    /** Probability of a sum at most as large; signs may all be exchanged. */
    double atMost() {
      return atLeast(total - positive);
    }

    private double atLeast(long sum) {
      if (doubled.length == 0) {
        return 1;
      }
      return doubled.length <= EXACT ? exact(sum) : approximate(sum);
    }

    private double exact(long sum) {
      double[] probability = new double[(int) total + 1];
      probability[0] = 1;
      int reached = 0;
      for (int rank : doubled) {
        reached += rank;
        for (int s = reached; s >= 0; s--) {
          probability[s] = (probability[s] + (s >= rank ? probability[s - rank] : 0)) / 2;
        }
      }
      double tail = 0;
      for (int s = (int) total; s >= sum; s--) {
        tail += probability[s];
      }
      return Math.min(1, tail);
    }

    private double approximate(long sum) {
      double variance = 0;
      for (int rank : doubled) {
        variance += (double) rank * rank / 4;
      }
      // One step of the rank sum is 1, which is 2 here; half of it is the continuity correction.
      double deviation = sum - 1 - total / 2.0;
      return new NormalDistribution().cumulativeProbability(-deviation / Math.sqrt(variance));
    }
  }

  /**
   * Bootstrap interval of the mean difference. Users are drawn with replacement, and the interval
   * runs between percentiles of the means (the percentile method).
   *
   * @param resamples number of samples drawn, at least 1
   * @param confidence share of the means inside, in (0, 1)
   * @param seed seed of the drawing; the same seed gives the same interval
   */
  public Interval bootstrap(int resamples, double confidence, long seed) {
    Interval.requireConfidence(confidence);
    if (resamples < 1) {
      throw new IllegalArgumentException("resamples must be at least 1: " + resamples);
    }
    double[] means = new double[resamples];
    for (int b = 0; b < resamples; b++) {
      RandomStream random = RandomStream.of(seed, Purpose.RESAMPLING, b);
      double sum = 0;
      for (int u = 0; u < differences.length; u++) {
        sum += differences[random.nextInt(differences.length)];
      }
      means[b] = sum / differences.length;
    }
    Arrays.sort(means);
    double outside = (1 - confidence) / 2;
    int low = (int) Math.floor(outside * resamples);
    return new Interval(means[low], means[resamples - 1 - low]);
  }
}
