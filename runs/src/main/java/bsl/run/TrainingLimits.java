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
  private final long rows;
  private final long columns;

  /**
   * @param spec the run
   * @param train the pairs to train on
   */
  TrainingLimits(RunSpec spec, Interactions train) {
    this.spec = spec;
    if (spec.userWise()) {
      UserBatchSize most = UserBatchSize.of(spec, train);
      pairs = most.pairs();
      rows = most.rows();
      columns = most.columns();
    } else {
      pairs = Math.min(spec.batchSize(), train.size());
      rows = pairs;
      columns = pairWiseColumns(train.items());
    }
  }

  private long pairWiseColumns(int items) {
    return switch (spec.negativeSharing()) {
      case SHARED -> spec.negatives() == 0 ? items : Math.min(spec.negatives(), items);
      case POPULAR -> spec.negatives();
      case IN_BATCH -> pairs;
      case INDEPENDENT -> items;
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
          "batch_users " + rows + " with " + columns + " items to score");
      return;
    }
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
    String rowsAre = spec.userWise() ? "batch_users " : "batch_size ";
    require(rows * stride, rowsAre + rows + " with embeddings of " + stride);
    require(
        (columns + COLUMN_PADDING) * stride,
        columns
            + (spec.userWise() ? " items to score" : " negatives")
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
