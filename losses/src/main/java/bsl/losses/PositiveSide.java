package bsl.losses;

import bsl.core.Grouping;
import java.util.Arrays;
import java.util.Objects;

/**
 * The positive side of a mini-batch: the B positive scores, in groups over which an expectation is
 * taken, and room for what the loss makes of them. A group holds pairs of one user: all of the
 * mini-batch's, or those of a smaller virtual mini-batch.
 *
 * <p>Mutable and reusable from batch to batch. Pairs are counted from 0; an index outside the batch
 * is an {@link IndexOutOfBoundsException}. Different threads may work on different pairs.
 */
public final class PositiveSide {
  private float[] scores = {};
  private float[] gradient = {};
  private double[] values = {};
  private final Grouping groups = new Grouping();
  private int size;

  /**
   * Sets the batch's pairs, before their scores are known.
   *
   * @param groupOfPair group of each pair
   * @param size number of pairs B
   * @throws IllegalArgumentException if a group is below 0
   */
  public void reset(int[] groupOfPair, int size) {
    if (scores.length < size) {
      scores = new float[size];
      gradient = new float[size];
      values = new double[size];
    }
    this.size = size;
    // What was noted down for another batch is nothing to this one.
    Arrays.fill(values, 0, size, Double.NaN);
    groups.reset(groupOfPair, size);
  }

  /** Number of pairs B. */
  public int size() {
    return size;
  }

  /** The pairs in their groups; positions are pairs. */
  public Grouping groups() {
    return groups;
  }

  /** Score of a pair's positive item. */
  public float score(int pair) {
    return scores[Objects.checkIndex(pair, size)];
  }

  /**
   * Sets the score of a pair's positive item. What {@link RankingLoss#preparePositives} noted down
   * for the pair is gone, as it was made of another score.
   */
  public void setScore(int pair, float score) {
    scores[Objects.checkIndex(pair, size)] = score;
    values[pair] = Double.NaN;
  }

  /** Derivative of the mean loss with respect to a pair's positive score. */
  public float gradient(int pair) {
    return gradient[Objects.checkIndex(pair, size)];
  }

  /** For losses: sets the derivative of the mean loss with respect to a pair's positive score. */
  public void setGradient(int pair, float derivative) {
    gradient[Objects.checkIndex(pair, size)] = derivative;
  }

  /** For losses: what {@link RankingLoss#preparePositives} noted down for a pair; NaN before. */
  public double value(int pair) {
    return values[Objects.checkIndex(pair, size)];
  }

  /** For losses: notes down a value for a pair. */
  public void setValue(int pair, double value) {
    values[Objects.checkIndex(pair, size)] = value;
  }
}
