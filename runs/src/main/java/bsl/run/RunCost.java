package bsl.run;

import bsl.core.Interactions;
import bsl.core.optim.Adam;
import bsl.core.sampling.NegativeSharing;
import bsl.losses.PairwiseLoss;
import java.util.List;

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

  /** In mini-batches of users, where a pair has no rows of its own. */
  private static final double SECONDS_PER_POSITIVE = 5e-8;

  /** To score, and to update for, one element of one negative of a pair's own. */
  private static final double SECONDS_PER_GATHERED = 2e-9;

  /** To compare one positive with one negative, in losses that compare each with each. */
  private static final double SECONDS_PER_COMPARISON = 1.5e-9;

  /** What Adam reads and writes of a parameter, its moments and its gradient. */
  private static final int FLOATS_PER_UPDATE = 7;

  private static final int PASSES = 3;

  private RunCost() {}

  /**
   * Estimated seconds of all epochs and evaluations of a run, on one core.
   *
   * @param train train pairs without the run's positive noise
   */
  static double seconds(RunSpec spec, Interactions train) {
    return seconds(spec, DataSize.withNoise(spec, train), spec.epochs());
  }

  /**
   * Share of a run's time that its first epochs take, 0 to 1.
   *
   * @param train the pairs it is trained on
   * @param epochs number of epochs, also in the middle of one
   */
  static double share(RunSpec spec, Interactions train, double epochs) {
    DataSize size = DataSize.of(train);
    return seconds(spec, size, epochs) / seconds(spec, size, spec.epochs());
  }

  private static double seconds(RunSpec spec, DataSize size, double epochs) {
    double epoch =
        spec.userWise()
            ? userWise(spec, size)
            : size.pairs() * (SECONDS_PER_PAIR + perPair(spec, size.items()));
    double evaluation = 2.0 * spec.dimension() * size.users() * size.items() / FLOPS;
    double perEpoch = epoch + evaluation / spec.evaluateEvery();
    return epochs * perEpoch + BackboneKinds.named(spec.backbone()).seconds(spec, size, epochs);
  }

  /** An epoch of mini-batches of users: scores, the loss, and Adam. */
  private static double userWise(RunSpec spec, DataSize size) {
    double steps = size.steps(spec);
    double users = Math.min(spec.batchUsers(), size.rows(spec));
    double negatives =
        spec.negatives() == 0 ? size.items() : Math.min(spec.negatives(), size.items());
    double products = scoreSeconds(spec, size.rows(spec) * negatives);
    boolean eachWithEach = spec.loss() instanceof PairwiseLoss;
    double comparisons = eachWithEach ? size.pairs() * negatives * SECONDS_PER_COMPARISON : 0;
    double items = Math.min(size.items(), negatives + size.pairs() / steps);
    double rows =
        updatesRowsOfTheStepOnly(spec) ? users + items : (double) size.users() + size.items();
    double update = rows * spec.dimension() * FLOATS_PER_UPDATE * Float.BYTES / BYTES_PER_SECOND;
    return products + comparisons + steps * update + size.pairs() * SECONDS_PER_POSITIVE;
  }

  private static boolean updatesRowsOfTheStepOnly(RunSpec spec) {
    List<SettingKey> read = BackboneKinds.named(spec.backbone()).settings();
    boolean overGraph = read.contains(SettingKey.LAYERS);
    return spec.adamMode() == Adam.Mode.CLOSED_FORM && read.contains(SettingKey.ADAM) && !overGraph;
  }

  private static double perPair(RunSpec spec, int items) {
    double products = 2.0 * PASSES * spec.dimension();
    NegativeSharing sharing = spec.negativeSharing();
    if (sharing == NegativeSharing.INDEPENDENT) {
      return Math.min(
          products * items / FLOPS, spec.negatives() * spec.dimension() * SECONDS_PER_GATHERED);
    }
    int shared = spec.negatives() == 0 ? items : spec.negatives();
    int columns = sharing == NegativeSharing.IN_BATCH ? spec.batchSize() : shared;
    return products * columns / FLOPS;
  }

  /**
   * Estimated seconds, on one core, of scores of rows with columns, of the loss over them and of
   * the gradients of both.
   *
   * @param spec the run
   * @param scores number of scores
   */
  public static double scoreSeconds(RunSpec spec, double scores) {
    return 2.0 * PASSES * spec.dimension() * scores / FLOPS;
  }

  /**
   * Products with the graph that a step over some layers takes, forward and back, in full products:
   * two of them touch half of the graph.
   */
  public static double productsPerStep(int layers) {
    return Math.max(0, 2.0 * layers - 1);
  }

  /**
   * Estimated seconds, on one core, of products with the graph of the train pairs.
   *
   * @param spec the run
   * @param size size of the train data
   * @param products products per step, added up over the epochs
   */
  public static double graphSeconds(RunSpec spec, DataSize size, double products) {
    double product = 2 * size.pairs() * spec.dimension() * Float.BYTES / BYTES_PER_SECOND;
    return size.steps(spec) * products * product;
  }
}
