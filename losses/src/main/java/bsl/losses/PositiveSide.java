package bsl.losses;

import bsl.core.Grouping;

/**
 * The positive side of a mini-batch: the B positive scores, which pairs share a user, and room for
 * what the loss makes of them. Mutable and reusable from batch to batch.
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
   * @param users user of each pair; indices at least 0
   * @param size number of pairs B
   */
  public void reset(int[] users, int size) {
    if (scores.length < size) {
      scores = new float[size];
      gradient = new float[size];
      values = new double[size];
    }
    this.size = size;
    groups.reset(users, size);
  }

  /** Number of pairs B. */
  public int size() {
    return size;
  }

  /** The pairs grouped by user; keys are users, positions are pairs. */
  public Grouping byUser() {
    return groups;
  }

  /** Score of a pair's positive item. */
  public float score(int pair) {
    return scores[pair];
  }

  /** Sets the score of a pair's positive item. */
  public void setScore(int pair, float score) {
    scores[pair] = score;
  }

  /** Derivative of the mean loss with respect to a pair's positive score. */
  public float gradient(int pair) {
    return gradient[pair];
  }

  /** For losses: sets the derivative of the mean loss with respect to a pair's positive score. */
  public void setGradient(int pair, float derivative) {
    gradient[pair] = derivative;
  }

  /** For losses: what {@link RankingLoss#preparePositives} noted down for a pair. */
  public double value(int pair) {
    return values[pair];
  }

  /** For losses: notes down a value for a pair. */
  public void setValue(int pair, double value) {
    values[pair] = value;
  }
}
