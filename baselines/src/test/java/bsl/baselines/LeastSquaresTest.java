package bsl.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {
  /** More rows than are summed up at a time, with the largest at the end. */
  @Test
  void theSumOverTheOtherSideHasAllOfItsRows() {
    int columns = 40_000;
    EmbeddingTable fixed = new EmbeddingTable(columns, 2);
    double[] sums = new double[3];
    for (int c = 0; c < columns; c++) {
      float[] row = {c % 7 / 7f, (float) c / columns};
      fixed.setRow(c, row);
      sums[0] += (double) row[0] * row[0];
      sums[1] += (double) row[0] * row[1];
      sums[2] += (double) row[1] * row[1];
    }
    Interactions pairs = Interactions.of(1, columns, new int[1], new int[] {20_001});
    EmbeddingTable solved = new EmbeddingTable(1, 2);
    try (WorkPool pool = new WorkPool(2)) {
      new LeastSquares(2, new IalsWeights(1e-4, 0.5, 0), FitContext.of(pool), done -> {})
          .solve(pairs, fixed, solved);
    }

    // By Cramer's rule.
    float[] h = fixed.row(20_001);
    double a = h[0] * h[0] + 1e-4 * sums[0] + 0.5;
    double b = h[0] * h[1] + 1e-4 * sums[1];
    double c = h[1] * h[1] + 1e-4 * sums[2] + 0.5;
    double determinant = a * c - b * b;
    assertThat((double) solved.row(0)[0])
        .isCloseTo((c * h[0] - b * h[1]) / determinant, within(1e-6));
    assertThat((double) solved.row(0)[1])
        .isCloseTo((a * h[1] - b * h[0]) / determinant, within(1e-6));
  }
}
