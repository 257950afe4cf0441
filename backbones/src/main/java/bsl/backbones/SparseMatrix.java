package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.Interactions;
import bsl.core.kernel.SparseKernels;
import bsl.core.optim.RowGradients;
import java.util.Arrays;

/**
 * An immutable sparse matrix in compressed sparse row (CSR) form: ascending columns and a float
 * weight per entry. Its rows are cut into blocks of about equal work, by the entries alone.
 *
 * <p><b>Weights.</b> Normalised weights could also be had from one factor per node, which is a
 * second gather for every entry or a pass over the dense matrix before and after each product.
 * Weights of their own are 4 bytes per entry that are read in order, beside 4 bytes of column and,
 * at 64 dimensions, 256 bytes of embedding that are gathered: 1.5% more, and any matrix will do.
 */
final class SparseMatrix {
  private static final int WORK_PER_BLOCK = 1 << 14;

  /** What beginning and writing a row costs, in entries. */
  private static final int WORK_PER_ROW = 4;

  private final int[] offsets;
  private final int[] columns;
  private final float[] weights;
  private final int[] blockStarts;

  private SparseMatrix(int[] offsets, int[] columns, float[] weights) {
    this.offsets = offsets;
    this.columns = columns;
    this.weights = weights;
    this.blockStarts = cut(offsets);
  }

  /**
   * One half of a symmetrically normalised bipartite graph: {@code 1 / sqrt(degree(row)
   * degree(column))} for each pair.
   *
   * @param pairs rows and columns
   * @param transposed the same pairs with rows and columns exchanged
   */
  static SparseMatrix normalised(Interactions pairs, Interactions transposed) {
    int rows = pairs.users();
    int[] offsets = new int[rows + 1];
    int[] columns = pairs.pairItems();
    float[] weights = new float[columns.length];
    for (int r = 0; r < rows; r++) {
      offsets[r + 1] = pairs.end(r);
      double degree = pairs.degree(r);
      for (int e = offsets[r]; e < offsets[r + 1]; e++) {
        weights[e] = (float) (1 / Math.sqrt(degree * transposed.degree(columns[e])));
      }
    }
    return new SparseMatrix(offsets, columns, weights);
  }

  /** First row of each block, and the number of rows at the end. */
  private static int[] cut(int[] offsets) {
    int rows = offsets.length - 1;
    int[] starts = new int[rows + 1];
    int count = 0;
    long work = WORK_PER_BLOCK;
    for (int r = 0; r < rows; r++) {
      if (work >= WORK_PER_BLOCK) {
        starts[count++] = r;
        work = 0;
      }
      work += WORK_PER_ROW + offsets[r + 1] - offsets[r];
    }
    starts[count] = rows;
    return Arrays.copyOf(starts, count + 1);
  }

  int rows() {
    return offsets.length - 1;
  }

  int entries() {
    return columns.length;
  }

  /** Number of blocks of rows. */
  int blocks() {
    return blockStarts.length - 1;
  }

  /** Rows of the block with most of them. */
  int mostRows() {
    int most = 0;
    for (int b = 0; b < blocks(); b++) {
      most = Math.max(most, blockStarts[b + 1] - blockStarts[b]);
    }
    return most;
  }

  /** Entries of the block with most of them. */
  int mostEntries() {
    int most = 0;
    for (int b = 0; b < blocks(); b++) {
      most = Math.max(most, offsets[blockStarts[b + 1]] - offsets[blockStarts[b]]);
    }
    return most;
  }

  /** Overwrites a block's rows of {@code out} with those of this matrix times {@code x}. */
  void multiplyBlock(int block, EmbeddingTable x, EmbeddingTable out, SparseKernels kernels) {
    multiply(blockStarts[block], blockStarts[block + 1], x, out, kernels);
  }

  /** Overwrites one row of {@code out} with that of this matrix times {@code x}. */
  void multiplyRow(int row, EmbeddingTable x, EmbeddingTable out, SparseKernels kernels) {
    multiply(row, row + 1, x, out, kernels);
  }

  /**
   * Overwrites a block's rows of {@code out} with those of this matrix times {@code x}, in double
   * precision, terms added in the order of the entries.
   *
   * @param x row-major, one row per column of this matrix
   * @param width values per row of {@code x} and {@code out}
   * @param out row-major, one row per row of this matrix
   */
  void multiplyBlock(int block, double[] x, int width, double[] out) {
    for (int r = blockStarts[block]; r < blockStarts[block + 1]; r++) {
      int to = r * width;
      Arrays.fill(out, to, to + width, 0);
      for (int e = offsets[r]; e < offsets[r + 1]; e++) {
        int from = columns[e] * width;
        double weight = weights[e];
        for (int d = 0; d < width; d++) {
          out[to + d] += weight * x[from + d];
        }
      }
    }
  }

  private void multiply(
      int from, int to, EmbeddingTable x, EmbeddingTable out, SparseKernels kernels) {
    kernels.product(
        offsets,
        columns,
        weights,
        from,
        to,
        x.values(),
        x.offset(0),
        x.stride(),
        x.stride(),
        out.values(),
        out.offset(from),
        out.stride());
  }

  /**
   * Like {@link #multiplyBlock} for a table {@code x} of which only some rows are not zero. Entries
   * that would meet a zero row are left out first: what remains is gathered from few rows, which
   * the second-level cache may hold.
   *
   * @param x the rows that are not zero
   * @param positions where each row stands among them
   * @param scratch room for the block
   */
  void multiplyBlock(
      int block,
      RowGradients x,
      RowPositions positions,
      EmbeddingTable out,
      Scratch scratch,
      SparseKernels kernels) {
    int from = blockStarts[block];
    int to = blockStarts[block + 1];
    int kept = 0;
    for (int r = from; r < to; r++) {
      kept = keep(offsets[r], offsets[r + 1], positions, scratch, kept);
      scratch.offsets[r - from + 1] = kept;
    }
    kernels.product(
        scratch.offsets,
        scratch.columns,
        scratch.weights,
        0,
        to - from,
        x.values(),
        x.offset(0),
        x.stride(),
        x.stride(),
        out.values(),
        out.offset(from),
        out.stride());
  }

  /** Without a branch: whether a row is there cannot be predicted. */
  private int keep(int begin, int end, RowPositions positions, Scratch scratch, int kept) {
    int next = kept;
    for (int e = begin; e < end; e++) {
      int position = positions.of(columns[e]);
      scratch.columns[next] = position;
      scratch.weights[next] = weights[e];
      next += ~position >>> 31;
    }
    return next;
  }

  /** A part of a matrix that one thread is working on. */
  static final class Scratch {
    private final int[] offsets;
    private final int[] columns;
    private final float[] weights;

    Scratch(int rows, int entries) {
      this.offsets = new int[rows + 1];
      this.columns = new int[entries + 1];
      this.weights = new float[entries + 1];
    }
  }
}
