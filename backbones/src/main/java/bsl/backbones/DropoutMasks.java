package bsl.backbones;

import bsl.core.RandomStream;

/**
 * Which elements of each row of a mini-batch are dropped. Elements stay with probability 1 - p and
 * are then scaled by 1 / (1 - p).
 */
final class DropoutMasks {
  private static final int BITS_PER_DRAW = 16;
  private static final int DRAWS_PER_LONG = Long.SIZE / BITS_PER_DRAW;
  private static final long DRAW_MASK = (1L << BITS_PER_DRAW) - 1;

  private final int dimension;
  private final int words;
  private final int threshold;
  private final float scale;
  private long[] kept = {};

  /**
   * @param dimension elements per row
   * @param probability p that an element is dropped, in [0, 1), rounded to a multiple of 2^-16
   */
  DropoutMasks(int dimension, double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException("dropout must be in [0, 1): " + probability);
    }
    this.dimension = dimension;
    this.words = (dimension + Long.SIZE - 1) / Long.SIZE;
    this.threshold = (int) Math.round(probability * (1 << BITS_PER_DRAW));
    this.scale = (float) (1 / (1 - probability));
  }

  boolean active() {
    return threshold > 0;
  }

  void reset(int rows) {
    if (kept.length < rows * words) {
      kept = new long[rows * words];
    }
  }

  void draw(int row, RandomStream random) {
    for (int w = 0; w < words; w++) {
      long word = 0;
      int bits = Math.min(Long.SIZE, dimension - w * Long.SIZE);
      for (int d = 0; d < bits; d += DRAWS_PER_LONG) {
        long draws = random.nextLong();
        for (int k = 0; k < DRAWS_PER_LONG; k++) {
          boolean keep = (draws >>> k * BITS_PER_DRAW & DRAW_MASK) >= threshold;
          word |= (keep ? 1L : 0L) << d + k;
        }
      }
      kept[row * words + w] = word;
    }
  }

  /** Applies a row's mask to an embedding or to a gradient: both are the same linear map. */
  void apply(int row, float[] values, int offset) {
    for (int d = 0; d < dimension; d++) {
      boolean keep = (kept[row * words + d / Long.SIZE] >>> d % Long.SIZE & 1) != 0;
      values[offset + d] = keep ? values[offset + d] * scale : 0f;
    }
  }
}
