package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import org.junit.jupiter.api.Test;

class EmbeddingGeometryTest {
  private static final Interactions NONE = Interactions.of(2, 4, new int[0], new int[0]);

  private static EmbeddingTable table(float[][] rows) {
    EmbeddingTable table = new EmbeddingTable(rows.length, rows[0].length);
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r], 0, table.values(), table.offset(r), rows[r].length);
    }
    return table;
  }

  /** Two users along the axes, four items along the axes and against them, of various lengths. */
  private static EmbeddingGeometry cross() {
    return new EmbeddingGeometry(
        new Embeddings(
            table(new float[][] {{2, 0}, {0, 3}}),
            table(new float[][] {{5, 0}, {-1, 0}, {0, 0.5f}, {0, -2}})));
  }

  @Test
  void alignmentIsTheMeanSquaredDistanceOnTheSphere() {
    Interactions pairs = Interactions.of(2, 4, new int[] {0, 0, 1}, new int[] {0, 1, 0});

    // Distances squared: the same point 0, the opposite 4, a right angle 2.
    assertThat(cross().alignment(pairs, NONE)).isCloseTo((0 + 4 + 2) / 3.0, within(1e-6));
    assertThat(cross().alignment(pairs, Interactions.of(2, 4, new int[] {0}, new int[] {1})))
        .isCloseTo(1, within(1e-6));
  }

  @Test
  void uniformityIsZeroForOnePointAndNegativeForSpreadOnes() {
    EmbeddingGeometry point =
        new EmbeddingGeometry(
            new Embeddings(table(new float[][] {{1, 1}}), table(new float[][] {{2, 2}, {3, 3}})));

    assertThat(point.uniformity()).isCloseTo(0, within(1e-6));
    // Of all pairs a quarter are the same, a quarter opposite, half at right angles.
    assertThat(cross().uniformity())
        .isCloseTo(Math.log(0.25 + 0.25 * Math.exp(-8) + 0.5 * Math.exp(-4)), within(0.05));
  }

  @Test
  void aTableOfOneDimensionLiesOnALine() {
    EmbeddingGeometry line =
        new EmbeddingGeometry(
            new Embeddings(table(new float[][] {{1}}), table(new float[][] {{2}, {-3}})));

    assertThat(line.map(new int[] {0, 1})[0]).containsExactlyInAnyOrder(1, -1);
    assertThat(line.map(new int[] {0, 1})[1]).containsExactly(0, 0);
  }

  @Test
  void theMapIsAlongTheDirectionsOfLargestVariance() {
    EmbeddingGeometry flat =
        new EmbeddingGeometry(
            new Embeddings(
                table(new float[][] {{1, 0, 0}}),
                table(
                    new float[][] {
                      {0, 0.8f, 0.6f}, {0, -0.8f, 0.6f}, {0.6f, 0, 0.8f}, {-0.6f, 0, 0.8f}
                    })));
    double[][] map = flat.map(new int[] {0, 1, 2, 3});

    assertThat(map[0]).containsExactly(new double[] {0.8, -0.8, 0, 0}, within(1e-6));
    assertThat(map[1]).containsExactly(new double[] {0, 0, 0.6, -0.6}, within(1e-6));
  }
}
