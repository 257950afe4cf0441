package bsl.run;

import bsl.core.Interactions;
import bsl.core.sampling.NegativeSharing;

/**
 * About how long a run takes on one core, for planning. The rates are those of a core with 256-bit
 * vectors; on another machine all estimates are off by much the same factor, which a scheduler
 * learns from the first runs that finish.
 */
public final class RunCost {
  /** Floating-point operations per second in products, loss included. */
  private static final double FLOPS = 33e9;

  private static final double BYTES_PER_SECOND = 20e9;
  private static final double SECONDS_PER_PAIR = 1.5e-6;

  /** To score, and to update for, one element of one negative of a pair's own. */
  private static final double SECONDS_PER_GATHERED = 2e-9;

  private static final int PASSES = 3;

  private RunCost() {}

  /**
   * Estimated seconds of all epochs and evaluations of a run, on one core.
   *
   * @param train train pairs without the run's positive noise
   */
  static double seconds(RunSpec spec, Interactions train) {
    return seconds(spec, train, train.size() * (1 + spec.positiveNoise()), spec.epochs());
  }

  /**
   * Share of a run's time that its first epochs take, 0 to 1.
   *
   * @param train the pairs it is trained on
   * @param epochs number of epochs, also in the middle of one
   */
  static double share(RunSpec spec, Interactions train, double epochs) {
    int pairs = train.size();
    return seconds(spec, train, pairs, epochs) / seconds(spec, train, pairs, spec.epochs());
  }

  private static double seconds(RunSpec spec, Interactions train, double pairs, double epochs) {
    double epoch = pairs * (SECONDS_PER_PAIR + perPair(spec, train.items()));
    double evaluation = 2.0 * spec.dimension() * train.users() * train.items() / FLOPS;
    double perEpoch = epoch + evaluation / spec.evaluateEvery();
    return epochs * perEpoch + BackboneKinds.named(spec.backbone()).seconds(spec, pairs, epochs);
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

  /**
   * Products with the graph that a step over some layers takes, forward and back, in full products:
   * two of them touch half of the graph.
   */
  public static double productsPerStep(int layers) {
    return 2.0 * layers - 1;
  }

  /**
   * Estimated seconds, on one core, of products with the graph of the train pairs.
   *
   * @param spec the run
   * @param pairs train pairs
   * @param products products per step, added up over the epochs
   */
  public static double graphSeconds(RunSpec spec, double pairs, double products) {
    double product = 2 * pairs * spec.dimension() * Float.BYTES / BYTES_PER_SECOND;
    return Math.ceil(pairs / spec.batchSize()) * products * product;
  }
}
