package bsl.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EmbeddingTableTest {
  @Test
  void xavierUniformFillsTheBoundAndLeavesThePaddingZero() {
    EmbeddingTable table = new EmbeddingTable(994, 6);
    table.initialiseXavierUniform(1, 0);
    double bound = Math.sqrt(6.0 / 1000);
    double square = 0;
    float largest = 0;
    for (int r = 0; r < 994; r++) {
      for (float x : table.row(r)) {
        square += x * x;
        largest = Math.max(largest, Math.abs(x));
      }
      for (int d = 6; d < table.stride(); d++) {
        assertThat(table.values()[table.offset(r) + d]).isZero();
      }
    }

    assertThat((double) largest).isBetween(0.99 * bound, bound);
    assertThat(square / (994 * 6)).isCloseTo(bound * bound / 3, within(0.05 * bound * bound / 3));
  }

  @Test
  void tablesOfOneModelDiffer() {
    EmbeddingTable one = new EmbeddingTable(3, 4);
    EmbeddingTable other = new EmbeddingTable(3, 4);
    one.initialiseXavierUniform(1, 0);
    other.initialiseXavierUniform(1, 1);

    assertThat(one.row(0)).isNotEqualTo(other.row(0));
    other.copyFrom(one);
    assertThat(other.values()).isEqualTo(one.values());
    assertThat(one.copy().values()).isEqualTo(one.values()).isNotSameAs(one.values());
  }

  @Test
  void rowsBeginWhereCacheLinesDoIfArraysDo() {
    EmbeddingTable table = new EmbeddingTable(3, 33);
    int header = 16;

    for (int r = 0; r < 3; r++) {
      assertThat((header + Float.BYTES * table.offset(r)) % 64).isZero();
    }
    assertThat(table.values()).hasSize(table.offset(3));
  }

  @Test
  void squaredNormsAreSummedInDoublePrecision() {
    EmbeddingTable table = new EmbeddingTable(2, 3);
    table.setRow(1, new float[] {3e30f, -4e30f, 1f});

    assertThat(table.squaredNorm(0)).isZero();
    // Beyond what a float can hold.
    assertThat(table.squaredNorm(1))
        .isCloseTo(25e60, within(1e-6 * 25e60))
        .isEqualTo((double) 3e30f * 3e30f + (double) 4e30f * 4e30f + 1);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> new EmbeddingTable(-1, 4)).hasMessageContaining("no table");
    assertThatThrownBy(() -> new EmbeddingTable(1 << 27, 64)).hasMessageContaining("exceeds");
    for (int rows : new int[] {0, 1, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> new EmbeddingTable(rows, Integer.MAX_VALUE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("exceeds");
    }
    assertThatThrownBy(() -> new EmbeddingTable(2, 4).setRow(0, new float[3]))
        .hasMessageContaining("3 floats");
    assertThatThrownBy(() -> new EmbeddingTable(2, 4).setRow(0, new float[5]))
        .hasMessageContaining("5 floats");
    assertThatThrownBy(() -> new EmbeddingTable(2, 4).copyFrom(new EmbeddingTable(3, 4)))
        .hasMessageContaining("shapes differ");
    assertThatThrownBy(() -> new Embeddings(new EmbeddingTable(2, 4), new EmbeddingTable(2, 5)))
        .hasMessageContaining("dimensions differ");
  }

  @Test
  void thereIsNoRowBehindTheLast() {
    EmbeddingTable table = new EmbeddingTable(2, 3);

    assertThatThrownBy(() -> table.row(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> table.setRow(2, new float[3]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> table.squaredNorm(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
