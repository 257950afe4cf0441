package bsl.losses;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The simple way to use a loss: users, each with the scores of its positives and of its negatives.
 *
 * <pre>{@code
 * UserBatch batch = new UserBatch();
 * batch.add(positives, negatives);                     // float[] each; once for every user
 * double value = batch.evaluate(new SoftmaxLoss(0.1)); // the arrays now hold d value / d score
 * }</pre>
 *
 * <p>Each positive of a user is compared with all negatives of that user. The loss is averaged over
 * all positives of the batch, so a user with many of them counts for more. Negatives may be a
 * sample or all items, as many as a user has, and may have weights.
 *
 * <p>Where a loss takes an expectation over positives ({@link BilateralSoftmaxLoss} in mode {@code
 * multi}), it is over a group of the user's positives. Without groups it is over all of them in one
 * {@code add}. A user's whole history is no good group: at the temperatures of the paper nearly all
 * of the gradient goes to the positive that scores highest. The published numbers are of groups
 * that mini-batches of pairs make, of one or two positives each.
 *
 * <p>After {@link #evaluate} the batch is empty and can be filled again. Not thread-safe. {@link
 * ScoreBatch} is for pairs with negatives of their own, and trainers that care for every copy use
 * {@link RankingLoss} itself.
 */
public final class UserBatch {
  /**
   * A user.
   *
   * @param groups group of each positive, less than the number of positives
   * @param changes how often the weights had been changed when the user was added
   */
  private record User(
      float[] positives, int[] groups, float[] negatives, NegativeWeights weights, long changes) {}

  private final PositiveSide side = new PositiveSide();
  private final ScoreTile tile = new ScoreTile();
  private final List<User> users = new ArrayList<>();
  private final Set<float[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
  private int pairs;

  /** A batch without users. */
  public UserBatch() {}

  /**
   * Adds a user.
   *
   * @param positives scores of the user's positives, at least one; not copied
   * @param negatives scores of the user's negatives, at least one; not copied
   * @throws IllegalArgumentException if there is no positive or no negative, or an array is in the
   *     batch already
   */
  public void add(float[] positives, float[] negatives) {
    add(positives, negatives, null);
  }

  /**
   * Adds a user whose negatives have weights.
   *
   * @param positives scores of the user's positives, at least one; not copied
   * @param negatives scores of the user's negatives, at least one; not copied
   * @param weights how often each negative counts, one weight for each and not 0 for all; null if
   *     each counts once. They are read by {@link #evaluate} and must stay until then. Users may
   *     share them; a user whose own items are to count less, or not at all, needs a {@link
   *     NegativeWeights#copy}
   * @throws IllegalArgumentException if there is no positive or no negative, there are more or
   *     fewer weights than negatives, all weights are 0, or an array is in the batch already
   */
  public void add(float[] positives, float[] negatives, NegativeWeights weights) {
    add(positives, null, negatives, weights);
  }

  /**
   * Adds a user whose positives are in groups. It matters only to a loss that takes an expectation
   * over positives.
   *
   * @param positives scores of the user's positives, at least one; not copied
   * @param groupOfPositive group of each positive, from 0 on and less than the number of positives;
   *     positives of one group share an expectation. Copied; null if all positives are one group
   * @param negatives scores of the user's negatives, at least one; not copied
   * @param weights as in {@link #add(float[], float[], NegativeWeights)}
   * @throws IllegalArgumentException if there is no positive or no negative, there are more or
   *     fewer groups than positives or weights than negatives, all weights are 0, a group is out of
   *     range, or an array is in the batch already
   */
  public void add(
      float[] positives, int[] groupOfPositive, float[] negatives, NegativeWeights weights) {
    if (positives.length == 0 || negatives.length == 0) {
      throw new IllegalArgumentException(
          "a user with " + positives.length + " positives and " + negatives.length + " negatives");
    }
    if (weights != null && weights.columns() != negatives.length) {
      throw new IllegalArgumentException(
          negatives.length + " negatives with " + weights.columns() + " weights");
    }
    // Here rather than in evaluate, where users before this one would hold derivatives already.
    if (weights != null && !(weights.total() > 0)) {
      throw new IllegalArgumentException("no negative has a weight above 0");
    }
    int[] groups = groupOfPositive == null ? new int[positives.length] : groupOfPositive.clone();
    requireGroups(groups, positives.length);
    if (positives == negatives || arrays.contains(positives) || arrays.contains(negatives)) {
      throw new IllegalArgumentException(
          "these scores are in the batch already; each user needs arrays of its own");
    }
    arrays.add(positives);
    arrays.add(negatives);
    users.add(
        new User(positives, groups, negatives, weights, weights == null ? 0 : weights.changes()));
    pairs += positives.length;
  }

  private static void requireGroups(int[] groups, int positives) {
    if (groups.length != positives) {
      throw new IllegalArgumentException(
          positives + " positives with " + groups.length + " groups");
    }
    for (int k = 0; k < groups.length; k++) {
      if (groups[k] < 0 || groups[k] >= positives) {
        throw new IllegalArgumentException(
            "group of positive " + k + " is outside [0, " + positives + "): " + groups[k]);
      }
    }
  }

  /** Number of positives in the batch, over which the loss is averaged. */
  public int pairs() {
    return pairs;
  }

  /**
   * Replaces all scores, in the arrays that were added, by the derivatives of the mean loss, and
   * empties the batch.
   *
   * @param loss what to evaluate
   * @return the loss, averaged over all positives
   * @throws NonFiniteScoreException if a score is NaN or plus infinity; see {@link RankingLoss}.
   *     The arrays may then hold scores or derivatives. Pairs are counted through the users as they
   *     were added
   * @throws IllegalStateException if there is no user, or weights were changed after a user was
   *     added with them
   */
  public double evaluate(RankingLoss loss) {
    if (users.isEmpty()) {
      throw new IllegalStateException("no user in the batch");
    }
    try {
      requireWeights();
      gatherPositives();
      loss.preparePositives(side, 0, side.groups().groups());
      double value = 0;
      int pair = 0;
      for (User user : users) {
        int own = user.positives.length;
        tile.viewUser(user.negatives, 0, user.negatives.length, pair, own, user.weights);
        value += loss.evaluate(tile, side);
        pair += own;
      }
      returnPositives();
      return value;
    } finally {
      users.clear();
      arrays.clear();
      pairs = 0;
    }
  }

  private void requireWeights() {
    for (int u = 0; u < users.size(); u++) {
      NegativeWeights weights = users.get(u).weights;
      if (weights != null && weights.changes() != users.get(u).changes) {
        throw new IllegalStateException(
            "the weights of user "
                + u
                + " of the batch were changed after it was added; give each user a copy() of them");
      }
    }
  }

  private void gatherPositives() {
    int[] groupOfPair = new int[pairs];
    int pair = 0;
    for (User user : users) {
      // A user has no more groups than pairs, so that none is shared with the next one.
      int first = pair;
      for (int group : user.groups) {
        groupOfPair[pair++] = first + group;
      }
    }
    side.reset(groupOfPair, pairs);
    pair = 0;
    for (User user : users) {
      for (float score : user.positives) {
        side.setScore(pair++, score);
      }
    }
  }

  private void returnPositives() {
    int pair = 0;
    for (User user : users) {
      for (int i = 0; i < user.positives.length; i++) {
        user.positives[i] = side.gradient(pair++);
      }
    }
  }
}
