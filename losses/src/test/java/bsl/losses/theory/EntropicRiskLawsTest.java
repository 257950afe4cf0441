package bsl.losses.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.RandomStream;
import bsl.losses.Seeds;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What makes the entropic risk a convex measure of risk. */
class EntropicRiskLawsTest {
  private static final int TRIES = 1000;
  private static final int OUTCOMES = 8;
  private static final double[] SPECIAL = {-1, -1e-9, 0, 1e-9, 0.5, 1};

  /** Values in [-1, 1]; some cases have ties and values at the ends. */
  private static double[] scores(RandomStream random) {
    boolean special = random.nextInt(4) == 0;
    double[] f = new double[OUTCOMES];
    for (int j = 0; j < OUTCOMES; j++) {
      f[j] = special ? SPECIAL[random.nextInt(SPECIAL.length)] : between(-1, 1, random);
    }
    return f;
  }

  private static double between(double low, double high, RandomStream random) {
    return switch (random.nextInt(16)) {
      case 0 -> low;
      case 1 -> high;
      default -> low + (high - low) * random.nextDouble();
    };
  }

  private static double temperature(RandomStream random) {
    return between(0.02, 5, random);
  }

  private static double value(double[] f, double tau) {
    return EntropicRisk.uniform(f).value(tau);
  }

  @Test
  void aConstantPassesThrough() {
    Seeds.check(
        TRIES,
        random -> {
          double[] f = scores(random);
          double tau = temperature(random);
          double constant = between(-3, 3, random);
          double[] shifted = Arrays.stream(f).map(x -> x + constant).toArray();

          assertThat(value(shifted, tau)).isCloseTo(value(f, tau) + constant, within(1e-12));
        });
  }

  @Test
  void tauIsTheUnit() {
    Seeds.check(
        TRIES,
        random -> {
          double[] f = scores(random);
          double tau = temperature(random);
          double unit = between(0.1, 10, random);
          double[] scaled = Arrays.stream(f).map(x -> x * unit).toArray();

          assertThat(value(scaled, tau * unit)).isCloseTo(unit * value(f, tau), within(1e-11));
        });
  }

  @Test
  void isConvexInTheVariable() {
    Seeds.check(
        TRIES,
        random -> {
          double[] f = scores(random);
          double[] g = scores(random);
          double tau = temperature(random);
          double[] middle = new double[OUTCOMES];
          Arrays.setAll(middle, j -> (f[j] + g[j]) / 2);

          assertThat(value(middle, tau))
              .isLessThanOrEqualTo((value(f, tau) + value(g, tau)) / 2 + 1e-12);
        });
  }

  @Test
  void aHigherTemperatureMeansASmallerBallAndALowerValue() {
    Seeds.check(
        TRIES,
        random -> {
          EntropicRisk risk = EntropicRisk.uniform(scores(random));
          double tau = temperature(random);

          assertThat(risk.value(1.3 * tau)).isLessThanOrEqualTo(risk.value(tau) + 1e-12);
          assertThat(risk.divergence(1.3 * tau)).isLessThanOrEqualTo(risk.divergence(tau) + 1e-12);
        });
  }

  @Test
  void worstCaseWeightsAreADistributionInTheOrderOfTheOutcomes() {
    Seeds.check(
        TRIES,
        random -> {
          double[] f = scores(random);
          double[] q = EntropicRisk.uniform(f).worstCase(temperature(random));

          assertThat(Arrays.stream(q).sum()).isCloseTo(1, within(1e-12));
          for (int j = 1; j < OUTCOMES; j++) {
            assertThat(Math.signum(q[j] - q[0]) * Math.signum(f[j] - f[0])).isNotNegative();
          }
        });
  }
}
