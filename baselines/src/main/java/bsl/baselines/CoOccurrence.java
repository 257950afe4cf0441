package bsl.baselines;

import bsl.core.Interactions;
import bsl.core.WorkPool;
import java.util.Arrays;

/** Counts how many columns two rows of a matrix of pairs have in common: X X'. */
final class CoOccurrence {
  private CoOccurrence() {}

  /**
   * X X' + lambda I. Counts are exact up to 2^24, far more columns than a float has to tell apart.
   *
   * @param pairs X
   * @param transposed X'
   * @param lambda what is added to the diagonal
   * @param asked now and then; what it throws ends the work
   */
  static SymmetricTiles plusDiagonal(
      Interactions pairs, Interactions transposed, float lambda, WorkPool pool, Runnable asked) {
    int size = pairs.users();
    SymmetricTiles matrix = new SymmetricTiles(size, lambda);
    int rows = matrix.rows();
    float[][] counts = new float[pool.threads()][matrix.count() * rows];
    Turns.run(
        pool,
        size,
        rows,
        rows * pool.threads(),
        done -> asked.run(),
        (begin, end, worker) -> {
          for (int row = begin; row < end; row++) {
            count(pairs, transposed, row, begin, counts[worker]);
            add(counts[worker], row - begin, matrix, begin / rows);
          }
        });
    return matrix;
  }

  /** Counts for one row, with rows from {@code first} on. */
  private static void count(
      Interactions pairs, Interactions transposed, int row, int first, float[] counts) {
    Arrays.fill(counts, 0f);
    for (int p = pairs.begin(row); p < pairs.end(row); p++) {
      int column = pairs.itemAt(p);
      for (int q = transposed.end(column) - 1; q >= transposed.begin(column); q--) {
        int other = transposed.itemAt(q);
        if (other < first) {
          break;
        }
        counts[other]++;
      }
    }
  }

  private static void add(float[] counts, int within, SymmetricTiles matrix, int tiles) {
    int rows = matrix.rows();
    for (int j = tiles; j < matrix.count(); j++) {
      float[] tile = matrix.tile(tiles, j);
      for (int c = 0; c < rows; c++) {
        tile[within * rows + c] += counts[j * rows + c];
      }
    }
  }
}
