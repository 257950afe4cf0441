package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.ScoreFunction;
import bsl.core.kernel.Kernels;

/**
 * Embeddings gathered from a table into consecutive slots in the form in which their inner product
 * is the score: divided by their norm for cosine scores, as they are otherwise. Slots may be
 * gathered and sent back by different threads at once.
 */
final class ScoreRows {
  /** Norms below this count as this, so that a zero embedding scores 0. */
  private static final float SMALLEST_NORM = 1e-12f;

  private final Kernels kernels;
  private final int stride;
  private final boolean cosine;
  private float[] values = {};
  private float[] inverseNorms = {};

  ScoreRows(Kernels kernels, int stride, ScoreFunction score) {
    this.kernels = kernels;
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
      int offset = offset(slot);
      float square = kernels.dot(values, offset, values, offset, stride);
      float inverse = 1f / Math.max((float) Math.sqrt(square), SMALLEST_NORM);
      inverseNorms[slot] = inverse;
      kernels.scale(values, offset, stride, inverse);
    }
  }

  /**
   * Turns the gradient with respect to a slot into that with respect to the row it was gathered
   * from: for cosine scores (g - (g . e) e) / norm.
   */
  void sendBack(int slot, float[] gradient, int gradientOffset) {
    if (!cosine) {
      return;
    }
    int offset = offset(slot);
    float along = kernels.dot(gradient, gradientOffset, values, offset, stride);
    float inverse = inverseNorms[slot];
    for (int d = 0; d < stride; d++) {
      int at = gradientOffset + d;
      gradient[at] = Math.fma(-along, values[offset + d], gradient[at]) * inverse;
    }
  }
}
