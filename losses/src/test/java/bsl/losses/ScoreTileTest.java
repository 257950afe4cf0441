package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreTileTest {
  private final float[] values = new float[20];

  @Test
  void saysWhereItsRowsAre() {
    ScoreTile tile = new ScoreTile().view(values, 2, 6, 7, 3, 5);

    assertThat(tile.values()).isSameAs(values);
    assertThat(tile.firstPair()).isEqualTo(7);
    assertThat(tile.rows()).isEqualTo(3);
    assertThat(tile.columns()).isEqualTo(5);
    assertThat(tile.rowOffset(2)).isEqualTo(14);
  }

  /** The last row of 5 columns at stride 6 ends at offset + 17. */
  @Test
  void mayReachTheEndOfTheArrayAndNoFurther() {
    assertThatCode(() -> new ScoreTile().view(values, 3, 6, 0, 3, 5)).doesNotThrowAnyException();
    assertThatThrownBy(() -> new ScoreTile().view(values, 4, 6, 0, 3, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 rows at stride 6 exceed 20 scores");
    assertThatCode(() -> new ScoreTile().view(values, 20, 6, 0, 0, 5)).doesNotThrowAnyException();
    assertThatCode(() -> new ScoreTile().view(values, 0, 5, 0, 4, 5)).doesNotThrowAnyException();
  }

  @Test
  void refusesAFirstPairBelowZero() {
    assertThatThrownBy(() -> new ScoreTile().view(values, 0, 6, -1, 3, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pair -1");
  }

  @ParameterizedTest
  @CsvSource({"-1, 6, 3, 5", "0, 4, 3, 5", "0, 6, -1, 5", "0, 6, 3, 0"})
  void refusesShapesThatAreNone(int offset, int stride, int rows, int columns) {
    assertThatThrownBy(() -> new ScoreTile().view(values, offset, stride, 0, rows, columns))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no tile of " + rows + " rows x " + columns + " negatives");
  }
}
