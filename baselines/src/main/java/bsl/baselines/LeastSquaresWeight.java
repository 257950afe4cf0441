package bsl.baselines;

import bsl.core.ValueRange;

/** Which weights the terms of a squared loss may have beside the pairs, which have 1. */
final class LeastSquaresWeight {
  /**
   * Far beyond it all scores come to 0 in single precision, and a ranking is by number. Implicit
   * ALS comes to that within the range, too, and refuses it: see {@link IalsKind}.
   */
  static final ValueRange RANGE = ValueRange.between(1e-12, 1e12);

  private LeastSquaresWeight() {}
}
