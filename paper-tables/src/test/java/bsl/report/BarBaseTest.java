package bsl.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers alone; nothing is drawn, and no font is needed. */
class BarBaseTest {
  @Test
  void barsThatAreMuchAlikeStartWhereTheirDifferencesCanBeSeen() {
    assertThat(BarBase.of(0.26, 0.27, 0.28)).isEqualTo(0.25);
    assertThat(BarBase.of(0.0714, 0.0725, 0.0708)).isEqualTo(0.0699);
    assertThat(BarBase.of(0.055, 0.02)).as("as different as can be").isZero();
    assertThat(BarBase.of(0.3, 0.3)).isZero();
    assertThat(BarBase.of(0.3, -0.1)).isZero();
    assertThat(BarBase.of()).isZero();
    assertThat(BarBase.labelled("NDCG@20", 0.25)).isEqualTo("NDCG@20 (bars start at 0.25)");
    assertThat(BarBase.labelled("NDCG@20", 0)).isEqualTo("NDCG@20");
    for (int seed = 1; seed <= 1000; seed++) {
      double[] bars = new Random(seed).doubles(5, 0.001, 1).toArray();
      double shortest = Arrays.stream(bars).min().orElseThrow();
      double longest = Arrays.stream(bars).max().orElseThrow();
      double base = BarBase.of(bars);
      assertThat(base).as("seed " + seed).isBetween(0.0, shortest);
      if (base > 0) {
        assertThat(shortest - base)
            .as("what is seen of the shortest bar, seed " + seed)
            .isGreaterThan(0.3 * (longest - base));
      }
    }
  }
}
