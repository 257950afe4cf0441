package bsl.run;

import bsl.core.Interactions;
import bsl.core.Split;
import bsl.core.sampling.NegativeSharing;

/**
 * About how long a run takes on one core, for planning. The rates are those of a core with 256-bit
 * vectors; on another machine all estimates are off by much the same factor, which a scheduler
 * learns from the first runs that finish.
 */
final class RunCost {
  /** Floating-point operations per second in products, loss included. */
  private static final double FLOPS = 33e9;

  private static final double BYTES_PER_SECOND = 20e9;
  private static final double SECONDS_PER_PAIR = 1.5e-6;

  /** To score, and to update for, one element of one negative of a pair's own. */
  private static final double SECONDS_PER_GATHERED = 2e-9;

  private static final int PASSES = 3;
  private static final double NGCF_OVER_LIGHTGCN = 2.5;

  private RunCost() {}

  /** Estimated seconds of all epochs and evaluations of a run, on one core. */
  static double seconds(RunSpec spec, Split split) {
    Interactions train = split.train();
    double pairs = train.size() * (1 + spec.positiveNoise());
    double epoch = pairs * (SECONDS_PER_PAIR + perPair(spec, train.items()));
    double evaluation = 2.0 * spec.dimension() * train.users() * train.items() / FLOPS;
    double evaluations = Math.ceil((double) spec.epochs() / spec.evaluateEvery());
    return spec.epochs() * epoch + propagation(spec, pairs) + evaluations * evaluation;
  }

  private static double perPair(RunSpec spec, int items) {
    double products = 2.0 * PASSES * spec.dimension();
    NegativeSharing sharing = spec.negativeSharing();
    if (sharing == NegativeSharing.INDEPENDENT) {
      return Math.min(
          products * items / FLOPS, spec.negatives() * spec.dimension() * SECONDS_PER_GATHERED);
    }
    int columns = sharing == NegativeSharing.IN_BATCH ? spec.batchSize() : spec.negatives();
    return products * columns / FLOPS;
  }

  /** Seconds of all products with the graph; two of each step's touch half of it. */
  private static double propagation(RunSpec spec, double pairs) {
    double layer = 2 * pairs * spec.dimension() * Float.BYTES / BYTES_PER_SECOND;
    double products = 2 * spec.layers() - 1;
    double all =
        switch (spec.backbone()) {
          case "lightgcn" -> {
            int shallow = Math.min(spec.shallowEpochs(), spec.epochs());
            yield shallow + products * (spec.epochs() - shallow);
          }
          case "ngcf" -> NGCF_OVER_LIGHTGCN * products * spec.epochs();
          default -> 0;
        };
    return Math.ceil(pairs / spec.batchSize()) * all * layer;
  }
}
