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
import org.junit.jupiter.params.provider.CsvSource;

class CrossedSampleTest {
  private static final List<double[]> GOLDEN =
      List.of(
          new double[] {-0.04, -0.02, 0.0, 0.02, 0.04, 0.06},
          new double[] {0.03, -0.01, 0.06, 0.02, -0.02, 0.05},
          new double[] {-0.01, 0.0, 0.01, 0.02, 0.03, 0.04});

  /**
   * Golden numbers of scipy.stats.ttest_1samp on the means of users and of seeds, and of
   * scipy.stats.t with the sum of the two squared errors of scipy.stats.sem, SciPy 1.17.1.
   */
  @Test
  void theLargestPValueAndTheWidestIntervalCount() {
    CrossedSample sample = CrossedSample.of(GOLDEN);

    assertThat(sample.seeds()).isEqualTo(3);
    assertThat(sample.effect()).isCloseTo(0.28 / 18, within(1e-15));
    assertThat(sample.overUsers().pValue(0)).isCloseTo(0.14348308749961594, within(1e-9));
    assertThat(sample.overSeeds().pValue(0)).isCloseTo(0.044095761201513574, within(1e-9));
    assertThat(sample.pValue(0)).isCloseTo(0.15416424721864522, within(1e-9));
    assertThat(sample.pValue(-0.005)).isCloseTo(0.07420108973676305, within(1e-9));
    assertThat(sample.interval(0.95).low()).isCloseTo(-0.007715011745851081, within(1e-9));
    assertThat(sample.interval(0.95).high()).isCloseTo(0.03882612285696219, within(1e-9));
    assertThat(sample.overSeeds().interval(0.95).low())
        .isCloseTo(0.001015547330330345, within(1e-9));
  }

  @Test
  void oneSeedHasAnIntervalOverUsersOnly() {
    CrossedSample one = CrossedSample.of(GOLDEN.subList(0, 1));

    assertThat(one.pValue(0)).isEqualTo(1);
    assertThat(one.interval(0.95).contains(1e9)).isTrue();
    assertThat(one.ofTheseSeeds(0.95)).isEqualTo(SampleMean.of(GOLDEN.get(0)).interval(0.95));
  }

  @Test
  void differencesOfPairsAreTheSample() {
    PairedSample pair =
        new PairedSample(new double[] {0.5, 0.25, 0.0, 1.0}, new double[] {0.4, 0.3, 0.1, 0.9});

    CrossedSample sample = CrossedSample.ofDifferences(List.of(pair));

    // scipy.stats.ttest_rel of the two
    assertThat(sample.overUsers().pValue(0)).isCloseTo(0.824001005898164, within(1e-9));
    assertThat(sample.effect()).isCloseTo(pair.meanDifference(), within(1e-15));
  }

  @Test
  void refusesSeedsWithOtherUsers() {
    assertThatThrownBy(() -> CrossedSample.of(List.of())).hasMessage("no seeds");
    assertThatThrownBy(() -> CrossedSample.of(List.of(new double[2], new double[3])))
        .hasMessage("seeds have 2 and 3 users");
  }

  /** Seeds that outweigh the users have the last word: the sum of errors has more freedom. */
  @Test
  void eitherSourceAloneCounts() {
    List<double[]> bySeed =
        List.of(new double[] {0.01, 0.03}, new double[] {0.06, 0.05}, new double[] {0.1, 0.11});
    CrossedSample seeds = CrossedSample.of(bySeed);
    assertThat(seeds.pValue(0)).isEqualTo(seeds.overSeeds().pValue(0));
    assertThat(seeds.interval(0.95)).isEqualTo(seeds.overSeeds().interval(0.95));

    List<double[]> byUser =
        List.of(new double[] {0.01, 0.06, 0.1}, new double[] {0.03, 0.05, 0.11});
    CrossedSample users = CrossedSample.of(byUser);
    assertThat(users.pValue(0)).isEqualTo(users.overUsers().pValue(0));
  }

