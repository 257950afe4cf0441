package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.ProductKernels;
import java.util.Arrays;

/**
 * The graph seen from far away: {@code U S V'}, which of all matrices of its rank is nearest to the
 * users x items quarter of A-hat. Messages along it go between all users and all items that agree
 * on the main directions of the graph. LightGCL (Cai et al., ICLR 2023) contrasts it with the
 * graph. A direction may be that of a small community: on gowalla, three of the first five have 90%
 * of their mass on fewer than a thousand of 29,858 users.
 *
 * <p>U (users x rank) and V (items x rank) have orthonormal columns, and S holds the singular
 * values, descending. Where the rank asked for exceeds that of the matrix, the singular values and
 * columns beyond are zero. Of the two signs that a pair of columns may have, the one is taken that
 * makes the user's coordinate of largest magnitude positive.
 *
 * <p>A product with {@code U S V'} is two narrow ones: {@code V'} times the items' table is a table
 * of as many rows as the rank, and U times that gives the users. The same bits for any number of
 * threads.
 *
 * <p>Not to be used by two threads at once: it has scratch memory.
 */
public final class TruncatedSvd {
  /** Sums over a side's rows are made in this many parts. */
  private static final int PARTS = 16;

  private static final int ROWS_PER_BLOCK = 128;

  private final double[] singularValues;
  private final EmbeddingTable users;
  private final EmbeddingTable items;
  private final ProductKernels kernels;
  private final WorkPool pool;
  private float[][] sums = new float[PARTS][0];

  private TruncatedSvd(RandomizedSvd svd, Kernels kernels, WorkPool pool) {
    this.singularValues = svd.singularValues();
    this.users = svd.users();
    this.items = svd.items();
    this.kernels = kernels.products();
    this.pool = pool;
  }

  /**
   * Decomposes a graph's matrix: seconds for a million pairs and a rank of five.
   *
   * @param graph whose A-hat
   * @param rank number of singular values, at least 1
   * @param seed the run's seed, for the random vectors that the decomposition begins with
   * @param kernels implementation of the inner loops
   * @param pool threads to use, here and in products
   * @throws IllegalArgumentException if the rank is less than 1
   */
  public static TruncatedSvd of(
      NormalizedGraph graph, int rank, long seed, Kernels kernels, WorkPool pool) {
    if (rank < 1) {
      throw new IllegalArgumentException("rank must be at least 1: " + rank);
    }
    return new TruncatedSvd(new RandomizedSvd(graph, rank, seed, pool), kernels, pool);
  }

  /** Number of singular values asked for. */
  public int rank() {
    return singularValues.length;
  }

  /** A singular value; they descend, and are in [0, 1]. */
  public double singularValue(int index) {
    return singularValues[index];
  }

  /** U, one row per user; to be read only. */
  public EmbeddingTable users() {
    return users;
  }

  /** V, one row per item; to be read only. */
  public EmbeddingTable items() {
    return items;
  }

  /**
   * {@code to = U S V' from}: what users get from items.
   *
   * @param from one row per item
   * @param to one row per user, overwritten
   * @throws IllegalArgumentException if a table has other rows, or the dimensions differ
   */
  public void toUsers(EmbeddingTable from, EmbeddingTable to) {
    multiply(items, from, users, to);
  }

  /**
   * {@code to = V S U' from}: what items get from users, and the way back of a gradient through
   * {@link #toUsers}.
   *
   * @param from one row per user
   * @param to one row per item, overwritten
   * @throws IllegalArgumentException if a table has other rows, or the dimensions differ
   */
  public void toItems(EmbeddingTable from, EmbeddingTable to) {
    multiply(users, from, items, to);
  }

  private void multiply(
      EmbeddingTable right, EmbeddingTable from, EmbeddingTable left, EmbeddingTable to) {
    if (from.rows() != right.rows()
        || to.rows() != left.rows()
        || from.dimension() != to.dimension()) {
      throw new IllegalArgumentException(
          "no product of " + left.rows() + " x " + right.rows() + " from " + from + " to " + to);
    }
    float[] narrow = narrow(right, from);
    int stride = to.stride();
    pool.run(
        to.rows(),
        ROWS_PER_BLOCK,
        (begin, end, worker) -> {
          Arrays.fill(to.values(), to.offset(begin), to.offset(end), 0f);
          kernels.multiplyAdd(
              left.values(),
              left.offset(begin),
              left.stride(),
              end - begin,
              rank(),
              narrow,
              0,
              stride,
              stride,
              to.values(),
              to.offset(begin),
              stride);
        });
  }

  /** {@code S right' from}, as many rows as the rank. */
  private float[] narrow(EmbeddingTable right, EmbeddingTable from) {
    int stride = from.stride();
    if (sums[0].length != rank() * stride) {
      sums = new float[PARTS][rank() * stride];
    }
    pool.run(
        PARTS,
        (part, worker) -> {
          int begin = WorkPool.partBegin(from.rows(), PARTS, part);
          int end = WorkPool.partBegin(from.rows(), PARTS, part + 1);
          Arrays.fill(sums[part], 0f);
          kernels.transposedMultiplyAdd(
              right.values(),
              right.offset(begin),
              right.stride(),
              end - begin,
              rank(),
              from.values(),
              from.offset(begin),
              stride,
              stride,
              sums[part],
              0,
              stride);
        });
    float[] sum = sums[0];
    for (int d = 0; d < sum.length; d++) {
      double total = 0;
      for (float[] part : sums) {
        total += part[d];
      }
      sum[d] = (float) (singularValues[d / stride] * total);
    }
    return sum;
  }
}
