package bsl.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PairedSampleTest {
  private static final PairedSample PAIR =
      new PairedSample(new double[] {0.5, 0.25, 0.0}, new double[] {0.25, 0.125, 0.125});

  @Test
  void pairsValuesUserByUser() {
    assertThat(PAIR.size()).isEqualTo(3);
    assertThat(PAIR.differences()).containsExactly(0.25, 0.125, -0.125);
    assertThat(PAIR.meanOfFirst()).isEqualTo(0.25);
    assertThat(PAIR.meanOfSecond()).isCloseTo(0.5 / 3, within(1e-15));
    assertThat(PAIR.meanDifference()).isCloseTo(0.25 / 3, within(1e-15));
  }

  @Test
  void aRatioByUserHasTheRatioAsItsMean() {
    // By hand: ratio 1.5, mean 1/6; (0.5 - 0.375) * 6 and so on.
    assertThat(PAIR.ratioByUser())
        .containsExactly(new double[] {2.25, 1.875, 0.375}, within(1e-12));
    assertThat(SampleMean.of(PAIR.ratioByUser()).mean()).isCloseTo(1.5, within(1e-12));
  }

  /** The spread of the ratio over users, against that of ratios of samples drawn anew. */
  @Test
  void aRatioByUserSpreadsAsTheRatioDoes() {
    Seeds.check(
        3,
        random -> {
          int users = 400;
          double[] ratios = new double[2000];
          double expected = 0;
          for (int draw = 0; draw < ratios.length; draw++) {
            double[] first = new double[users];
            double[] second = new double[users];
            for (int u = 0; u < users; u++) {
              second[u] = 0.5 + 0.2 * random.nextGaussian();
              first[u] = 1.2 * second[u] + 0.1 * random.nextGaussian();
            }
            PairedSample pair = new PairedSample(first, second);
            ratios[draw] = pair.meanOfFirst() / pair.meanOfSecond();
            expected += SampleMean.of(pair.ratioByUser()).standardError() / ratios.length;
          }
          assertThat(SampleMean.of(ratios).standardDeviation() / expected)
              .isCloseTo(1, within(0.08));
        });
  }

  @Test
  void keepsItsOwnCopies() {
    double[] first = {1, 2};
    double[] second = {0, 0.5};
    PairedSample pair = new PairedSample(first, second);
    Arrays.fill(first, 7);
    Arrays.fill(second, 8);
    Arrays.fill(pair.differences(), 9);

    assertThat(pair.differences()).containsExactly(1, 1.5);
  }

  @Test
  void refusesWhatCannotBePaired() {
    assertThatThrownBy(() -> new PairedSample(new double[2], new double[3]))
        .hasMessage("a paired sample of 2 and 3 values");
    assertThatThrownBy(() -> new PairedSample(new double[0], new double[0]))
        .hasMessage("a paired sample of no users");
    assertThatThrownBy(() -> new PairedSample(new double[] {Double.NaN}, new double[1]))
        .hasMessage("values of user 0 are NaN and 0.0");
    double[] infinite = {0, Double.POSITIVE_INFINITY};
    assertThatThrownBy(() -> new PairedSample(new double[2], infinite))
        .hasMessage("values of user 1 are 0.0 and Infinity");
    assertThatThrownBy(() -> new PairedSample(new double[1], new double[1]).ratioByUser())
        .hasMessage("no ratio to a mean of 0");
  }
}
