package bsl.data;

import bsl.core.RandomStream;
import java.util.Arrays;

/** Draws an index in proportion to its weight. */
final class CumulativeWeights {
  private final double[] sums;

  /**
   * @param sums running sums of the weights, which are positive; not copied
   */
  private CumulativeWeights(double[] sums) {
    this.sums = sums;
  }

  static CumulativeWeights of(double[] weights) {
    double[] sums = new double[weights.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      sums[i] = sum;
    }
    return new CumulativeWeights(sums);
  }

  /** Sum of all weights. */
  double total() {
    return sums[sums.length - 1];
  }

  int draw(RandomStream random) {
    int found = Arrays.binarySearch(sums, random.nextDouble() * total());
    int index = found >= 0 ? found + 1 : -found - 1;
    return Math.min(index, sums.length - 1);
  }
}
