package bsl.backbones;

import bsl.core.Grouping;
import bsl.core.optim.RowGradients;
import java.util.Arrays;

/** Rows that a mini-batch reads, and behind them further rows that an auxiliary term reads. */
final class WidenedRows {
  private final Grouping rows = new Grouping();
  private final RowGradients gradients;
  private int[] keys = {};
  private int ofBatch;

  /**
   * @param stride the table's stride in floats
   */
  WidenedRows(int stride) {
    this.gradients = new RowGradients(stride);
  }

  /**
   * Takes the rows of a step.
   *
   * @param batch rows of the mini-batch, as keys
   * @param further further rows, which may be among them
   * @return all of them, as keys, those of the mini-batch first
   */
  Grouping reset(Grouping batch, int[] further) {
    ofBatch = batch.groups();
    int count = ofBatch + further.length;
    if (keys.length < count) {
      keys = new int[count];
    }
    for (int g = 0; g < ofBatch; g++) {
      keys[g] = batch.key(g);
    }
    System.arraycopy(further, 0, keys, ofBatch, further.length);
    rows.reset(keys, count);
    return rows;
  }

  /** Gradients of the mini-batch's rows, and zero for each further row. */
  RowGradients widen(RowGradients batch) {
    gradients.reset(rows.groups());
    gradients.copyFrom(batch);
    gradients.reset(rows.groups());
    Arrays.fill(gradients.values(), gradients.offset(ofBatch), gradients.offset(rows.groups()), 0f);
    for (int g = ofBatch; g < rows.groups(); g++) {
      gradients.setRow(g, rows.key(g));
      gradients.setOccurrences(g, 0);
    }
    return gradients;
  }
}
