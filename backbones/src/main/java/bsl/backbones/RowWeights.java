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
  private boolean columnsFound;
  private UserBatch batch;

  /**
   * @param own pairs whose weight among the negatives is another one
   * @param ownWeight that weight, as {@link NegativeWeights} has them, other items having 1
   * @throws IllegalArgumentException if it is none, or none together with the weight of an item, or
   *     if the pairs are of other numbers of users or items
   */
  RowWeights(UserBatches batches, Interactions own, double ownWeight, WorkPool pool) {
    requireWeight(ownWeight);
    if (own.users() != batches.users() || own.items() != batches.items()) {
      throw new IllegalArgumentException(
          "own pairs are of other users or items than the mini-batches, which have "
              + batches.users()
              + " users and "
              + batches.items()
              + " items: "
              + own);
    }
    if (batches.weights() != null) {
      requireProducts(own.itemDegrees(), batches.weights(), ownWeight);
    }
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
    // As the bounds are: 1e12 is a little more than it is in single precision.
    float rounded = (float) ownWeight;
    boolean weight = rounded >= NegativeWeights.SMALLEST && rounded <= NegativeWeights.LARGEST;
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

  /**
   * Refuses a weight that is none once an item's own weight is multiplied by it.
   *
   * @param degrees own pairs of each item; those without any are left out
   * @param weights of the items
   * @throws IllegalArgumentException if it is none
   */
  private static void requireProducts(int[] degrees, float[] weights, double ownWeight) {
    for (int item = 0; item < weights.length; item++) {
      if (degrees[item] > 0) {
        requireProduct(item, weights[item], ownWeight);
      }
    }
  }

  /**
   * Refuses a weight that is none once an item's own weight is multiplied by it.
   *
   * @throws IllegalArgumentException if it is none
   */
  static void requireProduct(int item, float weight, double ownWeight) {
    float product = (float) (weight * ownWeight);
    boolean some = product >= NegativeWeights.SMALLEST && product <= NegativeWeights.LARGEST;
    if (!some && weight != 0 && ownWeight != 0) {
      throw new IllegalArgumentException(
          "weight of own pairs "
              + ownWeight
              + " times the weight "
              + weight
              + " of item "
              + item
              + " is not between "
              + NegativeWeights.SMALLEST
              + " and "
              + NegativeWeights.LARGEST);
    }
  }

  /** Takes a mini-batch. What a step that failed has left behind is put in order. */
  void begin(UserBatch itsBatch) {
    for (int t = 0; t < weights.length; t++) {
      giveBack(t);
    }
    if (columnsFound) {
      Arrays.fill(columnOfItem, -1);
      columnsFound = false;
    }
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
    columnsFound = true;
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
    counts[worker] = 0;
    for (int p = own.begin(user); p < own.end(user); p++) {
      int item = own.itemAt(p);
      int column = batches.sampled() ? columnOfItem[item] : item;
      if (column >= 0) {
        multiplied[worker][counts[worker]++] = column;
        ofRow.multiply(column, ownWeight);
      }
    }
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
    if (columnsFound) {
      for (int c = 0; c < batch.negatives(); c++) {
        columnOfItem[batch.columns()[c]] = -1;
      }
      columnsFound = false;
    }
  }
}
