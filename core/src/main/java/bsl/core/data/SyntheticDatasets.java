package bsl.core.data;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.Split;
import java.util.Arrays;

/**
 * Makes data sets with the traits that matter for recommendation: latent taste, power-law item
 * popularity, log-normal user activity.
 *
 * <p>Items belong to communities; users and communities have positions in a latent space of {@value
 * #LATENT} dimensions, and a user prefers communities in proportion to exp of the inner product.
 * Within a community items are picked by popularity, rank^-a; one pick in ten ignores taste. A
 * user's picks are distinct; a fifth of them, at random, is the test set. The same preset and seed
 * give the same pairs on every Java version.
 */
public final class SyntheticDatasets {
  private static final int LATENT = 8;
  private static final int ITEMS_PER_COMMUNITY = 40;
  private static final double TASTE = 1.5;
  private static final double IGNORES_TASTE = 0.1;
  private static final double TEST_SHARE = 0.2;
  private static final int TRIES_PER_PICK = 30;
  private static final double MOST_OF_CATALOGUE = 0.6;

  private static final int STREAM_ITEMS = 0;
  private static final int STREAM_COMMUNITIES = 1;
  private static final int STREAM_ACTIVITY = 2;
  private static final int STREAM_USERS = 3;

  private final SyntheticPreset preset;
  private final long seed;
  private final int communities;
  private final double[][] centres;
  private final int[][] members;
  private final double[][] memberWeights;
  private final int[] everything;
  private final double[] allWeights;

  private SyntheticDatasets(SyntheticPreset preset, long seed) {
    this.preset = preset;
    this.seed = seed;
    this.communities = Math.max(4, preset.items() / ITEMS_PER_COMMUNITY);
    this.centres = new double[communities][LATENT];
    this.members = new int[communities][];
    this.memberWeights = new double[communities][];
    this.everything = new int[preset.items()];
    this.allWeights = new double[preset.items()];
    placeItems();
  }

  /**
   * Makes a data set.
   *
   * @param preset its shape
   * @param seed seed of everything random
   * @return train and test, named after the preset
   */
  public static Split make(SyntheticPreset preset, long seed) {
    return new SyntheticDatasets(preset, seed).make();
  }

  private void placeItems() {
    for (int c = 0; c < communities; c++) {
      RandomStream random = RandomStream.of(seed, Purpose.SYNTHESIS, STREAM_COMMUNITIES, c);
      for (int d = 0; d < LATENT; d++) {
        centres[c][d] = random.nextGaussian();
      }
    }
    for (int i = 0; i < everything.length; i++) {
      everything[i] = i;
    }
    // The item at position r of the shuffled order has popularity rank r; dealing communities out
    // by position gives each its share of popular items.
    RandomStream.of(seed, Purpose.SYNTHESIS, STREAM_ITEMS).shuffle(everything);
    double[] weights = new double[everything.length];
    for (int r = 0; r < weights.length; r++) {
      weights[r] = StrictMath.pow(r + 1.0, -preset.popularityExponent());
      allWeights[r] = weights[r] + (r == 0 ? 0 : allWeights[r - 1]);
    }
    for (int c = 0; c < communities; c++) {
      int size = (everything.length - c + communities - 1) / communities;
      members[c] = new int[size];
      memberWeights[c] = new double[size];
      double sum = 0;
      for (int k = 0; k < size; k++) {
        int rank = c + k * communities;
        members[c][k] = everything[rank];
        sum += weights[rank];
        memberWeights[c][k] = sum;
      }
    }
  }

  private Split make() {
    int[] activity = activity();
    int total = Arrays.stream(activity).sum();
    int[][] train = new int[2][total];
    int[][] test = new int[2][total];
    int trainSize = 0;
    int testSize = 0;
    boolean[] picked = new boolean[preset.items()];
    for (int u = 0; u < preset.users(); u++) {
      RandomStream random = RandomStream.of(seed, Purpose.SYNTHESIS, STREAM_USERS, u);
      int[] items = pick(activity[u], picked, random);
      random.shuffle(items);
      int forTest = (int) (TEST_SHARE * items.length);
      for (int k = 0; k < items.length; k++) {
        int[][] part = k < forTest ? test : train;
        int at = k < forTest ? testSize++ : trainSize++;
        part[0][at] = u;
        part[1][at] = items[k];
      }
    }
    return Split.of(preset.title(), interactions(train, trainSize), interactions(test, testSize));
  }

  private Interactions interactions(int[][] pairs, int size) {
    return Interactions.of(
        preset.users(),
        preset.items(),
        Arrays.copyOf(pairs[0], size),
        Arrays.copyOf(pairs[1], size));
  }

  /** Pairs per user: log-normal above the least, scaled to the pairs aimed at. */
  private int[] activity() {
    int users = preset.users();
    double[] shares = new double[users];
    double sum = 0;
    RandomStream random = RandomStream.of(seed, Purpose.SYNTHESIS, STREAM_ACTIVITY);
    for (int u = 0; u < users; u++) {
      shares[u] = StrictMath.exp(preset.activitySpread() * random.nextGaussian());
      sum += shares[u];
    }
    double spare = preset.pairs() - (double) users * preset.leastPerUser();
    int most = (int) (MOST_OF_CATALOGUE * preset.items());
    int[] activity = new int[users];
    for (int u = 0; u < users; u++) {
      activity[u] = Math.min(most, preset.leastPerUser() + (int) (spare * shares[u] / sum));
    }
    return activity;
  }

  private int[] pick(int count, boolean[] picked, RandomStream random) {
    double[] taste = taste(random);
    int[] items = new int[count];
    int size = 0;
    for (int tries = 0; size < count && tries < TRIES_PER_PICK * count; tries++) {
      int item;
      if (random.nextDouble() < IGNORES_TASTE) {
        item = everything[draw(allWeights, random)];
      } else {
        int community = draw(taste, random);
        item = members[community][draw(memberWeights[community], random)];
      }
      if (!picked[item]) {
        picked[item] = true;
        items[size++] = item;
      }
    }
    // A user who has all but exhausted the liked communities goes on with what is popular.
    for (int r = 0; size < count; r++) {
      if (!picked[everything[r]]) {
        picked[everything[r]] = true;
        items[size++] = everything[r];
      }
    }
    for (int item : items) {
      picked[item] = false;
    }
    return items;
  }

  /** Cumulative weights of the communities for a new user. */
  private double[] taste(RandomStream random) {
    double[] position = new double[LATENT];
    for (int d = 0; d < LATENT; d++) {
      position[d] = random.nextGaussian();
    }
    double[] cumulative = new double[communities];
    double sum = 0;
    for (int c = 0; c < communities; c++) {
      double affinity = 0;
      for (int d = 0; d < LATENT; d++) {
        affinity += position[d] * centres[c][d];
      }
      sum += StrictMath.exp(TASTE * affinity);
      cumulative[c] = sum;
    }
    return cumulative;
  }

  /** Index drawn in proportion to the weights whose running sums are given. */
  private static int draw(double[] cumulative, RandomStream random) {
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, at);
    int index = found >= 0 ? found + 1 : -found - 1;
    return Math.min(index, cumulative.length - 1);
  }
}
