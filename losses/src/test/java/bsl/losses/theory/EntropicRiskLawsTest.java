package bsl.losses.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

/** What makes the entropic risk a convex measure of risk. */
class EntropicRiskLawsTest {
  @Provide
  Arbitrary<double[]> scores() {
    return Arbitraries.doubles().between(-1, 1).array(double[].class).ofSize(8);
  }

  private static double value(double[] f, double tau) {
    return EntropicRisk.uniform(f).value(tau);
  }

  @Property
  void aConstantPassesThrough(
      @ForAll("scores") double[] f,
      @ForAll @DoubleRange(min = 0.02, max = 5) double tau,
      @ForAll @DoubleRange(min = -3, max = 3) double constant) {
    double[] shifted = Arrays.stream(f).map(x -> x + constant).toArray();

    assertThat(value(shifted, tau)).isCloseTo(value(f, tau) + constant, within(1e-12));
  }

  @Property
  void tauIsTheUnit(
      @ForAll("scores") double[] f,
      @ForAll @DoubleRange(min = 0.02, max = 5) double tau,
      @ForAll @DoubleRange(min = 0.1, max = 10) double unit) {
    double[] scaled = Arrays.stream(f).map(x -> x * unit).toArray();

    assertThat(value(scaled, tau * unit)).isCloseTo(unit * value(f, tau), within(1e-11));
  }

  @Property
  void isConvexInTheVariable(
      @ForAll("scores") double[] f,
      @ForAll("scores") double[] g,
      @ForAll @DoubleRange(min = 0.02, max = 5) double tau) {
    double[] middle = new double[8];
    Arrays.setAll(middle, j -> (f[j] + g[j]) / 2);

    assertThat(value(middle, tau)).isLessThanOrEqualTo((value(f, tau) + value(g, tau)) / 2 + 1e-12);
  }

  @Property
  void aHigherTemperatureMeansASmallerBallAndALowerValue(
      @ForAll("scores") double[] f, @ForAll @DoubleRange(min = 0.02, max = 5) double tau) {
    EntropicRisk risk = EntropicRisk.uniform(f);

    assertThat(risk.value(1.3 * tau)).isLessThanOrEqualTo(risk.value(tau) + 1e-12);
    assertThat(risk.divergence(1.3 * tau)).isLessThanOrEqualTo(risk.divergence(tau) + 1e-12);
  }

  @Property
  void worstCaseWeightsAreADistributionInTheOrderOfTheOutcomes(
      @ForAll("scores") double[] f, @ForAll @DoubleRange(min = 0.02, max = 5) double tau) {
    double[] q = EntropicRisk.uniform(f).worstCase(tau);

    assertThat(Arrays.stream(q).sum()).isCloseTo(1, within(1e-12));
    for (int j = 1; j < 8; j++) {
      assertThat(Math.signum(q[j] - q[0]) * Math.signum(f[j] - f[0])).isNotNegative();
    }
  }
}
