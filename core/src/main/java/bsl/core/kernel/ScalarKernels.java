package bsl.core.kernel;

import static bsl.core.kernel.Kernels.VIRTUAL_LANES;

/** The kernels in plain Java, and the sum that they share. */
final class ScalarKernels {
  static final Kernels INSTANCE =
      new Kernels(
          "scalar",
          new ScalarProductKernels(),
          new ScalarRowKernels(),
          new ScalarScoreKernels(),
          new ScalarSparseKernels(),
          new ScalarAdamKernels());

  private ScalarKernels() {}

  /** The sum of the virtual lanes in the order that {@link Kernels} names; overwrites them. */
  static float combine(float[] lanes) {
    for (int half = VIRTUAL_LANES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[i] += lanes[i + half];
      }
    }
    return lanes[0];
  }
}
