package bsl.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelativeLeadTest {
  private static final List<PairedSample> GOLDEN =
      List.of(
          pair(new double[] {.50, .31, .22, .44, .40, .35}, .41, .30, .15, .33, .40, .26),
          pair(new double[] {.48, .33, .27, .39, .41, .30}, .43, .25, .21, .37, .31, .28),
          pair(new double[] {.53, .29, .25, .42, .43, .36}, .39, .31, .18, .35, .36, .24));

  private static PairedSample pair(double[] first, double... second) {
    return new PairedSample(first, second);
  }

  /**
   * Golden numbers of scipy.stats.ttest_1samp on first - (1 + share) second over users and seeds,
   * and of scipy.stats.t with the sum of both squared errors, SciPy 1.17.1. The ends of the
   * interval are where scipy.optimize.brentq finds that the largest p-value is 0.05.
   */
  @Test
  void bothMeansAreLeftToChance() {
    RelativeLead lead = RelativeLead.of(GOLDEN);

    assertThat(lead.seeds()).isEqualTo(3);
    assertThat(lead.effect()).isCloseTo(0.20795660036166352, within(1e-14));
    assertThat(lead.pValue(0)).isCloseTo(0.00836272428930557, within(1e-9));
    assertThat(lead.pValue(0.15)).isCloseTo(0.15738056813907303, within(1e-9));
    assertThat(lead.pValue(0.3)).isCloseTo(0.07240893044234799, within(1e-9));
    assertThat(lead.interval(0.95).low()).isCloseTo(0.12271892518671688, within(1e-9));
    assertThat(lead.interval(0.95).high()).isCloseTo(0.31308250360562784, within(1e-9));
    assertThat(lead.ofTheseSeeds(0.95).low()).isCloseTo(0.12979104839202138, within(1e-9));
    assertThat(lead.ofTheseSeeds(0.95).high()).isCloseTo(0.3080973946805126, within(1e-9));
  }

  @Test
  void aLeadOfNothingIsThePairedTest() {
    assertThat(RelativeLead.of(GOLDEN).pValue(0))
        .isCloseTo(CrossedSample.ofDifferences(GOLDEN).pValue(0), within(1e-12));
  }

  /** A tenth less for each user and with each seed is a lead of 1/0.9 - 1 and no other. */
  @Test
  void proportionalModelsHaveTheirShareAlone() {
    for (int seed = 0; seed < 20; seed++) {
      RandomStream random = RandomStream.of(19, Purpose.TEST, seed);
      List<PairedSample> pairs = new ArrayList<>();
      for (int s = 0; s < 5; s++) {
        double[][] values = new double[2][1000];
        for (int u = 0; u < 1000; u++) {
          values[0][u] = random.nextDouble();
          values[1][u] = 0.9 * values[0][u];
        }
        pairs.add(pair(values[0], values[1]));
      }
      RelativeLead lead = RelativeLead.of(pairs);

      assertThat(lead.effect()).as("seed %d", seed).isCloseTo(1 / 0.9 - 1, within(1e-14));
      assertThat(lead.pValue(lead.effect())).as("seed %d", seed).isEqualTo(1);
      assertThat(lead.pValue(1 / 0.9 - 1)).as("seed %d", seed).isEqualTo(1);
      assertThat(lead.pValue(0.1)).as("seed %d", seed).isLessThan(1e-6);
      Interval interval = lead.interval(0.95);
      assertThat(interval.contains(lead.effect())).as("seed %d", seed).isTrue();
      assertThat(interval.high() - interval.low()).as("seed %d", seed).isLessThan(1e-13);
    }
  }

  /** A model that finds nothing, and one that is a multiple of the other for everybody. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 3, 1000})
  void anEffectWithoutChanceHasAnIntervalOfNoWidth(double factor) {
    for (int seeds : new int[] {3, 5}) {
      for (boolean constant : new boolean[] {true, false}) {
        List<PairedSample> pairs = new ArrayList<>();
        for (int s = 0; s < seeds; s++) {
          double[][] values = new double[2][8];
          for (int u = 0; u < 8; u++) {
            values[1][u] = constant ? 0.5 : 0.1 + ((s + 3 * u) % 7) / 10.0;
            values[0][u] = factor * values[1][u];
          }
          pairs.add(pair(values[0], values[1]));
        }
        RelativeLead lead = RelativeLead.of(pairs);

        assertThat(lead.interval(0.95).low()).isCloseTo(factor - 1, within(1e-9 * (1 + factor)));
        assertThat(lead.interval(0.95).high()).isCloseTo(factor - 1, within(1e-9 * (1 + factor)));
        assertThat(lead.pValue(factor - 1)).isEqualTo(1);
        assertThat(lead.pValue(factor)).isLessThan(0.05);
      }
    }
  }

  @Test
  void oneSeedHasAnIntervalOverUsersOnly() {
    RelativeLead one = RelativeLead.of(GOLDEN.subList(0, 1));

    assertThat(one.pValue(0)).isEqualTo(1);
    assertThat(one.interval(0.95).contains(1e9)).isTrue();
    assertThat(one.ofTheseSeeds(0.95).contains(one.effect())).isTrue();
    assertThat(one.ofTheseSeeds(0.95).contains(1e9)).isFalse();
  }

  @Test
  void aMeanThatMayBeNothingBoundsNoShare() {
    RelativeLead wide =
        RelativeLead.of(List.of(pair(new double[] {0.2, 0.3, 0.4}, 0.9, -0.8, 0.1)));

    assertThat(wide.ofTheseSeeds(0.95).contains(-1e9)).isTrue();
    assertThatThrownBy(() -> RelativeLead.of(List.of(pair(new double[] {1, 2}, 0, 0))))
        .hasMessage("no share of a mean that is not positive");
    assertThatThrownBy(() -> RelativeLead.of(List.of())).hasMessage("no seeds");
  }

  /**
   * A lead that is 30% in truth, of models that find different users easy, and with seeds of which
   * some are better for one of them. With a deviation of 0.08 the seeds have a like share of the
   * variance. Rejected at the level of 5% are 5%. Where the second mean is taken as known, far more
   * are. The bounds are five standard deviations of the count.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.08})
  void rejectsATrueShareAsOftenAsItSays(double ofSeeds) {
    int rejected = 0;
    int outside = 0;
    int ifTheMeanWereKnown = 0;
    for (int trial = 0; trial < 2000; trial++) {
      List<PairedSample> pairs = drawn(5, 200, ofSeeds, trial);
      RelativeLead lead = RelativeLead.of(pairs);
      rejected += lead.pValue(0.3) < 0.05 ? 1 : 0;
      outside += lead.interval(0.95).contains(0.3) ? 0 : 1;
      double second =
          pairs.stream().mapToDouble(PairedSample::meanOfSecond).average().orElseThrow();
      ifTheMeanWereKnown += CrossedSample.ofDifferences(pairs).pValue(0.3 * second) < 0.05 ? 1 : 0;
    }

    assertThat(rejected).isBetween(ofSeeds == 0 ? 31 : 51, 149);
    assertThat(outside).isEqualTo(rejected);
    assertThat(ifTheMeanWereKnown).isGreaterThan(rejected + 50);
  }

  private static List<PairedSample> drawn(int seeds, int users, double ofSeeds, int trial) {
    RandomStream random = RandomStream.of(18, Purpose.TEST, trial);
    double[][] easy = new double[2][users];
    for (int u = 0; u < users; u++) {
      easy[0][u] = 1.3 + 0.5 * random.nextGaussian();
      easy[1][u] = 1 + 0.5 * random.nextGaussian();
    }
    List<PairedSample> pairs = new ArrayList<>();
    for (int s = 0; s < seeds; s++) {
      double[][] values = new double[2][users];
      for (int side = 0; side < 2; side++) {
        double better = ofSeeds == 0 ? 0 : ofSeeds * random.nextGaussian();
        for (int u = 0; u < users; u++) {
          values[side][u] = easy[side][u] + better + 0.1 * random.nextGaussian();
        }
      }
      pairs.add(new PairedSample(values[0], values[1]));
    }
    return pairs;
  }
}
