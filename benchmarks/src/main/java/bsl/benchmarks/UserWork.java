package bsl.benchmarks;

import bsl.core.sampling.UserBatch;
import bsl.core.sampling.UserBatches;

/**
 * Counts the floating-point operations and bytes that a training step of matrix factorisation over
 * users cannot do without. What is measured is set beside it.
 *
 * <p>A multiply-add is two operations; a root or a division is one. The loss is not counted: what
 * an exponential costs depends on how it is computed. Bytes are those that have to move if all that
 * a step makes for itself stays in the caches: scores, and the gradients that go to the optimiser.
 *
 * @param rows users of a step, B; this and the next four may be means over steps
 * @param negatives columns that every user is scored against, N
 * @param columns columns that get a gradient: negatives, and positives that are none of them
 * @param pairs observed pairs of the users
 * @param outside pairs whose positive is not among the negatives
 * @param dimension floats per embedding, d
 */
record UserWork(
    double rows, double negatives, double columns, double pairs, double outside, int dimension) {
  /** Scores, gradients of users, gradients of items: a multiply-add per element each. */
  private static final double PRODUCTS = 3 * 2;

  /**
   * Operations of Adam in closed form per parameter: five add a gradient to the moments, seven move
   * the parameter and decay the moments.
   */
  private static final double ADAM_FLOP = 12;

  /** A parameter and two moments, read and written. */
  private static final double STATE_BYTES = 6 * Float.BYTES;

  private static final double PAIR_BYTES = Integer.BYTES;

  /**
   * The mean over the first steps of an epoch.
   *
   * @param atMost number of steps; as many as an epoch has, if it has fewer
   */
  static UserWork ofFirstSteps(UserBatches batches, int atMost, int dimension) {
    batches.beginEpoch(1);
    int steps = Math.min(atMost, batches.steps());
    double rows = 0;
    double negatives = 0;
    double columns = 0;
    double pairs = 0;
    double outside = 0;
    for (int s = 0; s < steps; s++) {
      UserBatch batch = batches.batch(s);
      int size = batch.pairs().size();
      rows += batch.rows();
      negatives += batch.negatives();
      columns += batch.columnCount();
      pairs += size;
      for (int p = 0; p < size; p++) {
        outside += batch.columnOfPair()[p] >= batch.negatives() ? 1 : 0;
      }
    }
    return new UserWork(
        rows / steps,
        negatives / steps,
        columns / steps,
        pairs / steps,
        outside / steps,
        dimension);
  }

  /** Operations of the three products of all users with all negatives. */
  double productFlop() {
    return PRODUCTS * rows * negatives * dimension;
  }

  /** Bytes of these products: embeddings are read, and gradients of the same size are written. */
  double productBytes() {
    return 2 * Float.BYTES * (rows + negatives) * dimension;
  }

  /** Operations of Adam on the rows that get a gradient. */
  double adamFlop() {
    return ADAM_FLOP * touchedParameters();
  }

  /** Bytes of Adam by itself, which reads gradients from outside. */
  double adamBytes() {
    return (STATE_BYTES + Float.BYTES) * touchedParameters();
  }

  /** Operations of a whole step: products, positives outside of the negatives, Adam. */
  double stepFlop() {
    return productFlop() + PRODUCTS * outside * dimension + adamFlop();
  }

  /** Bytes of a whole step: parameters, moments, and the numbers of the positives. */
  double stepBytes() {
    return STATE_BYTES * touchedParameters() + PAIR_BYTES * pairs;
  }

  private double touchedParameters() {
    return (rows + columns) * dimension;
  }
}
