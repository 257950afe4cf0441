package examples;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.losses.BilateralSoftmaxLoss;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import bsl.losses.BprLoss;
import bsl.losses.RankingLoss;
import bsl.losses.SoftmaxLoss;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlainJavaTrainerTest {
  private static final int SIZE = 20;

  static Stream<RankingLoss> losses() {
    return Stream.of(
        SoftmaxLoss.withPositive(1),
        BilateralSoftmaxLoss.codeForm(1, 1.1, Mode.MULTI),
        new BprLoss());
  }

  /** Users and items of two tastes; two thirds of the pairs within a taste are seen in training. */
  @ParameterizedTest
  @MethodSource("losses")
  void learnsToRankUnseenItemsOfAUsersTasteAboveTheOthers(RankingLoss loss) {
    SplittableRandom random = new SplittableRandom(1);
    double[][] users = factors(random);
    double[][] items = factors(random);
    int[][] itemsOf = itemsOf(true);
    int[] all = IntStream.range(0, SIZE).toArray();
    double first = 0;
    double last = 0;
    for (int step = 0; step <= 200; step++) {
      int[] batch = random.ints(5, 0, SIZE).distinct().toArray();
      last = PlainJavaTrainer.step(users, items, batch, itemsOf, all, popularity(), loss, 0.5);
      first = step == 0 ? last : first;
    }

    assertThat(last).isLessThan(first);
    int right = 0;
    int tried = 0;
    int[][] unseen = itemsOf(false);
    for (int u = 0; u < SIZE; u++) {
      for (int item : unseen[u]) {
        int other = (item + SIZE / 2) % SIZE;
        double margin =
            PlainJavaTrainer.dot(users[u], items[item])
                - PlainJavaTrainer.dot(users[u], items[other]);
        right += margin > 0 ? 1 : 0;
        tried++;
      }
    }
    assertThat(right).isGreaterThan(tried * 9 / 10);
  }

  private static double[][] factors(SplittableRandom random) {
    return Stream.generate(() -> random.doubles(4, -0.1, 0.1).toArray())
        .limit(SIZE)
        .toArray(double[][]::new);
  }

  /** Items from each user's own half, either those seen in training or the others. */
  private static int[][] itemsOf(boolean seen) {
    return IntStream.range(0, SIZE)
        .mapToObj(
            u ->
                IntStream.range(0, SIZE)
                    .filter(i -> u / (SIZE / 2) == i / (SIZE / 2) && (u + i) % 3 > 0 == seen)
                    .toArray())
        .toArray(int[][]::new);
  }

  /** How many users have seen each item. */
  private static float[] popularity() {
    float[] popularity = new float[SIZE];
    for (int[] items : itemsOf(true)) {
      for (int item : items) {
        popularity[item]++;
      }
    }
    return popularity;
  }
}
