package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Interactions;
import org.junit.jupiter.api.Test;

/** Numbers that describe a data set, counted by hand. */
class DescriptionTest {
  /** Rows with 0, 1, 2, 3 and 4 pairs. */
  private static Interactions stairs() {
    return Interactions.of(
        5, 4, new int[] {1, 2, 2, 3, 3, 3, 4, 4, 4, 4}, new int[] {0, 0, 1, 0, 1, 2, 0, 1, 2, 3});
  }

  @Test
  void quantilesAreOverRowsThatHavePairs() {
    DegreeQuantiles degrees = DegreeQuantiles.ofRows(stairs());

    assertThat(degrees.rows()).isEqualTo(4);
    assertThat(degrees.mean()).isEqualTo(2.5);
    assertThat(degrees.quantile(0)).isEqualTo(1);
    assertThat(degrees.quantile(0.25)).isEqualTo(1);
    assertThat(degrees.quantile(0.26)).isEqualTo(2);
    assertThat(degrees.quantile(0.5)).isEqualTo(2);
    assertThat(degrees.quantile(1)).isEqualTo(4);
    assertThat(degrees.shareOfTop(0.25)).isCloseTo(0.4, within(1e-12));
    assertThat(degrees.shareOfTop(0.5)).isCloseTo(0.7, within(1e-12));
    assertThat(degrees.shareOfTop(1)).isEqualTo(1);
  }

  @Test
  void withoutPairsThereAreNone() {
    DegreeQuantiles none = DegreeQuantiles.ofRows(Interactions.of(3, 3, new int[0], new int[0]));

    assertThat(none.rows()).isZero();
    assertThat(none.quantile(0.5)).isZero();
    assertThat(none.mean()).isZero();
    assertThat(none.shareOfTop(0.1)).isZero();
  }

  @Test
  void partsAreComparedPairByPair() {
    // Later: (4, 0) is in both; (0, 1) has an unseen user; (1, 4) an unseen item.
    Interactions earlier = stairs().widened(5, 6);
    Interactions later = Interactions.of(5, 6, new int[] {4, 0, 1, 1}, new int[] {0, 1, 4, 3});

    assertThat(PartOverlap.of(earlier, later)).isEqualTo(new PartOverlap(4, 1, 3, 1, 4, 1, 2));
  }
}
