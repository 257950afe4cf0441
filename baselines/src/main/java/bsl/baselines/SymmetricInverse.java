package bsl.baselines;

import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.ProductKernels;
import java.util.Arrays;
import java.util.function.DoubleConsumer;

/**
 * Inverts a large symmetric positive definite matrix in its place, on many threads, in n^3 floating
 * point operations: as many as a Cholesky factor and the inverse of that take together.
 *
 * <p>It is the symmetric Gauss-Jordan elimination ("sweep operator", Beaton 1964) with tiles for
 * numbers. A step takes the tile D on the diagonal and, with C for the other tiles of its column,
 * replaces the others by A - C inv(D) C', the column by C inv(D), and D by -inv(D). After a step
 * for every tile the matrix is minus its inverse. Every step works on all tiles alike, so that
 * threads share it evenly. A factorisation would have three passes whose tiles shrink.
 *
 * <p>Inverses of tiles are in double. All else is single precision, each element summed by fused
 * multiply-adds in ascending order, so that the bits depend on neither threads nor kernels.
 */
final class SymmetricInverse {
  /** Tiles between questions whether to stop: less than a second on one core. */
  private static final int TILES_AT_A_TIME = 256;

  private final SymmetricTiles matrix;
  private final ProductKernels products;
  private final WorkPool pool;
  private final int rows;
  private final int panel = Kernels.PANEL;

  /** The column of tiles of the step, with its sign turned. */
  private final float[][] column;

  /** The row of tiles of the step times inv(D), each tile in panels. */
  private final float[][] scaled;

  private final float[][] scratch;
  private final float[] inverse;

  private SymmetricInverse(SymmetricTiles matrix, Kernels kernels, WorkPool pool) {
    this.matrix = matrix;
    this.products = kernels.products();
    this.pool = pool;
    this.rows = matrix.rows();
    this.column = new float[matrix.count()][rows * rows];
    this.scaled = new float[matrix.count()][rows * rows];
    this.scratch = new float[pool.threads()][rows * rows];
    this.inverse = new float[rows * rows];
  }

  /** Bytes that inverting a matrix of a size takes beside the matrix. */
  static long bytes(int size) {
    return 2 * SymmetricTiles.stripBytes(size);
  }

  /** Bytes that each thread takes. */
  static long bytesPerThread(int size) {
    return SymmetricTiles.stripBytes(size) / SymmetricTiles.count(size);
  }

  /**
   * Replaces a matrix by its inverse.
   *
   * @param matrix symmetric and positive definite
   * @param least what the eigenvalues of the matrix are at least; by it is seen when single
   *     precision does not do
   * @param progress is told the share of the work that is done; what it throws ends the work
   * @throws ArithmeticException if single precision does not do
   */
  static void invert(
      SymmetricTiles matrix,
      double least,
      Kernels kernels,
      WorkPool pool,
      DoubleConsumer progress) {
    SymmetricInverse work = new SymmetricInverse(matrix, kernels, pool);
    PivotInverse pivot = new PivotInverse(matrix.rows(), least);
    for (int k = 0; k < matrix.count(); k++) {
      pivot.invert(matrix.tile(k, k), work.inverse);
      work.prepare(k);
      work.update(k, progress);
      work.replace(k);
    }
    work.finish();
  }

  /** Makes the step's column and row. */
  private void prepare(int k) {
    pool.run(
        matrix.count(),
        (j, worker) -> {
          if (j == k) {
            return;
          }
          float[] row = scratch[worker];
          if (j > k) {
            System.arraycopy(matrix.tile(k, j), 0, row, 0, row.length);
            transpose(row, column[j]);
          } else {
            System.arraycopy(matrix.tile(j, k), 0, column[j], 0, row.length);
            transpose(column[j], row);
          }
          negate(column[j]);
          float[] product = scaled[j];
          Arrays.fill(product, 0f);
          for (int c = 0; c < rows; c += panel) {
            products.multiplyAdd(
                inverse, 0, rows, rows, rows, row, c, rows, panel, product, c * rows, panel);
          }
        });
  }

  /** Brings the tiles that are in neither the step's column nor its row up to date. */
  private void update(int k, DoubleConsumer progress) {
    int kept = matrix.kept();
    for (int first = 0; first < kept; first += TILES_AT_A_TIME) {
      progress.accept((k + (double) first / kept) / matrix.count());
      int begin = first;
      pool.run(
          Math.min(TILES_AT_A_TIME, kept - first),
          (block, worker) -> {
            int j = SymmetricTiles.column(begin + block);
            int i = SymmetricTiles.row(begin + block, j);
            if (i != k && j != k) {
              updateTile(i, j);
            }
          });
    }
  }

  private void updateTile(int i, int j) {
    float[] tile = matrix.tile(i, j);
    for (int c = 0; c < rows; c += panel) {
      products.multiplyAdd(
          column[i], 0, rows, rows, rows, scaled[j], c * rows, panel, panel, tile, c, rows);
    }
  }

  /** Puts what the step makes of its own column and row into the matrix. */
  private void replace(int k) {
    pool.run(
        matrix.count(),
        (j, worker) -> {
          if (j == k) {
            float[] tile = matrix.tile(k, k);
            System.arraycopy(inverse, 0, tile, 0, tile.length);
            negate(tile);
            return;
          }
          float[] row = j > k ? matrix.tile(k, j) : scratch[worker];
          for (int c = 0; c < rows; c += panel) {
            for (int r = 0; r < rows; r++) {
              System.arraycopy(scaled[j], c * rows + r * panel, row, r * rows + c, panel);
            }
          }
          if (j < k) {
            transpose(row, matrix.tile(j, k));
          }
        });
  }

  private void finish() {
    pool.run(
        matrix.kept(),
        (index, worker) -> {
          int j = SymmetricTiles.column(index);
          negate(matrix.tile(SymmetricTiles.row(index, j), j));
        });
  }

  private void transpose(float[] from, float[] to) {
    for (int c = 0; c < rows; c += panel) {
      for (int r = 0; r < rows; r++) {
        for (int d = c; d < c + panel; d++) {
          to[d * rows + r] = from[r * rows + d];
        }
      }
    }
  }

  private static void negate(float[] values) {
    for (int v = 0; v < values.length; v++) {
      values[v] = -values[v];
    }
  }
}
