package bsl.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Names the shapes that synthetic data sets can have. The larger ones are shaped like the paper's
 * data sets: as many users, items and train and test pairs, and much the same popularity and
 * activity.
 */
public enum SyntheticPreset {
  /** For smoke tests: an epoch takes milliseconds. */
  TINY("tiny", 200, 150, 4_000, 200, 0.6, 0.9, 8),
  /** For trying things out: an epoch takes a fraction of a second. */
  SMALL("small", 2_000, 1_500, 60_000, 200, 0.75, 1.1, 10),
  /** Users, items, pairs, popularity and activity as in ml-1m. */
  ML_1M("ml-1m-like", 6_022, 3_043, 895_699, 109, 1.05, 1.15, 18),
  /** Likewise for gowalla. */
  GOWALLA("gowalla-like", 29_858, 40_981, 1_027_370, 200, 0.65, 1.3, 10),
  /** Likewise for yelp2018. */
  YELP2018("yelp2018-like", 31_668, 38_048, 1_561_406, 200, 0.75, 1.35, 20),
  /** Likewise for amazon, with its validation pairs in the test set. */
  AMAZON("amazon-like", 192_403, 63_001, 1_689_188, 142, 0.7, 1.0, 5);

  private final String title;
  private final int users;
  private final int items;
  private final int pairs;
  private final int testPerMille;
  private final double popularityExponent;
  private final double activitySpread;
  private final int leastPerUser;

  SyntheticPreset(
      String title,
      int users,
      int items,
      int pairs,
      int testPerMille,
      double popularityExponent,
      double activitySpread,
      int leastPerUser) {
    this.title = title;
    this.users = users;
    this.items = items;
    this.pairs = pairs;
    this.testPerMille = testPerMille;
    this.popularityExponent = popularityExponent;
    this.activitySpread = activitySpread;
    this.leastPerUser = leastPerUser;
  }

  /** Name on the command line. */
  public String title() {
    return title;
  }

  /** Number of users. */
  public int users() {
    return users;
  }

  /** Number of items. */
  public int items() {
    return items;
  }

  /** Pairs aimed at, train and test together; what comes out differs by a few percent. */
  public int pairs() {
    return pairs;
  }

  /** Thousandths of each user's pairs that go to the test set, rounded up per user. */
  int testPerMille() {
    return testPerMille;
  }

  /** Exponent a of the item popularity, rank^-a, before tastes and saturation. */
  double popularityExponent() {
    return popularityExponent;
  }

  /** Standard deviation of the logarithm of a user's pairs above the least. */
  double activitySpread() {
    return activitySpread;
  }

  /** Pairs of a user at least. */
  int leastPerUser() {
    return leastPerUser;
  }

  /** The preset of this name, if there is one. */
  public static Optional<SyntheticPreset> named(String title) {
    return Arrays.stream(values()).filter(p -> p.title.equals(title)).findFirst();
  }

  /** All names. */
  public static List<String> names() {
    return Arrays.stream(values()).map(SyntheticPreset::title).toList();
  }
}
