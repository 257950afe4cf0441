package bsl.losses;

import java.util.Arrays;

/**
 * Says how often each negative of a row counts. A negative with weight 3 counts as three negatives
 * with that score would; one with weight 0 is left out. So one row of scores can stand for an
 * expectation over all items under any distribution, such as popularity.
 *
 * <p>A weight is 0 or from {@value #SMALLEST} to {@value #LARGEST}. Probabilities are as good as
 * numbers of negatives: losses that average over negatives see no difference.
 *
 * <p>Some columns may be given another weight for a while ({@link #multiply}), for example a user's
 * own positives; {@link #restore} takes that back, to the bit.
 *
 * <p>Weights are read when a loss is evaluated. So users of one batch, and threads, may share an
 * object that nobody changes. Whoever multiplies needs one of its own, which {@link #copy} makes:
 *
 * <pre>{@code
 * NegativeWeights ofUser = weights.copy();
 * for (int column : columnsOfOwnItems) {
 *   ofUser.multiply(column, 0);   // a user's own items are none of its negatives
 * }
 * batch.add(positives, negatives, ofUser);
 * }</pre>
 */
public final class NegativeWeights {
  /** The smallest weight but 0. */
  public static final float SMALLEST = 1e-12f;

  /** The largest weight. */
  public static final float LARGEST = 1e12f;

  private final float[] base;
  private final float[] values;
  private final float[] masks;
  private final CompensatedSum baseTotal;
  private final CompensatedSum total;
  private long changes;

  /**
   * Weights by column.
   *
   * @param weights weight of each column, 0 or from {@value #SMALLEST} to {@value #LARGEST}; copied
   * @throws IllegalArgumentException if a weight is none, or all are 0
   */
  public NegativeWeights(float[] weights) {
    base = weights.clone();
    values = weights.clone();
    masks = new float[weights.length];
    baseTotal = new CompensatedSum();
    for (int j = 0; j < base.length; j++) {
      baseTotal.add(requireWeight(j, base[j]));
      masks[j] = mask(base[j]);
    }
    if (!(baseTotal.value() > 0)) {
      throw new IllegalArgumentException("no negative has a weight above 0");
    }
    total = new CompensatedSum();
    total.set(baseTotal);
  }

  private NegativeWeights(NegativeWeights other) {
    base = other.base;
    values = base.clone();
    masks = new float[base.length];
    for (int j = 0; j < base.length; j++) {
      masks[j] = mask(base[j]);
    }
    baseTotal = other.baseTotal;
    total = new CompensatedSum();
    total.set(baseTotal);
  }

  /** Weight 1 for every column, as a row without weights has. */
  public static NegativeWeights ones(int columns) {
    float[] ones = new float[columns];
    Arrays.fill(ones, 1f);
    return new NegativeWeights(ones);
  }

  /** Weights of the same columns for another thread; what was multiplied here is not there. */
  public NegativeWeights copy() {
    return new NegativeWeights(this);
  }

  /** Number of columns. */
  public int columns() {
    return base.length;
  }

  /** How many negatives the row stands for: the sum of all weights. */
  public double total() {
    return total.value();
  }

  /** How often weights were changed so far. */
  long changes() {
    return changes;
  }

  /** The weights by column; not to be written to. */
  public float[] values() {
    return values;
  }

  /** What takes a score out when it is added: minus infinity where the weight is 0, else 0. */
  float[] masks() {
    return masks;
  }

  private static float mask(float weight) {
    return weight == 0 ? Float.NEGATIVE_INFINITY : 0f;
  }

  /**
   * Gives a column the weight that it had at first, times a factor. A factor that it was multiplied
   * by before no longer counts.
   *
   * @param column the column
   * @param factor at least 0; the product must be a weight, too
   * @throws IllegalArgumentException if it is not
   */
  public void multiply(int column, double factor) {
    float weight = requireWeight(column, (float) (base[column] * factor));
    changes++;
    total.add(weight);
    total.add(-values[column]);
    values[column] = weight;
    masks[column] = mask(weight);
  }

  /**
   * Gives columns their own weights back.
   *
   * @param columns all columns that have been multiplied, from {@code begin} to {@code end - 1}
   */
  public void restore(int[] columns, int begin, int end) {
    changes += end > begin ? 1 : 0;
    for (int k = begin; k < end; k++) {
      values[columns[k]] = base[columns[k]];
      masks[columns[k]] = mask(base[columns[k]]);
    }
    total.set(baseTotal);
  }

  private static float requireWeight(int column, float weight) {
    if (!(weight == 0 || (weight >= SMALLEST && weight <= LARGEST))) {
      throw new IllegalArgumentException(
          "weight of column "
              + column
              + " must be 0 or between "
              + SMALLEST
              + " and "
              + LARGEST
              + ": "
              + weight);
    }
    return weight;
  }

  /**
   * A sum of floats in two doubles (two-sum of Knuth): 106 bits. Taking columns out of a total in
   * one double would leave its rounding behind, which counts where little else is left.
   */
  private static final class CompensatedSum {
    private double high;
    private double low;

    void set(CompensatedSum other) {
      high = other.high;
      low = other.low;
    }

    void add(double term) {
      double sum = high + term;
      double ofTerm = sum - high;
      double error = (high - (sum - ofTerm)) + (term - ofTerm);
      double rest = low + error;
      high = sum + rest;
      low = rest - (high - sum);
    }

    double value() {
      return high;
    }
  }
}
