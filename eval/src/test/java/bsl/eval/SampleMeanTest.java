package bsl.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.TTest;
import org.junit.jupiter.api.Test;

class SampleMeanTest {
  private static final double[] FIVE = {0.012, -0.003, 0.021, 0.007, 0.015};
  private static final double[] EIGHT = {0.5, 0.25, 0.75, 1.0, 0.125, 0.375, 0.875, 0.625};

  private static void assertIs(
      double[] values, double number, double pValue, double low, double high) {
    SampleMean mean = SampleMean.of(values);

    assertThat(mean.pValue(number) / pValue).isCloseTo(1, within(1e-9));
    assertThat(mean.interval(0.95).low()).isCloseTo(low, within(1e-9));
    assertThat(mean.interval(0.95).high()).isCloseTo(high, within(1e-9));
    assertThat(mean.halfWidth(0.95)).isCloseTo((high - low) / 2, within(1e-9));
  }

  /** Golden numbers of scipy.stats.ttest_1samp and its confidence_interval, SciPy 1.17.1. */
  @Test
  void pValuesAndIntervalsAreThoseOfSciPy() {
    assertIs(FIVE, 0, 0.061897945341792326, -0.0008300254597579711, 0.021630025459757972);
    assertIs(FIVE, 0.01, 0.9259805076657105, -0.0008300254597579711, 0.021630025459757972);
    assertIs(EIGHT, 0, 0.0012583202339363033, 0.3065219159644854, 0.8184780840355146);
    assertIs(EIGHT, 0.5, 0.5817882345917442, 0.3065219159644854, 0.8184780840355146);
    assertIs(
        new double[] {0.01, 0.012},
        0,
        0.057715876752608954,
        -0.0017062047361746952,
        0.023706204736174692);
    double[] many = IntStream.range(0, 400).mapToDouble(i -> 100 + (i * 37 % 17) / 10.0).toArray();
    SampleMean mean = SampleMean.of(many);
    assertThat(mean.pValue(99.9 + 0.7)).isCloseTo(1.3807356934605565e-14, within(1e-16));
    assertThat(mean.interval(0.95).low()).isCloseTo(100.74801332165602, within(1e-8));
  }

  @Test
  void theTestIsThatOfCommonsMath() {
    Seeds.check(
        100,
        random -> {
          double[] values = new double[2 + random.nextInt(30)];
          Arrays.setAll(values, i -> 0.3 + random.nextGaussian());
          double number = random.nextGaussian();

          assertThat(SampleMean.of(values).pValue(number))
              .isCloseTo(new TTest().tTest(number, values), within(1e-12));
        });
  }

  @Test
  void theIntervalHasWhatTheTestDoesNotReject() {
    Seeds.check(
        200,
        random -> {
          double[] values = new double[2 + random.nextInt(10)];
          Arrays.setAll(values, i -> random.nextGaussian());
          SampleMean mean = SampleMean.of(values);
          double number = mean.mean() + 2 * random.nextGaussian() * mean.standardError();

          assertThat(mean.interval(0.9).contains(number)).isEqualTo(mean.pValue(number) >= 0.1);
        });
  }

  @Test
  void aSingleValueSaysNothingOfThePopulation() {
    SampleMean one = SampleMean.of(0.25);

    assertThat(one.standardDeviation()).isZero();
    assertThat(one.pValue(7)).isEqualTo(1);
    assertThat(one.interval(0.95).contains(1e9)).isTrue();
    assertThat(one.halfWidth(0.95)).isInfinite();
  }

  @Test
  void equalValuesAreKnownExactly() {
    SampleMean same = SampleMean.of(0.1, 0.1, 0.1);

    assertThat(same.pValue(0.1)).isEqualTo(1);
    assertThat(same.pValue(0)).isZero();
    assertThat(same.interval(0.95)).isEqualTo(new Interval(0.1, 0.1));
  }

  @Test
  void refusesNothingAndWhatIsNoResult() {
    assertThatThrownBy(SampleMean::of).hasMessage("no values to sum up");
    assertThatThrownBy(() -> SampleMean.of(Double.NaN)).hasMessage("not a result: NaN");
  }
}