  /**
   * Differences whose true mean is 0, drawn over and over: users differ, seeds differ, and the rest
   * is noise. Of 60 users, seeds have the same share of the mean's variance with a deviation of
   * 0.289 (5 seeds) and 0.408 (10 seeds). Either t-test alone rejects twice too often there. The
   * bounds are five standard deviations of the count at 5%.
   */
  @ParameterizedTest
  @CsvSource({
    // seeds; deviations of users, seeds, noise; least and most of 2,000
    "5,  1, 0,     1,    51, 149",
    "5,  0, 1,     1,    51, 149",
    "5,  0, 0,     1,     1, 149",
    "5,  1, 0.12,  1,     1, 149",
    "5,  1, 0.289, 0.1,  51, 149",
    "5,  1, 1,     0.1,  51, 149",
    "10, 1, 0.408, 0.1,  51, 149",
    "10, 1, 0.408, 1,    41, 149",
    "3,  1, 0.447, 0.1,  51, 149"
  })
  void rejectsATrueNullNoMoreOftenThanItSays(
      int seeds, double ofUsers, double ofSeeds, double noise, int least, int most) {
    int rejected = 0;
    int outside = 0;
    for (int trial = 0; trial < 2000; trial++) {
      CrossedSample sample = CrossedSample.of(drawn(seeds, 60, ofUsers, ofSeeds, noise, trial));
      rejected += sample.pValue(0) < 0.05 ? 1 : 0;
      outside += sample.interval(0.95).contains(0) ? 0 : 1;
    }

    assertThat(rejected).isBetween(least, most);
    assertThat(outside).isEqualTo(rejected);
  }

  /** Each of the two t-tests sees its own half of the variance. The third one is there for that. */
  @ParameterizedTest
  @CsvSource({"5, 0.289, 150", "10, 0.408, 200"})
  void theLargerOfTwoPValuesWouldBeTooSmall(int seeds, double ofSeeds, int least) {
    int rejected = 0;
    for (int trial = 0; trial < 2000; trial++) {
      CrossedSample sample = CrossedSample.of(drawn(seeds, 60, 1, ofSeeds, 0.1, trial));
      double larger = Math.max(sample.overUsers().pValue(0), sample.overSeeds().pValue(0));
      rejected += larger < 0.05 ? 1 : 0;
    }

    assertThat(rejected).as("of 2,000").isGreaterThan(least);
  }

  /** The test over users alone is no test of a model if seeds matter. */
  @Test
  void usersAloneWouldRejectFarTooOften() {
    int rejected = 0;
    for (int trial = 0; trial < 500; trial++) {
      CrossedSample sample = CrossedSample.of(drawn(5, 60, 0.2, 1, 0.2, trial));
      rejected += sample.overUsers().pValue(0) < 0.05 ? 1 : 0;
    }

    assertThat(rejected).isGreaterThan(250);
  }

  @Test
  void findsAnEffectThatIsThere() {
    int found = 0;
    for (int trial = 0; trial < 200; trial++) {
      List<double[]> values = drawn(5, 200, 1, 0.05, 1, trial);
      values.forEach(
          ofUsers -> {
            for (int user = 0; user < ofUsers.length; user++) {
              ofUsers[user] += 0.5;
            }
          });
      found += CrossedSample.of(values).pValue(0) < 0.05 ? 1 : 0;
    }

    assertThat(found).isGreaterThan(190);
  }

  private static List<double[]> drawn(
      int seeds, int users, double ofUsers, double ofSeeds, double noise, int trial) {
    RandomStream random = RandomStream.of(17, Purpose.TEST, trial);
    double[] user = new double[users];
    for (int u = 0; u < users; u++) {
      user[u] = ofUsers * random.nextGaussian();
    }
    List<double[]> values = new ArrayList<>();
    for (int s = 0; s < seeds; s++) {
      double seed = ofSeeds * random.nextGaussian();
      double[] row = new double[users];
      for (int u = 0; u < users; u++) {
        row[u] = user[u] + seed + noise * random.nextGaussian();
      }
      values.add(row);
    }
    return values;
  }
}
