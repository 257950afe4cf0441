package bsl.data;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.Split;
import java.util.Arrays;

/**
 * Makes data sets with the traits that matter for recommendation: latent taste, power-law item
 * popularity ({@link LatentItems}), log-normal user activity.
 *
 * <p>A user stands at random on the unit sphere of the latent space and picks items by popularity
 * and taste ({@link UserTaste}); a share of the picks, at random and rounded up, is the test set.
 * The number of a user's picks is the preset's least plus a log-normal number. The same preset and
 * seed give the same pairs on every Java version.
 */
public final class SyntheticDatasets {
  private static final double MOST_OF_CATALOGUE = 0.6;

  private static final int STREAM_ACTIVITY = 2;
  private static final int STREAM_USERS = 3;

  private SyntheticDatasets() {}

  /**
   * Makes a data set.
   *
   * @param preset its shape
   * @param seed seed of everything random
   * @return train and test, named after the preset
   */
  public static Split make(SyntheticPreset preset, long seed) {
    LatentItems items = new LatentItems(preset.items(), preset.popularityExponent(), seed);
    int[] activity = activity(preset, seed);
    int total = Arrays.stream(activity).sum();
    int[][] train = new int[2][total];
    int[][] test = new int[2][total];
    int trainSize = 0;
    int testSize = 0;
    for (int u = 0; u < preset.users(); u++) {
      RandomStream random = RandomStream.of(seed, Purpose.SYNTHESIS, STREAM_USERS, u);
      int[] picks = new UserTaste(items, LatentItems.onSphere(random)).pick(activity[u], random);
      random.shuffle(picks);
      int forTest = (preset.testPerMille() * picks.length + 999) / 1000;
      for (int k = 0; k < picks.length; k++) {
        int[][] part = k < forTest ? test : train;
        int at = k < forTest ? testSize++ : trainSize++;
        part[0][at] = u;
        part[1][at] = picks[k];
      }
    }
    return Split.of(
        preset.title(),
        interactions(preset, train, trainSize),
        interactions(preset, test, testSize));
  }

  private static Interactions interactions(SyntheticPreset preset, int[][] pairs, int size) {
    return Interactions.of(
        preset.users(),
        preset.items(),
        Arrays.copyOf(pairs[0], size),
        Arrays.copyOf(pairs[1], size));
  }

  /** Pairs per user: log-normal above the least, scaled to the pairs aimed at. */
  private static int[] activity(SyntheticPreset preset, long seed) {
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
      long above = StrictMath.round(spare * shares[u] / sum);
      activity[u] = (int) Math.min(most, preset.leastPerUser() + above);
    }
    return activity;
  }
}
