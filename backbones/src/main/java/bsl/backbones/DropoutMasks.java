package bsl.backbones;

import bsl.core.RandomStream;

/**
 * What each element of each row of a mini-batch is multiplied by: 0 with probability p, else 1 / (1
 * - p). Padding elements are multiplied by 0. Elements are dropped with p rounded to a multiple of
 * 2^-16. That changes the mean by less than 1e-5 / (1 - p) of itself.
 */
final class DropoutMasks {
  private static final int BITS_PER_DRAW = 16;
  private static final int DRAWS_PER_LONG = Long.SIZE / BITS_PER_DRAW;
  private static final long DRAW_MASK = (1L << BITS_PER_DRAW) - 1;

  private final int stride;
  private final int dimension;
  private final int threshold;
  private final float scale;
  private float[] factors = {};

  /**
   * @param dimension elements per row
   * @param stride floats from row to row
   * @param probability p that an element is dropped, in [0, 1); rounded to a multiple of 2^-16 it
   *     is below 1, too
   * @throws IllegalArgumentException if it is not
   */
  DropoutMasks(int dimension, int stride, double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException("dropout must be in [0, 1): " + probability);
    }
    this.dimension = dimension;
    this.stride = stride;
    this.threshold = (int) Math.round(probability * (1 << BITS_PER_DRAW));
    if (threshold > DRAW_MASK) {
      throw new IllegalArgumentException(
          "dropout is so close to 1 that all is dropped: " + probability);
    }
    this.scale = (float) (1 / (1 - probability));
  }

  boolean active() {
    return threshold > 0;
  }

  void reset(int rows) {
    if (factors.length < rows * stride) {
      factors = new float[rows * stride];
    }
  }

  void draw(int row, RandomStream random) {
    int at = row * stride;
    for (int d = 0; d < dimension; d += DRAWS_PER_LONG) {
      long draws = random.nextLong();
      int end = Math.min(d + DRAWS_PER_LONG, dimension);
      for (int e = d; e < end; e++) {
        factors[at + e] = (draws & DRAW_MASK) >= threshold ? scale : 0f;
        draws >>>= BITS_PER_DRAW;
      }
    }
  }

  /** Applies a row's mask to an embedding or to a gradient: both are the same linear map. */
  void apply(int row, float[] values, int offset) {
    int at = row * stride;
    for (int d = 0; d < stride; d++) {
      values[offset + d] *= factors[at + d];
    }
  }
}
