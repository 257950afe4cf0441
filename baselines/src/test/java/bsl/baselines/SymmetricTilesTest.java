package bsl.baselines;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.BlockRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricTilesTest {
  /** Element (r, c) above the diagonal and on it is {@code 1000 r + c}. */
  private static SymmetricTiles numbered(int size) {
    SymmetricTiles matrix = new SymmetricTiles(size, 0);
    int rows = matrix.rows();
    for (int r = 0; r < size; r++) {
      for (int c = r; c < size; c++) {
        matrix.tile(r / rows, c / rows)[r % rows * rows + c % rows] = 1000 * r + c;
      }
    }
    return matrix;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 32, 33, 256, 257, 600})
  void elementsAndRowsAreThoseOfTheUpperTriangle(int size) {
    SymmetricTiles matrix = numbered(size);
    float[] row = new float[size];
    boolean equal = true;
    for (int r = 0; r < size; r++) {
      matrix.copyRow(r, row);
      for (int c = 0; c < size; c++) {
        float expected = 1000 * Math.min(r, c) + Math.max(r, c);
        equal &= matrix.get(r, c) == expected && row[c] == expected;
      }
    }

    assertThat(equal).isTrue();
    assertThat((long) matrix.kept() * matrix.rows() * matrix.rows() * Float.BYTES)
        .isEqualTo(SymmetricTiles.bytes(size));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32, 300, 600})
  void theSquareHasBothTriangles(int size) {
    SquareTiles square = new SquareTiles(numbered(size));
    boolean equal = true;
    for (int r = 0; r < size; r++) {
      float[] row = new float[size];
      square.row(
          r, (tile, from, column, length) -> System.arraycopy(tile, from, row, column, length));
      for (int c = 0; c < size; c++) {
        float expected = 1000 * Math.min(r, c) + Math.max(r, c);
        equal &= square.get(r, c) == expected && row[c] == expected;
      }
    }

    assertThat(equal).isTrue();
  }

  /** Up to the number of tiles of a matrix of half a million rows. */
  @Test
  void tilesAreFoundByTheirIndex() {
    int index = 0;
    for (int j = 0; j < 2000; j++) {
      for (int i = 0; i <= j; i++, index++) {
        int column = SymmetricTiles.column(index);
        if (column != j || SymmetricTiles.row(index, column) != i) {
          assertThat(List.of(SymmetricTiles.row(index, column), column)).containsExactly(i, j);
        }
      }
    }
  }

  /** Not as EASE has it: numbers of both signs, from one tile to three. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40, 256, 300, 520})
  void inversesAreThoseOfAnotherLibrary(int size) {
    RandomStream random = RandomStream.of(size, Purpose.TEST);
    SymmetricTiles matrix = new SymmetricTiles(size, 2);
    RealMatrix expected = new BlockRealMatrix(size, size);
    int rows = matrix.rows();
    for (int r = 0; r < size; r++) {
      for (int c = r; c < size; c++) {
        // Eigenvalues of the random part lie within +-1 or so.
        float value = (float) (0.5 * random.nextGaussian() / Math.sqrt(size));
        float[] tile = matrix.tile(r / rows, c / rows);
        tile[r % rows * rows + c % rows] += value;
        expected.setEntry(r, c, tile[r % rows * rows + c % rows]);
        expected.setEntry(c, r, expected.getEntry(r, c));
      }
    }
    List<Double> shares = new ArrayList<>();
    try (WorkPool pool = new WorkPool(2)) {
      SymmetricInverse.invert(matrix, 0.2, Kernels.best(), pool, shares::add);
    }
    RealMatrix inverse = MatrixUtils.inverse(expected);
    double furthest = 0;
    for (int r = 0; r < size; r++) {
      for (int c = 0; c < size; c++) {
        double away = Math.abs(matrix.get(r, c) - inverse.getEntry(r, c));
        furthest = Math.max(furthest, away);
      }
    }

    assertThat(furthest).isLessThan(2e-6);
    assertThat(shares).isSorted().hasSizeGreaterThanOrEqualTo(matrix.count());
  }
}
