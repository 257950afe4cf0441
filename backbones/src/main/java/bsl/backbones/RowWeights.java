package bsl.backbones;

import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.sampling.UserBatch;
import bsl.core.sampling.UserBatches;
import bsl.losses.NegativeWeights;
import java.util.Arrays;

/**
 * How often the negatives of a row count: the weights of a mini-batch's columns, in which a user's
 * own pairs may have another weight. Each thread has a copy of its own.
 */
final class RowWeights {
  private final UserBatches batches;
  private final Interactions own;
  private final double ownWeight;
  private final NegativeWeights[] weights;
  private final int[][] multiplied;
  private final int[] counts;
  private int[] columnOfItem = {};
  private UserBatch batch;

  /**
   * @param own pairs whose weight among the negatives is another one
   * @param ownWeight that weight, as {@link NegativeWeights} has them, other items having 1
   * @throws IllegalArgumentException if it is none
   */
  RowWeights(UserBatches batches, Interactions own, double ownWeight, WorkPool pool) {
    requireWeight(ownWeight);
    this.batches = batches;
    this.own = own;
    this.ownWeight = ownWeight;
    this.weights = new NegativeWeights[pool.threads()];
    this.multiplied = new int[pool.threads()][0];
    this.counts = new int[pool.threads()];
  }

  /**
   * Refuses what is no weight, before a column is multiplied by it.
   *
   * @throws IllegalArgumentException if it is none
   */
  static void requireWeight(double ownWeight) {
    boolean weight = ownWeight >= NegativeWeights.SMALLEST && ownWeight <= NegativeWeights.LARGEST;
    if (!weight && ownWeight != 0) {
      throw new IllegalArgumentException(
          "weight of own pairs must be 0 or between "
              + NegativeWeights.SMALLEST
              + " and "
              + NegativeWeights.LARGEST
              + ": "
              + ownWeight);
    }
  }

  /** Takes a mini-batch. */
  void begin(UserBatch itsBatch) {
    batch = itsBatch;
    if (batches.sampled()) {
      use(new NegativeWeights(Arrays.copyOf(batch.weights(), batch.negatives())));
      if (ownWeight != 1) {
        findColumns();
      }
    } else if (weights[0] == null && batches.weights() != null) {
      use(new NegativeWeights(batches.weights()));
    } else if (weights[0] == null && ownWeight != 1) {
      use(NegativeWeights.ones(batch.negatives()));
    }
  }

  private void use(NegativeWeights ofColumns) {
    weights[0] = ofColumns;
    for (int t = 1; t < weights.length; t++) {
      weights[t] = ofColumns.copy();
    }
  }

  private void findColumns() {
    if (columnOfItem.length == 0) {
      columnOfItem = new int[own.items()];
      Arrays.fill(columnOfItem, -1);
    }
    for (int c = 0; c < batch.negatives(); c++) {
      columnOfItem[batch.columns()[c]] = c;
    }
  }

  /**
   * The weights of a user's row, until {@link #giveBack} of the same thread; null if each negative
   * counts once.
   */
  NegativeWeights of(int user, int worker) {
    NegativeWeights ofRow = weights[worker];
    if (ownWeight == 1) {
      return ofRow;
    }
    int degree = own.degree(user);
    if (multiplied[worker].length < degree) {
      multiplied[worker] = new int[degree];
    }
    int count = 0;
    for (int p = own.begin(user); p < own.end(user); p++) {
      int item = own.itemAt(p);
      int column = batches.sampled() ? columnOfItem[item] : item;
      if (column >= 0) {
        ofRow.multiply(column, ownWeight);
        multiplied[worker][count++] = column;
      }
    }
    counts[worker] = count;
    return ofRow;
  }

  /** Ends the use of a row's weights. */
  void giveBack(int worker) {
    if (counts[worker] > 0) {
      weights[worker].restore(multiplied[worker], 0, counts[worker]);
      counts[worker] = 0;
    }
  }

  /** Ends the mini-batch. */
  void end() {
    if (batches.sampled() && columnOfItem.length > 0) {
      for (int c = 0; c < batch.negatives(); c++) {
        columnOfItem[batch.columns()[c]] = -1;
      }
    }
  }
}
