package bsl.backbones;

import bsl.core.optim.RowGradients;
import java.util.Arrays;

/** Where each row of a table stands among the rows of a {@link RowGradients}. */
final class RowPositions {
  private static final int NOWHERE = -1;

  private final int[] positions;

  /**
   * @param rows number of rows of the table
   */
  RowPositions(int rows) {
    positions = new int[rows];
    Arrays.fill(positions, NOWHERE);
  }

  /** Notes where the rows are. */
  void enter(RowGradients gradients) {
    for (int k = 0; k < gradients.count(); k++) {
      positions[gradients.row(k)] = k;
    }
  }

  /** Forgets the rows that have been entered. */
  void leave(RowGradients gradients) {
    for (int k = 0; k < gradients.count(); k++) {
      positions[gradients.row(k)] = NOWHERE;
    }
  }

  /** Position of a row, or -1. */
  int of(int row) {
    return positions[row];
  }
}
