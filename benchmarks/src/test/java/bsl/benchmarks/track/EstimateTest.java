package bsl.benchmarks.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;
import org.junit.jupiter.api.Test;

/** Interval arithmetic, by hand and against Commons Math's t tests. */
final class EstimateTest {
  private static final double[] FIRST = {1.2, 1.4, 1.1, 1.7};
  private static final double[] SECOND = {0.7, 0.9, 0.3, 0.8, 1.4, 0.2};

  /** A mean of numbers, which stand for logarithms here. */
  private static Estimate ofLogs(double[] logs) {
    return new Estimate(
        StatUtils.mean(logs), StatUtils.variance(logs) / logs.length, logs.length - 1.0);
  }

  @Test
  void iterationsOfOneJvmAreTheSample() {
    Estimate estimate = Estimate.ofMean(List.of(new double[] {9, 10, 11}));

    assertThat(estimate.value()).isCloseTo(10, within(1e-12));
    // variance 1 of one, 1/3 of the mean; relative to the mean squared
    assertThat(estimate.variance()).isCloseTo(1.0 / 3 / 100, within(1e-15));
    assertThat(estimate.degrees()).isEqualTo(2);
  }

  @Test
  void meansOfJvmsAreTheSampleWhereThereAreSeveral() {
    // Means 10 and 12: variance 2 of one, 1 of the mean 11.
    Estimate estimate = Estimate.ofMean(List.of(new double[] {8, 12}, new double[] {12, 12, 12}));

    assertThat(estimate.value()).isCloseTo(11, within(1e-12));
    assertThat(estimate.variance()).isCloseTo(1.0 / 121, within(1e-15));
    assertThat(estimate.degrees()).isEqualTo(1);
  }

  @Test
  void oneNumberHasNoNoise() {
    assertThatThrownBy(() -> Estimate.ofMean(List.of(new double[] {1})))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("one measurement");
  }

  @Test
  void theIntervalOfOneMeanIsStudents() {
    // Quantile of t with 2 degrees of freedom at 97.5%: 4.302653.
    Estimate.Range range = new Estimate(Math.log(5), 0.01, 2).range();

    assertThat(range.low()).isCloseTo(5 * Math.exp(-0.4302653), within(1e-6));
    assertThat(range.high()).isCloseTo(5 * Math.exp(0.4302653), within(1e-6));
  }

  @Test
  void endsOfARatiosIntervalAreWhereWelchsTestTurns() {
    Estimate ratio = ofLogs(FIRST).over(ofLogs(SECOND));
    Estimate.Range range = ratio.range();

    assertThat(pValueIfFirstWereLessBy(Math.log(range.low()))).isCloseTo(0.05, within(1e-6));
    assertThat(pValueIfFirstWereLessBy(Math.log(range.high()))).isCloseTo(0.05, within(1e-6));
    assertThat(pValueIfFirstWereLessBy(ratio.log())).isCloseTo(1, within(1e-9));
  }

  private static double pValueIfFirstWereLessBy(double shift) {
    double[] shifted = new double[FIRST.length];
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] = FIRST[i] - shift;
    }
    return new TTest().tTest(shifted, SECOND);
  }

  @Test
  void degreesOfFreedomDoNotDependOnTheOrderOfRatios() {
    Estimate a = new Estimate(1, 0.04, 2);
    Estimate b = new Estimate(2, 0.01, 3);
    Estimate c = new Estimate(3, 0.09, 4);
    Estimate d = new Estimate(4, 0.02, 5);

    Estimate pairs = a.over(b).over(c.over(d));

    // Sum 0.16; squares over degrees 0.0008 + 0.1/3000 + 0.002025 + 0.00008.
    double squares = 0.0016 / 2 + 0.0001 / 3 + 0.0081 / 4 + 0.0004 / 5;
    assertThat(pairs.degrees()).isCloseTo(0.16 * 0.16 / squares, within(1e-9));
    assertThat(pairs.variance()).isCloseTo(0.16, within(1e-12));
    assertThat(pairs.log()).isCloseTo((1 - 2) - (3 - 4), within(1e-12));
    assertThat(a.over(c).over(b.over(d)).degrees()).isCloseTo(pairs.degrees(), within(1e-9));
  }

  @Test
  void numbersWithoutNoiseGiveARatioWithoutNoise() {
    Estimate ratio = new Estimate(1, 0, 2).over(new Estimate(0, 0, 3));

    assertThat(ratio.range().low()).isCloseTo(Math.E, within(1e-12));
    assertThat(ratio.range().high()).isCloseTo(Math.E, within(1e-12));
  }

  @Test
  void aSpeedIsTheInverseOfATime() {
    Estimate speed = new Estimate(Math.log(4), 0.25, 7).inverse();

    assertThat(speed.value()).isCloseTo(0.25, within(1e-12));
    assertThat(speed.variance()).isEqualTo(0.25);
  }
}
