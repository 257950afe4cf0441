package bsl.losses;

import bsl.core.kernel.Kernels;

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
  private float[] scratch = {};
  private float[] copies = {};
  private NegativeScores copy;

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

  /** Whether scores have weights; without, each counts once. */
  public boolean weighted() {
    return weights != null;
  }

  /**
   * How often each score counts, or null if each counts once. Element j belongs to the j-th score,
   * as {@link bsl.core.kernel.ScoreKernels} wants it.
   */
  public float[] weights() {
    return weights == null ? null : weights.values();
  }

  /** How many negatives the row stands for: the sum of the weights, or their number. */
  public double total() {
    return weights == null ? count : weights.total();
  }

  /** Scratch for the passes of {@link bsl.core.kernel.ScoreKernels}. */
  public float[] lanes() {
    return lanes;
  }

  /**
   * Scratch of the loss's own, of at least {@link #count()} floats. Its contents are undefined, and
   * the next row gets the same array.
   */
  public float[] scratch() {
    if (scratch.length < count) {
      scratch = new float[count];
    }
    return scratch;
  }

  /** For {@link PairwiseLoss}: room for two copies of the row, one after the other. */
  float[] roomForCopies() {
    int size = Math.multiplyExact(2, count);
    if (copies.length < size) {
      copies = new float[size];
    }
    return copies;
  }

  /**
   * Copies the scores.
   *
   * @param from index in {@link #roomForCopies} of the copy's first score
   * @return the copy, with the same weights; the same object each time
   */
  NegativeScores copyTo(int from) {
    if (copy == null) {
      copy = new NegativeScores(lanes);
    }
    System.arraycopy(values, offset, copies, from, count);
    copy.point(copies, from, count, weights);
    return copy;
  }

  /**
   * The largest score that counts. Scores whose weight is 0 become minus infinity.
   *
   * @param kernels implementation of the inner loops
   * @return the largest score whose weight is not 0; minus infinity if there is none; NaN if a
   *     score is NaN, or plus infinity at weight 0
   */
  public float max(Kernels kernels) {
    if (weights != null) {
      float[] masks = weights.masks();
      for (int j = 0; j < count; j++) {
        values[offset + j] += masks[j];
      }
    }
    return kernels.rows().max(values, offset, count);
  }

  /**
   * Makes sure that derivatives which are the weighted scores times a factor, plus the weights
   * times a summand, have not become infinite. They are looked at only where they can be.
   *
   * @param pair the row's first pair, for the message
   * @param squares what {@link #weigh} returned: no weighted score is larger than the root of that
   *     times the largest weight
   * @param factor of the weighted scores
   * @param summand of each weight
   * @throws NonFiniteScoreException if one is infinite or NaN
   */
  void requireFiniteDerivatives(int pair, double squares, double factor, double summand) {
    double heaviest = weights == null ? 1 : NegativeWeights.LARGEST;
    double most = Math.abs(factor) * Math.sqrt(heaviest * squares) + Math.abs(summand) * heaviest;
    // Half of the range is left for rounding errors of the squares.
    if (!(most <= Float.MAX_VALUE / 2)) {
      for (int j = offset; j < offset + count; j++) {
        NonFiniteScoreException.requireFinite(pair, values[j]);
      }
    }
  }

  /**
   * Multiplies each score by its weight.
   *
   * @param kernels implementation of the inner loops
   * @return the sum of weight times square of the scores as they were
   */
  double weigh(Kernels kernels) {
    float[] before = values;
    int beforeOffset = offset;
    if (weights != null) {
      before = scratch();
      beforeOffset = 0;
      System.arraycopy(values, offset, before, 0, count);
      float[] factors = weights.values();
      for (int j = 0; j < count; j++) {
        values[offset + j] *= factors[j];
      }
    }
    return kernels.rows().dot(values, offset, before, beforeOffset, count);
  }
}
