package bsl.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnSamplerTest {
  private static final long SEED = 5;

  /** Every item in turn, as systematic sampling is defined. */
  private static List<Integer> scanned(double[] probabilities, int epoch, int step) {
    int[] order = IntStream.range(0, probabilities.length).toArray();
    RandomStream.of(SEED, Purpose.NEGATIVES, epoch).shuffle(order);
    double next = RandomStream.of(SEED, Purpose.NEGATIVES, epoch, step).nextDouble();
    List<Integer> sample = new ArrayList<>();
    double end = 0;
    for (int item : order) {
      end += probabilities[item];
      if (end > next) {
        sample.add(item);
        next++;
      }
    }
    return sample;
  }

  @ParameterizedTest
  @CsvSource({"1000, 37", "1000, 1", "50, 49", "7, 3"})
  void takesEachItemThatTheNextPointFallsInto(int items, int size) {
    float[] popularity = new float[items];
    Arrays.fill(popularity, 1);
    double[] probabilities = new double[items];
    Arrays.fill(probabilities, (double) size / items);

    check(new ColumnSampler(popularity, false, size, SEED), probabilities);
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 100, 400})
  void takesPopularItemsAlwaysAndUnknownOnesNever(int size) {
    // A thousand items: 10 that are in every sample, 500 that no one has, 490 alike.
    float[] popularity = new float[1000];
    double[] probabilities = new double[1000];
    for (int i = 0; i < 1000; i++) {
      popularity[i] = i < 10 ? 5000 : i < 510 ? 0 : 1;
      probabilities[i] = i < 10 ? 1 : i < 510 ? 0 : (size - 10) / 490.0;
    }
    ColumnSampler sampler = new ColumnSampler(popularity, true, size, SEED);
    int[] sample = new int[sampler.most()];
    float[] weights = new float[sampler.most()];

    for (int step = 0; step < 50; step++) {
      int count = sampler.draw(1, step, sample, weights);

      assertThat(count).isBetween(size - 1, size + 1);
      List<Integer> drawn = IntStream.range(0, count).mapToObj(k -> sample[k]).toList();
      assertThat(drawn).doesNotHaveDuplicates().noneMatch(i -> i >= 10 && i < 510);
      assertThat(drawn).containsAll(IntStream.range(0, 10).boxed().toList());
      assertThat(drawn).isEqualTo(scanned(probabilities, 1, step));
    }
  }

  private static void check(ColumnSampler sampler, double[] probabilities) {
    int[] sample = new int[sampler.most()];
    float[] weights = new float[sampler.most()];
    for (int epoch = 1; epoch <= 3; epoch++) {
      for (int step = 0; step < 20; step++) {
        int count = sampler.draw(epoch, step, sample, weights);

        assertThat(IntStream.range(0, count).mapToObj(k -> sample[k]).toList())
            .isEqualTo(scanned(probabilities, epoch, step));
      }
    }
  }
}
