package examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.losses.BilateralSoftmaxLoss;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import bsl.losses.BprLoss;
import bsl.losses.RankingLoss;
import bsl.losses.SoftmaxLoss;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlainJavaTrainerTest {
  private static final int SIZE = 20;
  private static final double RATE = 0.5;
  private static final double STEP = 1e-2;

  static Stream<RankingLoss> losses() {
    return Stream.of(
        new SoftmaxLoss(0.3),
        BilateralSoftmaxLoss.codeForm(0.3, 1.1, Mode.REWEIGHT),
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
        right += cosine(users[u], items[item]) > cosine(users[u], items[other]) ? 1 : 0;
        tried++;
      }
    }
    assertThat(right).isGreaterThan(tried * 9 / 10);
  }

  private static double cosine(double[] a, double[] b) {
    double ab = PlainJavaTrainer.dot(a, b);
    return ab / Math.sqrt(PlainJavaTrainer.dot(a, a) * PlainJavaTrainer.dot(b, b));
  }

  /** A step of rate 0 has the value and changes nothing. */
  @ParameterizedTest
  @MethodSource("losses")
  void aStepFollowsTheGradient(RankingLoss loss) {
    SplittableRandom random = new SplittableRandom(2);
    double[][] users = factors(random);
    double[][] items = factors(random);
    for (double[][] rows : List.of(users, items)) {
      for (double[] row : rows) {
        Arrays.setAll(row, d -> 15 * row[d]);
      }
    }
    double[][] quotients = {new double[SIZE], new double[SIZE]};
    for (int r = 0; r < SIZE; r++) {
      quotients[0][r] = quotient(users[r], users, items, loss);
      quotients[1][r] = quotient(items[r], users, items, loss);
    }
    double[][] before = {firsts(users), firsts(items)};
    step(users, items, loss, RATE);
    double[][] after = {firsts(users), firsts(items)};

    double largest = 0;
    for (int side = 0; side < 2; side++) {
      for (int r = 0; r < SIZE; r++) {
        assertThat((before[side][r] - after[side][r]) / RATE)
            .as("side %d, row %d", side, r)
            .isCloseTo(quotients[side][r], within(5e-5));
        largest = Math.max(largest, Math.abs(quotients[side][r]));
      }
    }
    assertThat(largest).isGreaterThan(0.01);
  }

  private static double step(double[][] users, double[][] items, RankingLoss loss, double rate) {
    int[] all = IntStream.range(0, SIZE).toArray();
    int[] batch = {3, 7, 11, 15};
    return PlainJavaTrainer.step(users, items, batch, itemsOf(true), all, popularity(), loss, rate);
  }

  /** The derivative of the value by the first element of a row. */
  private static double quotient(
      double[] row, double[][] users, double[][] items, RankingLoss loss) {
    double at = row[0];
    row[0] = at + STEP;
    double above = step(users, items, loss, 0);
    row[0] = at - STEP;
    double below = step(users, items, loss, 0);
    row[0] = at;
    return (above - below) / (2 * STEP);
  }

  private static double[] firsts(double[][] rows) {
    return Arrays.stream(rows).mapToDouble(row -> row[0]).toArray();
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
