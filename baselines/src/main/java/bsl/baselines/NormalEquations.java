package bsl.baselines;

import bsl.core.EmbeddingTable;
import bsl.core.Interactions;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.ProductKernels;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;
import org.ejml.dense.row.linsol.chol.LinearSolverChol_DDRM;

/** Solves for one embedding at a time: one thread's scratch memory and factorisation. */
final class NormalEquations {
  private static final int GATHERED = 256;

  private final int dimension;
  private final int stride;
  private final ProductKernels products;
  private final float[] gathered;
  private final float[] gram;
  private final DMatrixRMaj left;
  private final DMatrixRMaj right;
  private final DMatrixRMaj solution;
  private final LinearSolverChol_DDRM solver =
      new LinearSolverChol_DDRM(new CholeskyDecompositionInner_DDRM(true));

  NormalEquations(int dimension, ProductKernels products) {
    this.dimension = dimension;
    this.stride = EmbeddingTable.paddedTo(Kernels.PANEL, dimension);
    this.products = products;
    this.gathered = new float[GATHERED * stride];
    this.gram = new float[dimension * stride];
    this.left = new DMatrixRMaj(dimension, dimension);
    this.right = new DMatrixRMaj(dimension, 1);
    this.solution = new DMatrixRMaj(dimension, 1);
  }

  /** Bytes of one, the factor included. */
  static long bytes(int stride) {
    return (long) stride * (GATHERED * Float.BYTES + stride * (Float.BYTES + 2L * Double.BYTES));
  }

  /**
   * Solves for one row.
   *
   * @param all what is added to the left side for every row
   * @param diagonal what is added to its diagonal for this row
   * @param solved receives the embedding
   * @throws IllegalArgumentException if the left side is not positive definite
   */
  void solve(
      Interactions pairs,
      int row,
      EmbeddingTable fixed,
      double[] all,
      double diagonal,
      EmbeddingTable solved) {
    int at = solved.offset(row);
    if (pairs.degree(row) == 0) {
      Arrays.fill(solved.values(), at, at + dimension, 0f); // the right side is zero
      return;
    }
    addPairs(pairs, row, fixed);
    for (int r = 0; r < dimension; r++) {
      for (int c = 0; c < dimension; c++) {
        left.data[r * dimension + c] = all[r * dimension + c] + gram[r * stride + c];
      }
      left.data[r * dimension + r] += diagonal;
    }
    if (!solver.setA(left)) {
      throw new IllegalArgumentException("lambda is too small, or a hyper-parameter too large");
    }
    solver.solve(right, solution);
    for (int d = 0; d < dimension; d++) {
      solved.values()[at + d] = (float) solution.data[d];
    }
  }

  /** Sums h h' and h over the row's pairs. */
  private void addPairs(Interactions pairs, int row, EmbeddingTable fixed) {
    Arrays.fill(gram, 0f);
    Arrays.fill(right.data, 0.0);
    for (int begin = pairs.begin(row); begin < pairs.end(row); begin += GATHERED) {
      int count = Math.min(GATHERED, pairs.end(row) - begin);
      for (int p = 0; p < count; p++) {
        int from = fixed.offset(pairs.itemAt(begin + p));
        System.arraycopy(fixed.values(), from, gathered, p * stride, stride);
        for (int d = 0; d < dimension; d++) {
          right.data[d] += gathered[p * stride + d];
        }
      }
      products.transposedMultiplyAdd(
          gathered, 0, stride, count, dimension, gathered, 0, stride, stride, gram, 0, stride);
    }
  }
}
