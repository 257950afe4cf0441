package bsl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What the tests of vector and scalar kernels share: random arrays and comparisons of bits. */
final class Twins {
  private Twins() {}

  static float[] random(int n, long seed) {
    RandomStream random = RandomStream.of(seed, Purpose.TEST, n);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Runs both kernels on copies of an array and asks for the same bits everywhere in it. */
  static void assertSameBits(float[] start, Consumer<float[]> scalar, Consumer<float[]> best) {
    float[] one = start.clone();
    float[] other = start.clone();
    scalar.accept(one);
    best.accept(other);
    assertThat(bits(other)).isEqualTo(bits(one));
  }

  static int[] bits(float... values) {
    return IntStream.range(0, values.length).map(i -> Float.floatToRawIntBits(values[i])).toArray();
  }
}
