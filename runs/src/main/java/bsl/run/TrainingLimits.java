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

  /** Embeddings of users in a step: one for each pair, or for each user. */
  private final long rows;

  /** Embeddings of items that they are scored with. */
  private final long columns;

  /** The columns, and positives that are gathered with them. */
  private final long items;

  /**
   * @param spec the run
   * @param train the pairs to train on
   */
  TrainingLimits(RunSpec spec, Interactions train) {
    this.spec = spec;
    if (spec.userWise()) {
      UserBatchSize most = UserBatchSize.of(spec, train);
      rows = most.rows();
      columns = most.negatives();
      items = most.items();
    } else {
      rows = Math.min(spec.batchSize(), train.size());
      columns = pairWiseColumns(train.items());
      items = columns;
    }
  }

  private long pairWiseColumns(int all) {
    return switch (spec.negativeSharing()) {
      case SHARED -> spec.negatives() == 0 ? all : Math.min(spec.negatives(), all);
      case POPULAR -> spec.negatives();
      case IN_BATCH -> rows;
      case INDEPENDENT -> all;
    };
  }

  /**
   * Checks what can be checked before there is a backbone.
   *
   * @throws InputException if there is something to refuse
   */
  void check() {
    if (spec.userWise()) {
      require(
          rows * (columns + COLUMN_PADDING),
          "batch_users " + rows + " with " + columns + " negatives");
      return;
    }
    if (spec.negativeSharing() == NegativeSharing.IN_BATCH && rows < 2) {
      throw new InputException(
          "negative_sampling in-batch needs at least 2 train pairs; data set "
              + spec.dataset()
              + " has "
              + rows);
    }
    if (spec.negativeSharing() == NegativeSharing.INDEPENDENT) {
      long draws = rows * spec.negatives();
      require(
          draws,
          "negative_sampling independent with "
              + rows
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
    String rowsAre = spec.userWise() ? "batch_users " : "batch_size ";
    require(rows * stride, rowsAre + rows + " with embeddings of " + stride);
    require(
        (items + COLUMN_PADDING) * stride,
        items
            + (items > columns ? " negatives and positives" : " negatives")
            + " with embeddings of "
            + stride);
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
