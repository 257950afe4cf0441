package bsl.benchmarks;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;

/** Seeded input matrices. */
final class RandomMatrix {
  private RandomMatrix() {}

  /**
   * A row-major matrix with entries uniform in [-1, 1) / sqrt(columns), so that inner products of
   * rows lie in [-1, 1] as cosines do.
   *
   * @param stream tells this matrix from others
   */
  static float[] uniform(int rows, int columns, int stream) {
    RandomStream random = RandomStream.of(1, Purpose.TEST, stream);
    float[] values = new float[Math.multiplyExact(rows, columns)];
    double bound = 1 / Math.sqrt(columns);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return values;
  }
}
