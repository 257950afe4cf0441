package bsl.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.EmbeddingTable;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.RowGradients;
import org.junit.jupiter.api.Test;

/** What is added up row by row must be as wide on both sides. */
class RowSumsTest {
  private static final String OTHER_STRIDE =
      "gradients are 32 floats apart, rows of EmbeddingTable[3 x 40] 64";

  private final EmbeddingTable table = new EmbeddingTable(3, 40);

  /** Two rows, which all lie within the table whichever stride is taken. */
  private static RowGradients gradients(int stride) {
    RowGradients gradients = new RowGradients(stride);
    gradients.reset(2);
    for (int k = 0; k < 2; k++) {
      gradients.setRow(k, k);
      gradients.setOccurrences(k, 1);
      gradients.values()[gradients.offset(k)] = 1 + k;
    }
    return gradients;
  }

  @Test
  void addsGradientsToTheRowsThatTheyBelongTo() {
    RowGradients gradients = gradients(64);
    gradients.setRow(0, 2);
    table.values()[table.offset(2)] = 10;
    try (WorkPool pool = new WorkPool(1)) {
      RowSums.add(gradients, table, pool);
    }

    assertThat(table.row(0)).containsOnly(0f);
    assertThat(table.row(1)).startsWith(2f, 0f);
    assertThat(table.row(2)).startsWith(11f, 0f);
  }

  @Test
  void refusesGradientsOfAnotherStride() {
    try (WorkPool pool = new WorkPool(1)) {
      assertThatThrownBy(() -> RowSums.add(gradients(32), table, pool))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(OTHER_STRIDE);
    }
    assertThat(table.values()).containsOnly(0f);
  }

  /** With a weight of 0 as well: an error that shows at some weights only is found late. */
  @Test
  void theL2TermRefusesGradientsOfAnotherStride() {
    try (WorkPool pool = new WorkPool(1)) {
      L2Term l2 = new L2Term(Kernels.best(), pool);
      for (double weight : new double[] {0, 0.1}) {
        assertThatThrownBy(() -> l2.add(weight, table, gradients(32)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(OTHER_STRIDE);
      }
    }
  }
}
