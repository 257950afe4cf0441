package bsl.run;

import bsl.core.Interactions;
import bsl.core.sampling.NegativeSharing;

/**
 * Refuses, before anything is trained, settings that do not go with the size of the data: what has
 * no negatives, and what exceeds one array.
 */
final class TrainingLimits {
  /** Elements that every JVM can put into one array. */
  private static final long MOST = Integer.MAX_VALUE - 8L;

  /** Columns are filled up to a multiple of at most this many. */
  private static final int COLUMN_PADDING = 64;

  private final RunSpec spec;
  private final long pairs;
  private final long columns;

  /**
   * @param spec the run
   * @param train the pairs to train on
   */
  TrainingLimits(RunSpec spec, Interactions train) {
    this.spec = spec;
    this.pairs = Math.min(spec.batchSize(), train.size());
    this.columns =
        switch (spec.negativeSharing()) {
          case SHARED -> Math.min(spec.negatives(), train.items());
          case POPULAR -> spec.negatives();
          case IN_BATCH -> pairs;
          case INDEPENDENT -> train.items();
        };
  }

  /**
   * Checks what can be checked before there is a backbone.
   *
   * @throws InputException if there is something to refuse
   */
  void check() {
    if (spec.negativeSharing() == NegativeSharing.IN_BATCH && pairs < 2) {
      throw new InputException(
          "negative_sampling in-batch needs at least 2 train pairs; data set "
              + spec.dataset()
              + " has "
              + pairs);
    }
    if (spec.negativeSharing() == NegativeSharing.INDEPENDENT) {
      long draws = pairs * spec.negatives();
      require(
          draws,
          "negative_sampling independent with "
              + pairs
              + " pairs and negatives "
              + spec.negatives());
    }
  }

  /**
   * Checks the sizes of a step.
   *
   * @param stride floats per final embedding, padding included
   * @throws InputException if something exceeds one array
   */
  void check(int stride) {
    require(pairs * stride, "batch_size " + pairs + " with embeddings of " + stride);
    require(
        (columns + COLUMN_PADDING) * stride, columns + " negatives with embeddings of " + stride);
  }

  private static void require(long elements, String what) {
    if (elements > MOST) {
      throw new InputException(
          what
              + " are "
              + elements
              + " numbers per mini-batch, more than one array holds ("
              + MOST
              + ")");
    }
  }
}
