package bsl.backbones;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.EmbeddingTable;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Gradients against difference quotients of a step's own value, which is made of floats. */
final class DifferenceQuotients {
  private static final float H = 3e-3f;

  private DifferenceQuotients() {}

  /**
   * Checks all elements of some rows.
   *
   * @param gradients the gradients by row
   * @param table what they are gradients of; changed in between
   * @param value the value of a step with that table
   */
  static void assertGradients(
      Map<Integer, float[]> gradients, EmbeddingTable table, DoubleSupplier value) {
    double largest = 0;
    double worst = 0;
    for (Map.Entry<Integer, float[]> row : gradients.entrySet()) {
      for (int d = 0; d < table.dimension(); d++) {
        int at = table.offset(row.getKey()) + d;
        float before = table.values()[at];
        float above = before + H;
        float below = before - H;
        table.values()[at] = above;
        double slope = value.getAsDouble();
        table.values()[at] = below;
        slope = (slope - value.getAsDouble()) / (above - below);
        table.values()[at] = before;
        largest = Math.max(largest, Math.abs(slope));
        worst = Math.max(worst, Math.abs(slope - row.getValue()[d]));
      }
    }
    assertThat(largest).isPositive();
    assertThat(worst).isLessThan(0.01 * largest);
  }
}
