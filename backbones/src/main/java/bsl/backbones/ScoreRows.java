package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.ScoreFunction;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.RowKernels;

/**
 * Embeddings gathered from a table into consecutive slots in the form in which their inner product
 * is the score: divided by their norm for cosine scores, as they are otherwise. Slots may be
 * gathered and sent back by different threads at once.
 */
final class ScoreRows {
  private final RowKernels kernels;
  private final int stride;
  private final boolean cosine;
  private float[] values = {};
  private float[] inverseNorms = {};

  ScoreRows(Kernels kernels, int stride, ScoreFunction score) {
    this.kernels = kernels.rows();
    this.stride = stride;
    this.cosine = score == ScoreFunction.COSINE;
  }

  void reset(int slots) {
    if (inverseNorms.length < slots) {
      values = new float[Math.multiplyExact(slots, stride)];
      inverseNorms = new float[slots];
    }
  }

  /** The slots, a row-major matrix with the table's stride. */
  float[] values() {
    return values;
  }

  int offset(int slot) {
    return slot * stride;
  }

  void gather(EmbeddingTable table, int row, int slot) {
    System.arraycopy(table.values(), table.offset(row), values, offset(slot), stride);
    normalise(slot);
  }

  /** Gathers with the dropped elements zero and the others scaled up. */
  void gather(EmbeddingTable table, int row, int slot, DropoutMasks masks) {
    System.arraycopy(table.values(), table.offset(row), values, offset(slot), stride);
    masks.apply(slot, values, offset(slot));
    normalise(slot);
  }

  private void normalise(int slot) {
    if (cosine) {
      inverseNorms[slot] = kernels.normalise(values, offset(slot), stride);
    }
  }

  /** Inner product of a slot with another's: the score. */
  float dot(int slot, ScoreRows other, int otherSlot) {
    return kernels.dot(values, offset(slot), other.values, other.offset(otherSlot), stride);
  }

  /**
   * Turns the gradient with respect to a slot into that with respect to the row it was gathered
   * from.
   */
  void sendBack(int slot, float[] gradient, int gradientOffset) {
    if (cosine) {
      kernels.normaliseBackward(
          values, offset(slot), inverseNorms[slot], gradient, gradientOffset, stride);
    }
  }
}
