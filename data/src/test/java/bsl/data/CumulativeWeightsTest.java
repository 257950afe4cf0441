package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.RandomStream;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;

class CumulativeWeightsTest {
  @Test
  void drawsInProportionToTheWeights() {
    double[] weights = {0.5, 3, 1e-3, 2, 10};
    CumulativeWeights cumulative = CumulativeWeights.of(weights);
    RandomStream random = RandomStream.of(1, RandomStream.Purpose.TEST);
    long[] counts = new long[weights.length];
    for (int draw = 0; draw < 200_000; draw++) {
      counts[cumulative.draw(random)]++;
    }

    assertThat(cumulative.total()).isEqualTo(15.501);
    assertThat(new ChiSquareTest().chiSquareTest(weights, counts)).isGreaterThan(1e-3);
  }

  @Test
  void aSingleWeightIsAlwaysDrawn() {
    CumulativeWeights one = CumulativeWeights.of(new double[] {1e-300});

    assertThat(one.draw(RandomStream.of(1, RandomStream.Purpose.TEST))).isZero();
  }
}
