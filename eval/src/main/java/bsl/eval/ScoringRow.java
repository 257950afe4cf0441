package bsl.eval;

import bsl.core.EmbeddingTable;
import bsl.core.ScoreFunction;
import bsl.core.kernel.RowKernels;
import java.util.Arrays;

/** Embeddings as scores need them: the plain row, or the row over its norm. */
final class ScoringRow {
  private ScoringRow() {}

  /**
   * Copies a row and its padding so that inner products of such rows are scores.
   *
   * @param out receives {@code table.stride()} floats from {@code at} on
   * @return whether the row is finite. The score of two finite rows is never NaN: it may overflow
   *     to an infinity, but a fused multiply-add of finite factors then leaves that as it is
   */
  static boolean copy(EmbeddingTable table, int row, ScoreFunction score, float[] out, int at) {
    float[] values = table.values();
    int from = table.offset(row);
    int dimension = table.dimension();
    double squared = table.squaredNorm(row);
    if (score == ScoreFunction.COSINE) {
      double inverse = 1 / Math.max(Math.sqrt(squared), RowKernels.SMALLEST_NORM);
      for (int d = 0; d < dimension; d++) {
        out[at + d] = (float) (values[from + d] * inverse);
      }
      Arrays.fill(out, at + dimension, at + table.stride(), 0f);
    } else {
      System.arraycopy(values, from, out, at, table.stride());
    }
    return squared < Double.POSITIVE_INFINITY;
  }
}
