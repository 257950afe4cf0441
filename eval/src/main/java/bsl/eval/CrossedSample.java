package bsl.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * Evidence of which there is one number per seed and user, for example the difference of two
 * models' NDCG@20. All seeds have the same users. Immutable.
 *
 * <p>The effect is the mean of all numbers. Two things are left to chance: which users there are,
 * and which seeds were taken. There are three t-tests: over the users' means, which are taken over
 * the seeds, over the seeds' means, which are taken over the users, and one that adds the squared
 * errors of both ({@code min F'}). The largest p-value counts, and the widest interval. So an
 * effect has to be clear of both sources of chance together. {@link CrossedTest} says why there are
 * three.
 */
public final class CrossedSample implements Evidence {
  private final CrossedTest test;

  private CrossedSample(CrossedTest test) {
    this.test = test;
  }

  /**
   * A sample.
   *
   * @param values for each seed the numbers of all users, in the same order of users
   * @throws IllegalArgumentException if there are no seeds or no users, seeds have different
   *     numbers of users, or a number is not finite
   */
  public static CrossedSample of(List<double[]> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no seeds");
    }
    double[] ofUsers = new double[values.get(0).length];
    double[] ofSeeds = new double[values.size()];
    for (int seed = 0; seed < ofSeeds.length; seed++) {
      double[] users = values.get(seed);
      if (users.length != ofUsers.length) {
        throw new IllegalArgumentException(
            "seeds have " + ofUsers.length + " and " + users.length + " users");
      }
      for (int user = 0; user < users.length; user++) {
        ofUsers[user] += users[user] / ofSeeds.length;
      }
      ofSeeds[seed] = SampleMean.of(users).mean();
    }
    return new CrossedSample(new CrossedTest(SampleMean.of(ofUsers), SampleMean.of(ofSeeds)));
  }

  /**
   * The differences of two models.
   *
   * @param pairs the two by seed
   * @throws IllegalArgumentException as {@link #of}
   */
  public static CrossedSample ofDifferences(List<PairedSample> pairs) {
    List<double[]> differences = new ArrayList<>();
    pairs.forEach(pair -> differences.add(pair.differences()));
    return of(differences);
  }

  /** The users' means over seeds. */
  public SampleMean overUsers() {
    return test.overUsers();
  }

  /** The seeds' means over users. */
  public SampleMean overSeeds() {
    return test.overSeeds();
  }

  @Override
  public int seeds() {
    return overSeeds().size();
  }

  @Override
  public double effect() {
    return overSeeds().mean();
  }

  @Override
  public double pValue(double number) {
    return test.pValue(number);
  }

  @Override
  public Interval interval(double confidence) {
    double half = test.halfWidth(confidence);
    return Double.isInfinite(half) ? Interval.LINE : new Interval(effect() - half, effect() + half);
  }

  /** Over the users alone. */
  @Override
  public Interval ofTheseSeeds(double confidence) {
    return overUsers().interval(confidence);
  }
}
