package bsl.cli;

import bsl.core.Split;
import bsl.run.RunSpec;
import bsl.run.UserBatchSize;

/** About how much Java heap a training needs. */
final class HeapNeed {
  /** Parameters, and the two moments of Adam. */
  private static final int STATE = 3;

  /** Kept beside the state: its copy at the end of the last epoch. */
  private static final int COPIES = 2;

  /** The best embeddings so far, those of the current epoch, and the items packed for ranking. */
  private static final int EMBEDDINGS = 3;

  /** Pairs as they are read, as rows, as columns, and as a graph with weights. */
  private static final int BYTES_PER_PAIR = 80;

  private static final int BYTES_PER_ROW = 64;

  /** What a step has of each of its rows: gathered, packed for products, gradient. */
  private static final int STEP_EMBEDDINGS = 3;

  private static final long BASE = 96L << 20;

  /** The collector divides the heap; a table has to fit into the part for old objects. */
  private static final double HEADROOM = 1.5;

  private HeapNeed() {}

  /**
   * Bytes of heap that are enough for a run.
   *
   * @param split what it is trained on
   */
  static long ofTraining(RunSpec spec, Split split) {
    double rows = (double) split.users() + split.items();
    double table = rows * spec.dimension() * Float.BYTES;
    double width = spec.backbone().equals("mf") ? 1 : spec.layers() + 1;
    // A graph backbone keeps the embeddings of every layer and their gradients.
    double layers = spec.backbone().equals("mf") ? 0 : 2 * width;
    double tables = STATE * COPIES + EMBEDDINGS * embeddingWidth(spec) + layers;
    double pairs = (double) split.train().size() * (1 + spec.positiveNoise()) + split.test().size();
    double bytes = tables * table + rows * BYTES_PER_ROW + pairs * BYTES_PER_PAIR;
    return BASE + (long) (HEADROOM * (bytes + ofStep(spec, split)));
  }

  /** A mini-batch of users with its scores; one of pairs is small. */
  private static double ofStep(RunSpec spec, Split split) {
    if (!spec.userWise()) {
      return 0;
    }
    UserBatchSize most = UserBatchSize.of(spec, split.train());
    double rows = (double) most.rows() + most.items();
    double embeddings = STEP_EMBEDDINGS * rows * spec.dimension() * embeddingWidth(spec);
    return Float.BYTES * (embeddings + (double) most.rows() * most.negatives());
  }

  /** Final embeddings in units of {@code dimension}. */
  private static double embeddingWidth(RunSpec spec) {
    return spec.backbone().equals("ngcf") ? spec.layers() + 1 : 1;
  }
}
