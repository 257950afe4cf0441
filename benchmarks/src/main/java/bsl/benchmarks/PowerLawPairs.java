package bsl.benchmarks;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.Arrays;

/**
 * Makes pairs with a long tail on both sides, millions of them in seconds, in any size. Unlike
 * {@code SyntheticDatasets} there are no tastes in them, which a step's time does not depend on.
 *
 * <p>The most active user comes first: a user's pairs fall with its rank to the power of -1/2. An
 * item is drawn with a probability that falls with its rank to the power of -3/4, and a user has an
 * item once. Nobody has more than a quarter of the items.
 */
final class PowerLawPairs {
  private static final int MOST_OF_CATALOGUE = 4;

  private PowerLawPairs() {}

  /**
   * Makes the pairs.
   *
   * @param users number of users, at least 1
   * @param items number of items, at least 4
   * @param pairs pairs aimed at; rounding makes it a few more, the bound per user perhaps fewer
   * @param seed seed of everything random
   */
  static Interactions make(int users, int items, int pairs, long seed) {
    int[] degrees = degrees(users, items, pairs);
    int size = Arrays.stream(degrees).sum();
    int[] pairUsers = new int[size];
    int[] pairItems = new int[size];
    int[] takenBy = new int[items];
    Arrays.fill(takenBy, -1);
    RandomStream random = RandomStream.of(seed, Purpose.TEST, 13);
    int at = 0;
    for (int u = 0; u < users; u++) {
      for (int k = 0; k < degrees[u]; at++) {
        int item = drawItem(items, random);
        if (takenBy[item] != u) {
          takenBy[item] = u;
          pairUsers[at] = u;
          pairItems[at] = item;
          k++;
        } else {
          at--;
        }
      }
    }
    return Interactions.of(users, items, pairUsers, pairItems);
  }

  private static int[] degrees(int users, int items, int pairs) {
    double sum = 0;
    for (int u = 0; u < users; u++) {
      sum += 1 / Math.sqrt(u + 1.0);
    }
    int most = Math.max(1, items / MOST_OF_CATALOGUE);
    int[] degrees = new int[users];
    for (int u = 0; u < users; u++) {
      long degree = Math.round(pairs / (sum * Math.sqrt(u + 1.0)));
      degrees[u] = (int) Math.max(1, Math.min(most, degree));
    }
    return degrees;
  }

  /** The fourth power of a uniform number has the density x^(-3/4) / 4. */
  private static int drawItem(int items, RandomStream random) {
    double uniform = random.nextDouble();
    double squared = uniform * uniform;
    return (int) (items * (squared * squared));
  }
}
