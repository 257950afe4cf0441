package bsl.eval;

import bsl.core.Interactions;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Says how much of Recall@K each group of items contributes, for example popular and unpopular
 * items.
 *
 * <p>A group's share is the mean over users of the hits in that group, over the user's number of
 * relevant items. The shares add up to Recall@K, to the rounding of the last bits.
 *
 * <p>For one evaluation; a second one is refused.
 */
public final class GroupShares implements RankingObserver {
  /** Shares that differ by this and less differ by rounding alone. */
  private static final double SAME = 1e-12;

  private final Interactions relevant;
  private final PopularityGroups groups;
  private final int cutoff;
  private final ExactSums sums;

  /** By user: the groups of the items that were found; null where nothing was. */
  private final int[][] found;

  private boolean begun;

  /**
   * Shares that are all 0, to be handed to the evaluator.
   *
   * @param relevant the pairs to be found, those of the evaluator, which refuses others
   * @param groups of the same items
   * @param cutoff K, at least 1 and at most the evaluator's largest, which refuses others
   * @throws IllegalArgumentException if it is below 1, or the groups are of another number of items
   */
  public GroupShares(Interactions relevant, PopularityGroups groups, int cutoff) {
    this.relevant = relevant;
    this.groups = groups;
    if (cutoff < 1) {
      throw new IllegalArgumentException("cutoff must be at least 1: " + cutoff);
    }
    if (groups.items() != relevant.items()) {
      throw new IllegalArgumentException(
          "groups of " + groups.items() + " items do not go with " + relevant);
    }
    this.cutoff = cutoff;
    long users = 0;
    for (int user = 0; user < relevant.users(); user++) {
      users += relevant.degree(user) > 0 ? 1 : 0;
    }
    this.sums = new ExactSums(groups.groups(), users);
    this.found = new int[relevant.users()][];
  }

  @Override
  public int cutoff() {
    return cutoff;
  }

  @Override
  public void begins(Interactions ofEvaluator) {
    if (ofEvaluator != relevant && !ofEvaluator.equals(relevant)) {
      throw new IllegalArgumentException(
          "shares of " + relevant + " do not go with an evaluation on " + ofEvaluator);
    }
    if (begun) {
      throw new IllegalStateException(
          "an object for shares that has seen an evaluation; each needs its own");
    }
    begun = true;
  }

  @Override
  public void ranked(int user, RankedItems ranking) {
    int ranks = Math.min(cutoff, ranking.size());
    int[] groupsOfHits = new int[ranks];
    int hits = 0;
    for (int rank = 0; rank < ranks; rank++) {
      int item = ranking.item(rank);
      if (relevant.contains(user, item)) {
        sums.add(groups.groupOf(item), 1.0 / relevant.degree(user));
        groupsOfHits[hits++] = groups.groupOf(item);
      }
    }
    if (hits > 0) {
      found[user] = Arrays.copyOf(groupsOfHits, hits);
    }
  }

  /** One share per group, the least popular first. */
  public double[] shares() {
    double[] shares = new double[groups.groups()];
    Arrays.setAll(shares, sums::mean);
    return shares;
  }

  /** {@link Exposure#gini} of the shares: 0 if all groups contribute alike. */
  public double inequality() {
    return Exposure.gini(shares());
  }

  /**
   * Values of the users whose mean is the inequality, so that it can be tested like any mean over
   * users: the inequality, and how far a user moves it to first order (the delta method). Shares
   * that are equal have the mean of their ranks.
   *
   * @return one value for each user with relevant pairs, in the order of users
   */
  public double[] inequalityByUser() {
    double[] shares = shares();
    double sum = Arrays.stream(shares).sum();
    double inequality = inequality();
    double[] slope = new double[shares.length];
    for (int g = 0; g < slope.length && sum > 0; g++) {
      int below = 0;
      int equal = 0;
      for (double share : shares) {
        below += share < shares[g] - SAME ? 1 : 0;
        equal += Math.abs(share - shares[g]) <= SAME ? 1 : 0;
      }
      // With n shares of ranks r from 0, it is the sum of (2 r + 1 - n) share / (n sum).
      double weight = 2.0 * below + equal - shares.length;
      slope[g] = (weight / shares.length - inequality) / sum;
    }
    return IntStream.range(0, relevant.users())
        .filter(user -> relevant.degree(user) > 0)
        .mapToDouble(user -> inequality + moved(user, slope))
        .toArray();
  }

  /** The inequality is the same for multiples of the shares, so their own mean moves nothing. */
  private double moved(int user, double[] slope) {
    double moved = 0;
    if (found[user] != null) {
      for (int group : found[user]) {
        moved += slope[group] / relevant.degree(user);
      }
    }
    return moved;
  }
}
