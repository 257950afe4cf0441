package bsl.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HolmCorrectionTest {
  @Test
  void multipliesByTheNumberOfTestsThatAreLeft() {
    // By hand: 4 x 0.005, 3 x 0.01, 2 x 0.03, and 0.04 raised to the 0.06 before it.
    assertThat(HolmCorrection.adjusted(new double[] {0.01, 0.04, 0.03, 0.005}))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-15));
    assertThat(HolmCorrection.adjusted(new double[] {0.4, 0.9})).containsExactly(0.8, 0.9);
    assertThat(HolmCorrection.adjusted(new double[] {0.6, 0.9})).containsExactly(1, 1);
    assertThat(HolmCorrection.adjusted(new double[0])).isEmpty();
  }

  /**
   * Holm's method is the closed test of Bonferroni: a hypothesis is rejected if every set of
   * hypotheses that has it is rejected. So its adjusted p-value is the largest Bonferroni p-value
   * over all of these sets.
   */
  @Test
  void isTheClosedTestOfBonferroniByBruteForce() {
    Seeds.check(
        300,
        random -> {
          double[] p = pValues(random);
          double[] adjusted = HolmCorrection.adjusted(p);
          double[] expected = new double[p.length];
          for (int set = 1; set < 1 << p.length; set++) {
            double smallest = 1;
            for (int test = 0; test < p.length; test++) {
              smallest = (set >> test & 1) == 1 ? Math.min(smallest, p[test]) : smallest;
            }
            double ofSet = Math.min(1, Integer.bitCount(set) * smallest);
            for (int test = 0; test < p.length; test++) {
              expected[test] =
                  (set >> test & 1) == 1 ? Math.max(expected[test], ofSet) : expected[test];
            }
          }
          assertThat(adjusted).containsExactly(expected, within(1e-15));
        });
  }

  /** The procedure as it is usually told: reject in ascending order until one fails. */
  @Test
  void rejectsWhatTheStepDownProcedureRejects() {
    Seeds.check(1000, random -> assertAgreesWithTheStepDownProcedure(pValues(random)));
  }

  /** Up to eight, many of them at or near a multiple of the level over the number of tests. */
  private static double[] pValues(RandomStream random) {
    double[] p = new double[random.nextInt(9)];
    Arrays.setAll(
        p,
        test ->
            switch (random.nextInt(4)) {
              case 0 -> 0.05 / (1 + random.nextInt(8));
              case 1 -> random.nextInt(2) * 0.1;
              default -> 0.1 * random.nextDouble();
            });
    return p;
  }

  private static void assertAgreesWithTheStepDownProcedure(double[] p) {
    double alpha = 0.05;
    double[] adjusted = HolmCorrection.adjusted(p);
    boolean[] rejected = new boolean[p.length];
    boolean going = true;
    for (int step = 0; step < p.length && going; step++) {
      int smallest = -1;
      for (int test = 0; test < p.length; test++) {
        if (!rejected[test] && (smallest < 0 || p[test] < p[smallest])) {
          smallest = test;
        }
      }
      going = (p.length - step) * p[smallest] <= alpha;
      rejected[smallest] = going;
    }
    for (int test = 0; test < p.length; test++) {
      assertThat(adjusted[test] <= alpha).isEqualTo(rejected[test]);
      assertThat(adjusted[test]).isBetween(p[test], 1.0);
    }
  }

  @Test
  void refusesWhatIsNoPValue() {
    assertThatThrownBy(() -> HolmCorrection.adjusted(new double[] {0.5, 1.5}))
        .hasMessage("not a p-value: 1.5");
    assertThatThrownBy(() -> HolmCorrection.adjusted(new double[] {Double.NaN}))
        .hasMessage("not a p-value: NaN");
  }
}
