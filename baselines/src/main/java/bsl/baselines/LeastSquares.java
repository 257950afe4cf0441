package bsl.baselines;

import bsl.core.EmbeddingTable;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.ProductKernels;
import java.util.Arrays;
import java.util.function.DoubleConsumer;

/**
 * Solves for all embeddings of one side, those of the other being fixed: for each row, the sum of h
 * h' over its pairs plus alpha0 times the sum over all rows of the other side plus its L2 weight on
 * the diagonal, against the sum of h over its pairs.
 */
final class LeastSquares {
  /** For up to {@link #SMALL} dimensions. The time of a row grows with their cube. */
  private static final int ROWS_PER_BLOCK = 16;

  /** Between two questions whether to go on, per thread. */
  private static final int BLOCKS_PER_QUESTION = 32;

  private static final int SMALL = 64;
  private static final int FIXED_PER_BLOCK = 1024;
  private static final int BLOCKS_AT_A_TIME = 16;

  private final int dimension;
  private final IalsWeights weights;
  private final WorkPool pool;
  private final ProductKernels products;
  private final DoubleConsumer progress;
  private final NormalEquations[] equations;
  private double done;

  /**
   * @param progress is told the number of rows that were solved for, in all calls together; what it
   *     throws ends the work
   */
  LeastSquares(int dimension, IalsWeights weights, FitContext context, DoubleConsumer progress) {
    this.dimension = dimension;
    this.weights = weights;
    this.pool = context.pool();
    this.products = context.kernels().products();
    this.progress = progress;
    this.equations = new NormalEquations[pool.threads()];
    for (int t = 0; t < equations.length; t++) {
      equations[t] = new NormalEquations(dimension, products);
    }
  }

  /** Bytes that it takes for tables of a stride and so many rows at most, on some threads. */
  static long bytes(int stride, int rows, int threads) {
    long square = (long) stride * stride;
    int blocks = Math.min(WorkPool.blocks(rows, FIXED_PER_BLOCK), BLOCKS_AT_A_TIME);
    return square * (blocks * (long) Float.BYTES + Double.BYTES)
        + threads * NormalEquations.bytes(stride);
  }

  /**
   * Solves for all rows of one side.
   *
   * @param pairs the columns of each row
   * @param fixed embeddings of columns
   * @param solved receives the embeddings of rows
   * @throws IllegalArgumentException if the L2 term is too weak for the arithmetic
   */
  void solve(Interactions pairs, EmbeddingTable fixed, EmbeddingTable solved) {
    double[] all = gram(fixed);
    for (int v = 0; v < all.length; v++) {
      all[v] *= weights.unobserved();
    }
    double slower = Math.max(1, Math.pow((double) dimension / SMALL, 3));
    int perBlock = (int) Math.max(1, ROWS_PER_BLOCK / slower);
    int perThread = (int) Math.max(1, ROWS_PER_BLOCK * BLOCKS_PER_QUESTION / slower);
    Turns.run(
        pool,
        pairs.users(),
        perBlock,
        pool.threads() * perThread,
        rows -> progress.accept(done + rows),
        (begin, end, worker) -> {
          for (int row = begin; row < end; row++) {
            double diagonal = weights.regularisation(pairs.degree(row), fixed.rows());
            equations[worker].solve(pairs, row, fixed, all, diagonal, solved);
          }
        });
    done += pairs.users();
  }

  /** The sum of h h' over all rows: in single precision by blocks, and blocks in double. */
  private double[] gram(EmbeddingTable table) {
    int stride = table.stride();
    int blocks = WorkPool.blocks(table.rows(), FIXED_PER_BLOCK);
    double[] sum = new double[dimension * dimension];
    // Some blocks at a time, so that memory does not grow with the table.
    float[][] parts = new float[Math.min(blocks, BLOCKS_AT_A_TIME)][dimension * stride];
    for (int first = 0; first < blocks; first += BLOCKS_AT_A_TIME) {
      int begin = first;
      int count = Math.min(BLOCKS_AT_A_TIME, blocks - first);
      pool.run(
          count,
          (block, worker) -> {
            int row = (begin + block) * FIXED_PER_BLOCK;
            int rows = Math.min(FIXED_PER_BLOCK, table.rows() - row);
            float[] part = parts[block];
            Arrays.fill(part, 0f);
            int at = table.offset(row);
            products.transposedMultiplyAdd(
                table.values(),
                at,
                stride,
                rows,
                dimension,
                table.values(),
                at,
                stride,
                stride,
                part,
                0,
                stride);
          });
      for (int block = 0; block < count; block++) {
        add(parts[block], stride, sum);
      }
    }
    return sum;
  }

  private void add(float[] part, int stride, double[] sum) {
    for (int r = 0; r < dimension; r++) {
      for (int c = 0; c < dimension; c++) {
        sum[r * dimension + c] += part[r * stride + c];
      }
    }
  }
}
