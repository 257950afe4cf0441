package examples;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.losses.BprLoss;
import bsl.losses.RankingLoss;
import bsl.losses.SoftmaxLoss;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlainJavaTrainerTest {
  private static final int SIZE = 20;

  static Stream<RankingLoss> losses() {
    return Stream.of(SoftmaxLoss.withPositive(1), new BprLoss());
  }

  /** Users and items of two tastes; two thirds of the pairs within a taste are seen in training. */
  @ParameterizedTest
  @MethodSource("losses")
  void learnsToRankUnseenItemsOfAUsersTasteAboveTheOthers(RankingLoss loss) {
    SplittableRandom random = new SplittableRandom(1);
    double[][] users = factors(random);
    double[][] items = factors(random);
    int[][] pairs = pairs(true);
    double first = PlainJavaTrainer.step(users, items, pairs, 8, loss, 2, random);
    double last = first;
    for (int step = 0; step < 200; step++) {
      last = PlainJavaTrainer.step(users, items, pairs, 8, loss, 2, random);
    }

    assertThat(last).isLessThan(first);
    int right = 0;
    int[][] unseen = pairs(false);
    for (int[] pair : unseen) {
      int other = (pair[1] + SIZE / 2) % SIZE;
      double margin =
          PlainJavaTrainer.dot(users[pair[0]], items[pair[1]])
              - PlainJavaTrainer.dot(users[pair[0]], items[other]);
      right += margin > 0 ? 1 : 0;
    }
    assertThat(right).isGreaterThan(unseen.length * 9 / 10);
  }

  private static double[][] factors(SplittableRandom random) {
    return Stream.generate(() -> random.doubles(4, -0.1, 0.1).toArray())
        .limit(SIZE)
        .toArray(double[][]::new);
  }

  /** Pairs of user and item from the same half, either those seen in training or the others. */
  private static int[][] pairs(boolean seen) {
    return Stream.iterate(0, k -> k + 1)
        .limit(SIZE * SIZE)
        .map(k -> new int[] {k / SIZE, k % SIZE})
        .filter(p -> p[0] / (SIZE / 2) == p[1] / (SIZE / 2) && (p[0] + p[1]) % 3 > 0 == seen)
        .toArray(int[][]::new);
  }
}
