package bsl.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.Arrays;
import org.apache.commons.math3.stat.inference.TTest;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairedSampleTest {
  private static double[] normal(int size, double mean, long seed) {
    RandomStream random = RandomStream.of(seed, Purpose.TEST);
    double[] values = new double[size];
    Arrays.setAll(values, i -> mean + random.nextGaussian());
    return values;
  }

  private static PairedSample ofDifferences(double... differences) {
    return new PairedSample(differences, new double[differences.length]);
  }

  /** All sign patterns of the differences' ranks, ranks by pairwise comparison. */
  private static double bruteForceFirstGreater(double[] differences) {
    double[] kept = Arrays.stream(differences).filter(d -> d != 0).toArray();
    int n = kept.length;
    double[] ranks = new double[n];
    double observed = 0;
    for (int i = 0; i < n; i++) {
      for (double other : kept) {
        ranks[i] += Math.abs(other) < Math.abs(kept[i]) ? 1 : 0;
        ranks[i] += Math.abs(other) == Math.abs(kept[i]) ? 0.5 : 0;
      }
      ranks[i] += 0.5;
      observed += kept[i] > 0 ? ranks[i] : 0;
    }
    long atLeast = 0;
    for (int signs = 0; signs < 1 << n; signs++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (signs >> i & 1) * ranks[i];
      }
      atLeast += sum >= observed - 1e-9 ? 1 : 0;
    }
    return Math.scalb((double) atLeast, -n);
  }

  @Test
  void theTTestIsThatOfCommonsMath() {
    double[] a = normal(40, 0.3, 1);
    double[] b = normal(40, 0, 2);
    PairedSample sample = new PairedSample(a, b);
    double twoSided = new TTest().pairedTTest(a, b);

    assertThat(sample.tTestDifferent()).isEqualTo(twoSided);
    assertThat(sample.meanDifference()).isPositive();
    assertThat(sample.tTestFirstGreater()).isCloseTo(twoSided / 2, within(1e-15));
    assertThat(new PairedSample(b, a).tTestFirstGreater())
        .isCloseTo(1 - twoSided / 2, within(1e-15));
  }

  @Test
  void differencesWithoutVarianceNeedNoTTest() {
    assertThat(ofDifferences(0, 0, 0).tTestDifferent()).isEqualTo(1);
    assertThat(ofDifferences(0, 0, 0).tTestFirstGreater()).isEqualTo(1);
    assertThat(ofDifferences(2, 2).tTestDifferent()).isZero();
    assertThat(ofDifferences(2, 2).tTestFirstGreater()).isZero();
    assertThat(ofDifferences(-2, -2).tTestFirstGreater()).isEqualTo(1);
  }

  @Test
  void signedRanksCountSignPatterns() {
    // Ranks 1 to 5, the only negative one is the smallest: 2 of 32 patterns have a sum of 14 or
    // more.
    PairedSample sample = ofDifferences(3, -1, 5, 2, 4);

    assertThat(sample.signedRankFirstGreater()).isEqualTo(2 / 32.0);
    assertThat(sample.signedRankDifferent()).isEqualTo(4 / 32.0);
    assertThat(ofDifferences(-3, 1, -5, -2, -4).signedRankFirstGreater()).isEqualTo(31 / 32.0);
    assertThat(ofDifferences(0, 0).signedRankDifferent()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void signedRanksAgreeWithAllPatternsTiesAndZerosIncluded(long seed) {
    RandomStream random = RandomStream.of(seed, Purpose.TEST);
    double[] differences = new double[14];
    Arrays.setAll(differences, i -> random.nextInt(9) - 3);

    assertThat(ofDifferences(differences).signedRankFirstGreater())
        .isCloseTo(bruteForceFirstGreater(differences), within(1e-12));
  }

  @Test
  void signedRanksAgreeWithCommonsMathWhereNothingIsTied() {
    double[] a = normal(25, 0.4, 3);
    double[] b = normal(25, 0, 4);

    assertThat(new PairedSample(a, b).signedRankDifferent())
        .isCloseTo(new WilcoxonSignedRankTest().wilcoxonSignedRankTest(a, b, true), within(1e-12));
  }

  /** 60 differences are exact, 61 approximate: with one more small one little may change. */
  @Test
  void theApproximationContinuesTheExactTest() {
    double[] many = normal(61, 0.2, 5);
    many[60] = 1e-9;

    assertThat(ofDifferences(many).signedRankFirstGreater())
        .isCloseTo(ofDifferences(Arrays.copyOf(many, 60)).signedRankFirstGreater(), within(0.005));
    assertThat(ofDifferences(many).signedRankDifferent()).isBetween(0.0, 1.0);
  }

  @Test
  void exchangingTheModelsExchangesTheDirections() {
    double[] a = normal(30, 0.3, 6);
    double[] b = normal(30, 0, 7);
    PairedSample there = new PairedSample(a, b);
    PairedSample back = new PairedSample(b, a);

    assertThat(back.signedRankDifferent()).isCloseTo(there.signedRankDifferent(), within(1e-12));
    assertThat(back.tTestDifferent()).isCloseTo(there.tTestDifferent(), within(1e-12));
    assertThat(there.signedRankFirstGreater()).isLessThan(back.signedRankFirstGreater());
  }

  @Test
  void theBootstrapIntervalIsSeededAndNearStudents() {
    PairedSample sample = ofDifferences(normal(400, 0.5, 8));
    Interval interval = sample.bootstrap(2000, 0.95, 1);

    assertThat(sample.bootstrap(2000, 0.95, 1)).isEqualTo(interval);
    assertThat(sample.bootstrap(2000, 0.95, 2)).isNotEqualTo(interval);
    assertThat(interval.contains(sample.meanDifference())).isTrue();
    // 2 x 1.96 / sqrt(400), the standard deviation being 1 within a few percent.
    assertThat(interval.high() - interval.low()).isCloseTo(0.196, within(0.025));
    Interval narrower = sample.bootstrap(2000, 0.5, 1);
    assertThat(narrower.low()).isGreaterThan(interval.low());
    assertThat(narrower.high()).isLessThan(interval.high());
  }

  @Test
  void coversTheTrueMeanAboutAsOftenAsItSays() {
    int covered = 0;
    for (int trial = 0; trial < 300; trial++) {
      covered +=
          ofDifferences(normal(60, 0.1, 100 + trial)).bootstrap(400, 0.9, trial).contains(0.1)
              ? 1
              : 0;
    }
    // Binomial with mean 270 and standard deviation 5.2; small samples cover a little less.
    assertThat(covered).isBetween(245, 290);
  }

  @Test
  void refusesWhatIsNoPairedSample() {
    assertThatThrownBy(() -> new PairedSample(new double[2], new double[3]))
        .hasMessage("a paired sample of 2 and 3 values");
    assertThatThrownBy(() -> new PairedSample(new double[1], new double[1]))
        .hasMessage("a paired sample needs 2 users, got 1");
    assertThatThrownBy(() -> new PairedSample(new double[] {1, Double.NaN}, new double[2]))
        .hasMessage("values of user 1 are NaN and 0.0");
    assertThatThrownBy(() -> ofDifferences(1, 2).bootstrap(10, 1, 1))
        .hasMessage("confidence must be between 0 and 1: 1.0");
    assertThatThrownBy(() -> ofDifferences(1, 2).bootstrap(0, 0.9, 1))
        .hasMessage("resamples must be at least 1: 0");
    assertThatThrownBy(() -> new Interval(2, 1)).hasMessage("no interval from 2.0 to 1.0");
  }
}
