package bsl.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberSortTest {
  private final NumberSort sort = new NumberSort();

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "1, 1000", "7, 3", "100, 390", "12, 390", "12, 97", "300, 40"})
  void ordersByNumberAndThenByPosition(int size, int range) {
    Random random = new Random(7);
    for (int again = 0; again < 3; again++) {
      int[] numbers = random.ints(size, 0, range).toArray();
      List<Integer> expected =
          IntStream.range(0, size)
              .boxed()
              .sorted(Comparator.<Integer>comparingInt(p -> numbers[p]).thenComparing(p -> p))
              .toList();

      int[] order = sort.sort(numbers, size, range);

      assertThat(IntStream.range(0, size).map(k -> order[k]).boxed().toList()).isEqualTo(expected);
    }
  }
}
