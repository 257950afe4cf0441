package bsl.losses;

import java.util.Arrays;

/**
 * Says how often each negative of a row counts. A negative with weight 3 counts as three negatives
 * with that score would; one with weight 0 is left out. So one row of scores can stand for an
 * expectation over all items under any distribution, such as popularity.
 *
 * <p>Some columns may be given another weight for a while ({@link #multiply}), for example a user's
 * own positives; {@link #restore} takes that back. Not thread-safe: each thread has one of its own.
 */
public final class NegativeWeights {
  private final float[] base;
  private final float[] baseLogs;
  private final double baseTotal;
  private final float[] values;
  private final float[] logs;
  private double total;

  /**
   * Weights by column.
   *
   * @param weights weight of each column, finite and at least 0, not all 0; copied
   * @throws IllegalArgumentException if they are not
   */
  public NegativeWeights(float[] weights) {
    this.base = weights.clone();
    this.baseLogs = new float[weights.length];
    double sum = 0;
    for (int j = 0; j < weights.length; j++) {
      if (!(weights[j] >= 0 && weights[j] <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException("weight of column " + j + " is " + weights[j]);
      }
      baseLogs[j] = (float) StrictMath.log(weights[j]);
      sum += weights[j];
    }
    if (!(sum > 0)) {
      throw new IllegalArgumentException("no negative has a weight above 0");
    }
    this.baseTotal = sum;
    this.values = base.clone();
    this.logs = baseLogs.clone();
    this.total = sum;
  }

  /** Weight 1 for every column, as a row without weights has. */
  public static NegativeWeights ones(int columns) {
    float[] ones = new float[columns];
    Arrays.fill(ones, 1f);
    return new NegativeWeights(ones);
  }

  /** Weights of the same columns for another thread; what was multiplied here is not there. */
  public NegativeWeights copy() {
    return new NegativeWeights(base);
  }

  /** Number of columns. */
  public int columns() {
    return base.length;
  }

  /** How many negatives the row stands for: the sum of all weights. */
  public double total() {
    return total;
  }

  /** The weights by column. */
  public float[] values() {
    return values;
  }

  /** The natural logarithms of the weights by column; minus infinity where the weight is 0. */
  public float[] logs() {
    return logs;
  }

  /**
   * Multiplies a column's weight, which must not be multiplied already.
   *
   * @param column the column
   * @param factor finite and at least 0
   */
  public void multiply(int column, double factor) {
    double weight = base[column] * factor;
    total += weight - base[column];
    values[column] = (float) weight;
    logs[column] = (float) StrictMath.log(weight);
  }

  /**
   * Gives columns their own weights back.
   *
   * @param columns all columns that have been multiplied, from {@code begin} to {@code end - 1}
   */
  public void restore(int[] columns, int begin, int end) {
    for (int k = begin; k < end; k++) {
      values[columns[k]] = base[columns[k]];
      logs[columns[k]] = baseLogs[columns[k]];
    }
    total = baseTotal;
  }
}
