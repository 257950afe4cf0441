package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.WorkPool;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * The largest singular values of a graph's users x items matrix and their vectors, by randomised
 * subspace iteration (Halko, Martinsson and Tropp, SIAM Review 2011, algorithms 4.4 and 5.1): the
 * matrix times a few random vectors spans nearly what its largest singular vectors span, and more
 * nearly so after each product with the matrix and its transpose. A small decomposition within that
 * span does the rest.
 *
 * <p>In double precision; each value is worked out by one thread in a fixed order.
 */
final class RandomizedSvd {
  /** Random vectors beyond the rank. */
  private static final int OVERSAMPLING = 10;

  /**
   * Products with the matrix and its transpose beyond the first. So many because the singular
   * values of real graphs lie close together: on gowalla the five largest are 1, 0.988, 0.972,
   * 0.960 and 0.952. With two iterations and no oversampling, which others take, the span of the
   * result has one direction in five in common with that of the singular vectors.
   */
  private static final int POWER_ITERATIONS = 12;

  /** Singular values below this share of the largest are zero but for rounding. */
  private static final double SMALLEST_SHARE = 1e-10;

  private final SparseMatrix toUsers;
  private final SparseMatrix toItems;
  private final int rank;
  private final int width;
  private final WorkPool pool;
  private final double[] singularValues;
  private final EmbeddingTable users;
  private final EmbeddingTable items;

  RandomizedSvd(NormalizedGraph graph, int rank, long seed, WorkPool pool) {
    this.toUsers = graph.toUsers();
    this.toItems = graph.toItems();
    this.rank = rank;
    this.width = (int) Math.min(rank + (long) OVERSAMPLING, Math.min(graph.users(), graph.items()));
    this.pool = pool;
    this.singularValues = new double[rank];
    this.users = new EmbeddingTable(graph.users(), rank);
    this.items = new EmbeddingTable(graph.items(), rank);
    if (graph.entries() > 0) {
      decompose(seed);
    }
  }

  /** The largest singular values, descending; zero beyond the rank of the matrix. */
  double[] singularValues() {
    return singularValues;
  }

  /** Left singular vectors in columns, zero where the singular value is. */
  EmbeddingTable users() {
    return users;
  }

  /** Right singular vectors in columns, zero where the singular value is. */
  EmbeddingTable items() {
    return items;
  }

  private void decompose(long seed) {
    double[] right = gaussian(seed);
    double[] left = new double[users.rows() * width];
    for (int product = 0; product <= POWER_ITERATIONS; product++) {
      multiply(toUsers, right, left);
      OrthonormalColumns.of(left, users.rows(), width);
      multiply(toItems, left, right);
      if (product < POWER_ITERATIONS) {
        OrthonormalColumns.of(right, items.rows(), width);
      }
    }
    // With orthonormal columns Q on the left, Q' A = W S V' gives A = (Q W) S V'.
    SingularValueDecomposition small = new SingularValueDecomposition(matrix(right));
    RealMatrix v = small.getU();
    RealMatrix w = small.getV();
    double[] values = small.getSingularValues();
    for (int j = 0; j < Math.min(rank, width); j++) {
      if (values[j] > SMALLEST_SHARE * values[0]) {
        singularValues[j] = values[j];
        setVectors(j, times(left, w.getColumn(j)), v.getColumn(j));
      }
    }
  }

  /** Random vectors in columns, each row from its own stream. */
  private double[] gaussian(long seed) {
    double[] values = new double[items.rows() * width];
    for (int i = 0; i < items.rows(); i++) {
      RandomStream random = RandomStream.of(seed, Purpose.DECOMPOSITION, i);
      for (int d = 0; d < width; d++) {
        values[i * width + d] = random.nextGaussian();
      }
    }
    return values;
  }

  private void multiply(SparseMatrix matrix, double[] from, double[] to) {
    pool.run(matrix.blocks(), (block, worker) -> matrix.multiplyBlock(block, from, width, to));
  }

  private RealMatrix matrix(double[] values) {
    double[][] rows = new double[values.length / width][width];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(values, r * width, rows[r], 0, width);
    }
    return new Array2DRowRealMatrix(rows, false);
  }

  private double[] times(double[] matrix, double[] vector) {
    double[] product = new double[matrix.length / width];
    for (int r = 0; r < product.length; r++) {
      for (int c = 0; c < width; c++) {
        product[r] += matrix[r * width + c] * vector[c];
      }
    }
    return product;
  }

  /**
   * Both vectors of a singular value; of the two signs, that with the user farthest out above 0.
   */
  private void setVectors(int column, double[] left, double[] right) {
    double farthest = 0;
    for (double value : left) {
      if (Math.abs(value) > Math.abs(farthest)) {
        farthest = value;
      }
    }
    double sign = Math.signum(farthest);
    setColumn(users, column, left, sign);
    setColumn(items, column, right, sign);
  }

  private static void setColumn(EmbeddingTable table, int column, double[] vector, double sign) {
    for (int r = 0; r < vector.length; r++) {
      table.values()[table.offset(r) + column] = (float) (sign * vector[r]);
    }
  }
}
