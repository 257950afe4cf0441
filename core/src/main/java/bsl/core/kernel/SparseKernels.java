package bsl.core.kernel;

/** Products of a sparse matrix and a table of embeddings: messages along the edges of a graph. */
public interface SparseKernels {
  /**
   * Rows {@code from} to {@code to - 1} of a sparse matrix times a dense one: {@code out[r -
   * from][d] = sum_e weights[e] * x[columns[e]][d]}, ascending {@code e} from {@code offsets[r]} to
   * {@code offsets[r + 1] - 1}, one fused multiply-add per entry, beginning with zero.
   *
   * @param offsets index of each row's first entry, {@code rows + 1} values
   * @param columns row of {@code x} of each entry
   * @param weights weight of each entry
   * @param x dense matrix, not the output
   * @param xOffset index of its first row
   * @param xStride floats from one row of {@code x} to the next
   * @param width padded number of columns of {@code x} and the output
   * @param out output, {@code (to - from) x width}, overwritten
   */
  void product(
      int[] offsets,
      int[] columns,
      float[] weights,
      int from,
      int to,
      float[] x,
      int xOffset,
      int xStride,
      int width,
      float[] out,
      int outOffset,
      int outStride);
}
