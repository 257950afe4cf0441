package bsl.backbones;

import bsl.backbones.LayerMean.LayerNoise;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;

/**
 * The noise of SimGCL (Yu et al., SIGIR 2022): to each row of a layer a random vector of a given
 * length that lies in the same orthant as the row. Its elements are uniform before they are scaled
 * to that length.
 */
final class SignedNoise implements LayerNoise {
  private final double length;
  private final int dimension;
  private final long seed;
  private final int view;
  private int step;

  /**
   * @param length of what is added to a row, at least 0
   * @param dimension floats per row
   * @param seed the run's seed
   * @param view names the streams
   */
  SignedNoise(double length, int dimension, long seed, int view) {
    if (!(length >= 0 && length < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the noise's length must be at least 0: " + length);
    }
    ContrastSettings.requireFloat("the noise's length", length);
    this.length = length;
    this.dimension = dimension;
    this.seed = seed;
    this.view = view;
  }

  /** Draws anew for a step. */
  void begin(int step) {
    this.step = step;
  }

  @Override
  public void add(int layer, boolean ofUsers, int row, float[] values, int offset) {
    // Drawn twice rather than kept: no memory for each thread.
    RandomStream random = stream(layer, ofUsers, row);
    double squares = 0;
    for (int d = 0; d < dimension; d++) {
      double element = random.nextDouble();
      squares += element * element;
    }
    double scale = length / Math.sqrt(Math.max(squares, Double.MIN_NORMAL));
    random = stream(layer, ofUsers, row);
    for (int d = offset; d < offset + dimension; d++) {
      values[d] += (float) (scale * random.nextDouble()) * Math.signum(values[d]);
    }
  }

  private RandomStream stream(int layer, boolean ofUsers, int row) {
    return RandomStream.of(seed, Purpose.AUGMENTATION, step, view, layer, ofUsers ? 0 : 1, row);
  }
}
