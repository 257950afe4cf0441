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
 * sample or all items, as many as a user has, and may have weights. Where a loss takes an
 * expectation over positives ({@link BilateralSoftmaxLoss} in mode {@code multi}), it is over the
 * user's positives in one {@code add}.
 *
 * <p>After {@link #evaluate} the batch is empty and can be filled again. Not thread-safe. {@link
 * ScoreBatch} is for pairs with negatives of their own, and trainers that care for every copy use
 * {@link RankingLoss} itself.
 */
public final class UserBatch {
  private record User(float[] positives, float[] negatives, NegativeWeights weights) {}

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
   * @param weights how often each negative counts, one weight for each; null if each counts once.
   *     They are read by {@link #evaluate} and must stay until then; users may share them
   * @throws IllegalArgumentException if there is no positive or no negative, there are more or
   *     fewer weights than negatives, or an array is in the batch already
   */
  public void add(float[] positives, float[] negatives, NegativeWeights weights) {
    if (positives.length == 0 || negatives.length == 0) {
      throw new IllegalArgumentException(
          "a user with " + positives.length + " positives and " + negatives.length + " negatives");
    }
    if (weights != null && weights.columns() != negatives.length) {
      throw new IllegalArgumentException(
          negatives.length + " negatives with " + weights.columns() + " weights");
    }
    if (positives == negatives || arrays.contains(positives) || arrays.contains(negatives)) {
      throw new IllegalArgumentException(
          "these scores are in the batch already; each user needs arrays of its own");
    }
    arrays.add(positives);
    arrays.add(negatives);
    users.add(new User(positives, negatives, weights));
    pairs += positives.length;
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
   * @throws IllegalStateException if there is no user
   */
  public double evaluate(RankingLoss loss) {
    if (users.isEmpty()) {
      throw new IllegalStateException("no user in the batch");
    }
    try {
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

  private void gatherPositives() {
    int[] userOfPair = new int[pairs];
    int pair = 0;
    for (int u = 0; u < users.size(); u++) {
      for (int i = 0; i < users.get(u).positives.length; i++) {
        userOfPair[pair++] = u;
      }
    }
    side.reset(userOfPair, pairs);
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
