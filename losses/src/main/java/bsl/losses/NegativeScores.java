package bsl.losses;

/**
 * The negative scores of one row, for losses: those that every positive of the row is compared
 * with. A loss replaces them by derivatives.
 */
public final class NegativeScores {
  private final float[] lanes;
  private float[] values = {};
  private int offset;
  private int count;
  private NegativeWeights weights;

  NegativeScores(float[] lanes) {
    this.lanes = lanes;
  }

  void point(float[] itsValues, int itsOffset, int itsCount, NegativeWeights itsWeights) {
    this.values = itsValues;
    this.offset = itsOffset;
    this.count = itsCount;
    this.weights = itsWeights;
  }

  /** The array that holds the scores; elements outside the row must be left alone. */
  public float[] values() {
    return values;
  }

  /** Index in {@link #values()} of the first score. */
  public int offset() {
    return offset;
  }

  /** Number of scores N, at least 1. */
  public int count() {
    return count;
  }

  /** How often each score counts, or null if each counts once. */
  public NegativeWeights weights() {
    return weights;
  }

  /** How many negatives the row stands for: the sum of the weights, or their number. */
  public double total() {
    return weights == null ? count : weights.total();
  }

  /** Scratch for the passes of {@link bsl.core.kernel.ScoreKernels}. */
  public float[] lanes() {
    return lanes;
  }
}
