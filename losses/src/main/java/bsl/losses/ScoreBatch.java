package bsl.losses;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * A whole mini-batch of pairs of a user and an item, each with negatives of its own; scores are set
 * one by one. Where negatives belong to a user, {@link UserBatch} is simpler and does less work.
 *
 * <pre>{@code
 * ScoreBatch batch = new ScoreBatch(users, negatives);      // B users, N negatives per pair
 * batch.setPositive(b, score);  batch.setNegative(b, j, score);
 * double loss = batch.evaluate(new SoftmaxLoss(0.1));      // scores become gradients
 * float slope = batch.negative(b, j);                       // d (mean loss) / d score
 * }</pre>
 *
 * <p>After {@link #evaluate} the scores are gone, derivatives stand in their place. Every score is
 * to be set again before the next evaluation. An index outside the batch is an {@link
 * IndexOutOfBoundsException}. Not thread-safe.
 */
public final class ScoreBatch {
  private final PositiveSide positives = new PositiveSide();
  private final ScoreTile tile = new ScoreTile();
  private final float[] negatives;
  private final int pairs;
  private final int columns;
  private final BitSet unsetPositives = new BitSet();
  private final BitSet unsetNegatives = new BitSet();
  private boolean evaluated;

  /**
   * A batch whose scores are all 0.
   *
   * @param users user of each of the B pairs, at least one, indices at least 0. Pairs of one user
   *     are one group, where a loss takes an expectation over positives
   * @param negativesPerPair number of negatives N per pair, at least 1
   * @throws IllegalArgumentException if there is no pair, no negative, or a negative user
   */
  public ScoreBatch(int[] users, int negativesPerPair) {
    if (users.length == 0 || negativesPerPair < 1) {
      throw new IllegalArgumentException(
          "no batch of " + users.length + " pairs with " + negativesPerPair + " negatives");
    }
    for (int b = 0; b < users.length; b++) {
      if (users[b] < 0) {
        throw new IllegalArgumentException("user of pair " + b + " is below 0: " + users[b]);
      }
    }
    pairs = users.length;
    columns = negativesPerPair;
    positives.reset(ranks(users), pairs);
    negatives = new float[Math.multiplyExact(pairs, columns)];
    tile.view(negatives, 0, columns, 0, pairs, columns);
  }

  /** Small numbers for the users: those of a data set's ids may be as large as an int can be. */
  private static int[] ranks(int[] users) {
    int[] distinct = Arrays.stream(users).sorted().distinct().toArray();
    return Arrays.stream(users).map(user -> Arrays.binarySearch(distinct, user)).toArray();
  }

  /** Sets the score of a pair's positive item. */
  public void setPositive(int pair, float score) {
    positives.setScore(pair, score);
    unsetPositives.clear(pair);
  }

  /** Sets the score of a pair's j-th negative item. */
  public void setNegative(int pair, int j, float score) {
    negatives[index(pair, j)] = score;
    unsetNegatives.clear(index(pair, j));
  }

  /**
   * Replaces all scores by the derivatives of the mean loss.
   *
   * @param loss what to evaluate
   * @return the loss, averaged over the pairs
   * @throws NonFiniteScoreException if a score is NaN or plus infinity; see {@link RankingLoss}.
   *     Every score is to be set again after that, too
   * @throws IllegalStateException if there was a call before, and a score was not set since
   */
  public double evaluate(RankingLoss loss) {
    requireScores();
    evaluated = false;
    unsetPositives.set(0, pairs);
    unsetNegatives.set(0, negatives.length);
    loss.preparePositives(positives, 0, positives.groups().groups());
    double value = loss.evaluate(tile, positives);
    evaluated = true;
    return value;
  }

  private void requireScores() {
    int positive = unsetPositives.nextSetBit(0);
    int negative = unsetNegatives.nextSetBit(0);
    if (positive >= 0 || negative >= 0) {
      throw new IllegalStateException(
          "scores have become derivatives, and were not all set again: "
              + (positive >= 0
                  ? "the positive of pair " + positive
                  : "negative " + negative % columns + " of pair " + negative / columns));
    }
  }

  /**
   * After {@link #evaluate}: derivative with respect to the pair's positive, until its score is set
   * again; before: its score.
   */
  public float positive(int pair) {
    boolean derived = evaluated && unsetPositives.get(pair);
    return derived ? positives.gradient(pair) : positives.score(pair);
  }

  /**
   * After {@link #evaluate}: derivative with respect to the j-th negative, until its score is set
   * again; before: its score.
   */
  public float negative(int pair, int j) {
    return negatives[index(pair, j)];
  }

  private int index(int pair, int j) {
    return Objects.checkIndex(pair, pairs) * columns + Objects.checkIndex(j, columns);
  }
}
