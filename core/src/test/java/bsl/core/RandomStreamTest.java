package bsl.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.RandomStream.Purpose;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
  private static RandomStream stream(long... indices) {
    return RandomStream.of(1, Purpose.TEST, indices);
  }

  @Test
  void boundedIntegersAreUniform() {
    for (int bound : new int[] {2, 7, 100}) {
      long[] counts = new long[bound];
      RandomStream random = stream(bound);
      for (int n = 0; n < 100_000; n++) {
        counts[random.nextInt(bound)]++;
      }
      double[] expected = new double[bound];
      Arrays.fill(expected, 100_000.0 / bound);
      assertThat(new ChiSquareTest().chiSquareTest(expected, counts))
          .as("p-value for bound " + bound)
          .isGreaterThan(0.001);
    }
  }

  @Test
  void largeBoundsAreUniformToo() {
    // 2^32 is no multiple. Without rejection a product of high words leaves every third value a
    // quarter of the draws.
    int bound = 3 << 29;
    long[] counts = new long[3];
    RandomStream random = stream(3);
    for (int n = 0; n < 100_000; n++) {
      counts[random.nextInt(bound) % 3]++;
    }
    for (long count : counts) {
      assertThat(count / 100_000.0).isCloseTo(1 / 3.0, within(0.006));
    }
  }

  @Test
  void doublesAndGaussiansHaveTheirMoments() {
    RandomStream random = stream(4);
    double sum = 0;
    double gaussian = 0;
    double square = 0;
    for (int n = 0; n < 100_000; n++) {
      double x = random.nextDouble();
      assertThat(x).isBetween(0.0, Math.nextDown(1.0));
      sum += x;
      double g = random.nextGaussian();
      gaussian += g;
      square += g * g;
    }
    assertThat(sum / 100_000).isCloseTo(0.5, within(0.005));
    assertThat(gaussian / 100_000).isCloseTo(0, within(0.015));
    assertThat(square / 100_000).isCloseTo(1, within(0.02));
  }

  @Test
  void everyAddressHasItsOwnStream() {
    Set<Long> firsts = new HashSet<>();
    for (Purpose purpose : Purpose.values()) {
      for (long seed = 0; seed < 10; seed++) {
        firsts.add(RandomStream.of(seed, purpose).nextLong());
        for (long index = 0; index < 10; index++) {
          firsts.add(RandomStream.of(seed, purpose, index).nextLong());
          firsts.add(RandomStream.of(seed, purpose, index, 0).nextLong());
          firsts.add(RandomStream.of(seed, purpose, 100, index).nextLong());
        }
      }
    }
    assertThat(firsts).hasSize(Purpose.values().length * 10 * 31);
    assertThat(stream(5).nextLong()).isEqualTo(stream(5).nextLong());
  }

  /** The numbers are a promise: provenance is worth nothing if they change. */
  @Test
  void theNumbersAreThoseOfSplitMix64() {
    RandomStream random = RandomStream.of(42, Purpose.SHUFFLE, 3, 1);
    long gamma = 0x9e3779b97f4a7c15L;
    long first = random.nextLong();
    long second = random.nextLong();
    assertThat(unmix(second) - unmix(first)).as("the state advances by gamma").isEqualTo(gamma);
    assertThat(first).isEqualTo(-8333778669577608324L);
  }

  /** Inverts the output function: multiplications by odd numbers and xor-shifts can be undone. */
  private static long unmix(long z) {
    long x = z ^ z >>> 31 ^ z >>> 62;
    x *= 0x319642b2d24d8ec3L;
    x = x ^ x >>> 27 ^ x >>> 54;
    x *= 0x96de1b173f119089L;
    return x ^ x >>> 30 ^ x >>> 60;
  }

  @Test
  void shufflingPermutes() {
    int[] values = IntStream.range(0, 1000).toArray();
    stream(6).shuffle(values);

    assertThat(values).isNotEqualTo(IntStream.range(0, 1000).toArray());
    assertThat(Arrays.stream(values).sorted().toArray())
        .isEqualTo(IntStream.range(0, 1000).toArray());
  }

  @Test
  void aBoundMustBePositive() {
    assertThatThrownBy(() -> stream().nextInt(0)).hasMessageContaining("bound must be positive");
  }
}
