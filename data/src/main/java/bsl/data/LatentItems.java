package bsl.data;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;

/**
 * Makes the items of a synthetic data set: how popular each is, and where it stands in a latent
 * space of {@value #DIMENSIONS} dimensions.
 *
 * <p>Popularity follows (rank + q)^-a, ranks being dealt to items at random; q is one in {@value
 * #ITEMS_PER_SHIFT} of the items, which keeps the very head as flat as the real sets have it. Items
 * come in communities: a community has a centre on the unit sphere, and its items stand around it
 * at distance {@value #SPREAD}. Centres are all at the same distance from the origin, so that none
 * is liked by everyone, and what is popular is so by its rank alone.
 */
final class LatentItems {
  static final int DIMENSIONS = 8;

  /** Distance of an item from its community's centre. */
  static final double SPREAD = 0.2;

  private static final double ITEMS_PER_SHIFT = 4000;
  private static final int ITEMS_PER_COMMUNITY = 64;
  private static final int FEWEST_COMMUNITIES = 8;

  private static final int STREAM_RANKS = 0;
  private static final int STREAM_CENTRES = 1;
  private static final int STREAM_OFFSETS = 4;

  private final double[] popularity;
  private final CumulativeWeights byPopularity;
  private final double[][] centres;
  private final double[][] offsets;
  private final int[] communityOf;
  private final int[][] members;
  private final CumulativeWeights[] memberWeights;

  LatentItems(int items, double popularityExponent, long seed) {
    this.popularity = new double[items];
    int[] itemAtRank = new int[items];
    for (int i = 0; i < items; i++) {
      itemAtRank[i] = i;
    }
    RandomStream.of(seed, Purpose.SYNTHESIS, STREAM_RANKS).shuffle(itemAtRank);
    for (int r = 0; r < items; r++) {
      popularity[itemAtRank[r]] =
          StrictMath.pow(r + 1 + items / ITEMS_PER_SHIFT, -popularityExponent);
    }
    this.byPopularity = CumulativeWeights.of(popularity);

    int communities = Math.max(FEWEST_COMMUNITIES, items / ITEMS_PER_COMMUNITY);
    this.centres = new double[communities][];
    for (int c = 0; c < communities; c++) {
      centres[c] = onSphere(RandomStream.of(seed, Purpose.SYNTHESIS, STREAM_CENTRES, c));
    }
    this.offsets = new double[items][];
    for (int i = 0; i < items; i++) {
      offsets[i] = onSphere(RandomStream.of(seed, Purpose.SYNTHESIS, STREAM_OFFSETS, i));
      for (int d = 0; d < DIMENSIONS; d++) {
        offsets[i][d] *= SPREAD;
      }
    }

    this.communityOf = new int[items];
    this.members = new int[communities][];
    this.memberWeights = new CumulativeWeights[communities];
    for (int c = 0; c < communities; c++) {
      // Every community gets popular and unpopular items alike.
      int size = (items - c + communities - 1) / communities;
      members[c] = new int[size];
      double[] weights = new double[size];
      for (int k = 0; k < size; k++) {
        int item = itemAtRank[c + k * communities];
        members[c][k] = item;
        weights[k] = popularity[item];
        communityOf[item] = c;
      }
      memberWeights[c] = CumulativeWeights.of(weights);
    }
  }

  /** A uniformly random unit vector. */
  static double[] onSphere(RandomStream random) {
    double[] vector = new double[DIMENSIONS];
    double square = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
      vector[d] = random.nextGaussian();
      square += vector[d] * vector[d];
    }
    double norm = StrictMath.sqrt(square);
    for (int d = 0; d < DIMENSIONS; d++) {
      vector[d] /= norm;
    }
    return vector;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }

  int size() {
    return popularity.length;
  }

  int communities() {
    return centres.length;
  }

  /** Weight of an item before taste. */
  double popularity(int item) {
    return popularity[item];
  }

  /** All items, drawn by popularity alone. */
  CumulativeWeights byPopularity() {
    return byPopularity;
  }

  double[] centre(int community) {
    return centres[community];
  }

  /** Where an item stands, seen from its community's centre. */
  double[] offset(int item) {
    return offsets[item];
  }

  int communityOf(int item) {
    return communityOf[item];
  }

  int[] members(int community) {
    return members[community];
  }

  /** Positions in {@link #members}, drawn by popularity. */
  CumulativeWeights memberWeights(int community) {
    return memberWeights[community];
  }
}
