package bsl.eval;

import bsl.core.Interactions;
import java.util.Arrays;

/**
 * Says how much of Recall@K each group of items contributes, for example popular and unpopular
 * items.
 *
 * <p>A group's share is the mean over users of the hits in that group, over the user's number of
 * relevant items. The shares add up to Recall@K, to the rounding of the last bits.
 *
 * <p>For one evaluation: a second one would be added to the first.
 */
public final class GroupShares implements RankingObserver {
  private final Interactions relevant;
  private final PopularityGroups groups;
  private final int cutoff;
  private final ExactSums sums;

  /**
   * Shares that are all 0, to be handed to the evaluator.
   *
   * @param relevant the pairs to be found, those of the evaluator, which refuses others
   * @param groups of the same items
   * @param cutoff K, at least 1 and at most the evaluator's largest, which refuses others
   * @throws IllegalArgumentException if it is below 1
   */
  public GroupShares(Interactions relevant, PopularityGroups groups, int cutoff) {
    this.relevant = relevant;
    this.groups = groups;
    if (cutoff < 1) {
      throw new IllegalArgumentException("cutoff must be at least 1: " + cutoff);
    }
    this.cutoff = cutoff;
    long users = 0;
    for (int user = 0; user < relevant.users(); user++) {
      users += relevant.degree(user) > 0 ? 1 : 0;
    }
    this.sums = new ExactSums(groups.groups(), users);
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
  }

  @Override
  public void ranked(int user, RankedItems ranking) {
    int ranks = Math.min(cutoff, ranking.size());
    for (int rank = 0; rank < ranks; rank++) {
      int item = ranking.item(rank);
      if (relevant.contains(user, item)) {
        sums.add(groups.groupOf(item), 1.0 / relevant.degree(user));
      }
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
}
