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

  @Test
  void rowsOfOnePairFollowEachOther() {
    ScoreTile tile = new ScoreTile().view(values, 2, 6, 7, 3, 5);

    assertThat(tile.positivesBegin(2)).isEqualTo(9);
    assertThat(tile.positivesEnd(2)).isEqualTo(10);
    NegativeScores row = tile.row(2);
    assertThat(row.values()).isSameAs(values);
    assertThat(row.offset()).isEqualTo(14);
    assertThat(row.count()).isEqualTo(5);
    assertThat(row.weighted()).isFalse();
    assertThat(row.weights()).isNull();
    assertThat(row.total()).isEqualTo(5);
  }

  @Test
  void theRowOfAUserHasAllOfItsPairs() {
    NegativeWeights weights = new NegativeWeights(new float[] {1, 0, 2.5f});
    ScoreTile tile = new ScoreTile().viewUser(values, 4, 3, 6, 9, weights);

    assertThat(tile.rows()).isEqualTo(1);
    assertThat(tile.columns()).isEqualTo(3);
    assertThat(tile.positivesBegin(0)).isEqualTo(tile.firstPair()).isEqualTo(6);
    assertThat(tile.positivesEnd(0)).isEqualTo(15);
    NegativeScores row = tile.row(0);
    assertThat(row.offset()).isEqualTo(4);
    assertThat(row.count()).isEqualTo(3);
    assertThat(row.weighted()).isTrue();
    assertThat(row.weights()).containsExactly(1, 0, 2.5f);
    assertThat(row.total()).isEqualTo(3.5);
  }

  /** A tile serves a whole training, in which layouts may change. */
  @Test
  void nothingIsLeftOfTheViewBefore() {
    ScoreTile tile = new ScoreTile().viewUser(values, 0, 3, 0, 9, NegativeWeights.ones(3));
    tile.view(values, 0, 3, 0, 2, 3);

    assertThat(tile.positivesEnd(1)).isEqualTo(2);
    assertThat(tile.row(0).weighted()).isFalse();
  }

  @Test
  void refusesRowsOfUsersThatAreNone() {
    assertThatThrownBy(() -> new ScoreTile().viewUser(values, 0, 3, 0, 0, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no row of 0 pairs");
    assertThatThrownBy(() -> new ScoreTile().viewUser(values, 18, 3, 0, 1, null))
        .isInstanceOf(IllegalArgumentException.class);
    for (int columns : new int[] {2, 4}) {
      NegativeWeights weights = NegativeWeights.ones(columns);
      assertThatThrownBy(() -> new ScoreTile().viewUser(values, 0, 3, 0, 1, weights))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("3 negatives with " + columns + " weights");
    }
  }

  /** A user who owns every column, where own columns weigh nothing. */
  @Test
  void refusesARowInWhichNoNegativeCounts() {
    NegativeWeights weights = new NegativeWeights(new float[] {0.1f, 0.2f, 0.7f});
    for (int column = 0; column < 3; column++) {
      weights.multiply(column, 0);
    }
    assertThatThrownBy(() -> new ScoreTile().viewUser(values, 0, 3, 8, 2, weights))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pair 8 of the batch has no negative with a weight above 0");
  }
}
