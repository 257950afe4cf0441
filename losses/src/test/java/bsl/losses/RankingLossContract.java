package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.kernel.Kernels;
import bsl.losses.RawScores.Setting;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RankingLoss} must do. The test of a loss extends this class, in whatever
 * package, and says which loss it is and what its formula is in double precision.
 *
 * <p>Mini-batches are rows of one or several positives with negatives that they share, with weights
 * or without. Where a law does not hold for a loss, its test overrides the method with what holds
 * instead.
 */
public abstract class RankingLossContract {
  private static final float[] BEYOND_THE_LIMIT = {1e19f, 1e30f, Float.MAX_VALUE};

  private static final int TRIES = 100;

  /** The loss under test, with parameters that suit cosines. */
  protected abstract RankingLoss loss(Kernels kernels);

  /** The same loss in double precision, averaged over the pairs; {@link Batch#mean} helps. */
  protected abstract double reference(Batch batch);

  /**
   * The loss with parameters for raw scores up to {@link RawScores#LARGEST}. A loss with a
   * temperature has one setting for each of {@link RawScores#temperatures}.
   */
  protected List<Setting> rawSettings() {
    return List.of(
        new Setting(
            "as it is", this::loss, this::reference, RawScores.LARGEST, 2 * RawScores.LARGEST));
  }

  /** Pairs with scores in [-1, 1], as cosines are; some pairs share a group. */
  public static Batch cosines(int pairs, int negatives, long seed) {
    RandomStream random = RandomStream.of(seed, Purpose.TEST, pairs, negatives);
    int[] groups = new int[pairs];
    double[][] scores = new double[pairs][negatives + 1];
    for (int b = 0; b < pairs; b++) {
      groups[b] = random.nextInt(Math.max(1, pairs / 2)) * 3;
      for (int j = 0; j <= negatives; j++) {
        // Exactly representable in single precision, so that both precisions see the same score.
        scores[b][j] = (float) (2 * random.nextDouble() - 1);
      }
    }
    return new Batch(groups, scores);
  }

  /** Cosines of this many rows of up to {@code most} positives. */
  private static Batch rows(int rows, int most, int negatives, long seed) {
    return Batch.random(
        rows, most, negatives, RandomStream.of(seed, Purpose.TEST, rows, most, negatives));
  }

  /** Pairs, rows of several positives, and such rows with weights, of several sizes. */
  private static List<Batch> batches(long seed) {
    RandomStream random = RandomStream.of(seed, Purpose.TEST);
    return List.of(
        cosines(1, 1, seed),
        cosines(3, 5, seed),
        cosines(9, 17, seed),
        cosines(6, 33, seed),
        rows(1, 3, 1, seed),
        rows(1, 6, 16, seed),
        rows(3, 9, 31, seed),
        rows(4, 7, 33, seed).weighted(random),
        rows(2, 30, 100, seed).weighted(random));
  }

  private static void forEach(long seed, Consumer<Batch> check) {
    batches(seed).forEach(check);
  }

  private Evaluation evaluation(Batch batch) {
    return new Evaluation(batch, loss(Kernels.best()));
  }

  /** Value of the loss under test. */
  protected final double evaluate(Batch batch) {
    return evaluation(batch).value();
  }

  private static double tolerance(double value) {
    return 1e-5 * Math.max(1, Math.abs(value));
  }

  @Test
  protected void valueAgreesWithDoublePrecision() {
    List<Batch> batches = new ArrayList<>(batches(1));
    Batch large = rows(2, 60, 1021, 1);
    RandomStream random = RandomStream.of(1, Purpose.TEST);
    batches.addAll(
        List.of(cosines(50, 100, 1), cosines(7, 1021, 1), large, large.weighted(random)));
    for (Batch batch : batches) {
      double expected = reference(batch);

      assertThat(evaluate(batch))
          .as("%d pairs in %d rows, %d negatives", batch.pairs(), batch.rows(), batch.columns())
          .isCloseTo(expected, within(2e-6 * Math.max(1, Math.abs(expected))));
    }
  }

  @Test
  protected void gradientAgreesWithFiniteDifferences() {
    forEach(2, batch -> assertGradient(batch, evaluation(batch)));
  }

  private void assertGradient(Batch batch, Evaluation actual) {
    double largest = 0;
    double worst = 0;
    for (int r = 0; r < batch.rows(); r++) {
      for (int c = 0; c < batch.positives()[r].length + batch.columns(); c++) {
        double expected = ReferenceLosses.slope(batch, r, c, this::reference);
        largest = Math.max(largest, Math.abs(expected));
        worst = Math.max(worst, Math.abs(expected - actual.gradient(r, c)));
      }
    }
    assertThat(worst).isLessThanOrEqualTo(1e-5 * largest);
  }

  @Test
  protected void rawScoresGiveTheValueAndGradientOfDoublePrecision() {
    for (Setting setting : rawSettings()) {
      for (Batch batch : RawScores.batches(12)) {
        setting.verify(batch);
      }
    }
  }

  @Test
  protected void scoresUpToTheLimitGiveFiniteValuesAndGradients() {
    for (Setting setting : rawSettings()) {
      for (float size : new float[] {1e3f, 1e6f, 1e9f, 1e12f, RankingLoss.LARGEST_SCORE}) {
        for (Batch batch : magnified(size)) {
          Evaluation actual = new Evaluation(batch, setting.loss().apply(Kernels.best()));

          assertThat(actual.value()).as("%s at %s", setting, size).isFinite();
          assertFinite(actual);
        }
      }
    }
  }

  @Test
  protected void scoresBeyondTheLimitGiveFiniteResultsOrAClearError() {
    for (Setting setting : rawSettings()) {
      for (float size : BEYOND_THE_LIMIT) {
        for (Batch batch : magnified(size)) {
          try {
            Evaluation actual = new Evaluation(batch, setting.loss().apply(Kernels.best()));
            assertThat(actual.value()).isFinite();
            assertFinite(actual);
          } catch (NonFiniteScoreException e) {
            assertThat(e).hasMessageContaining("of the batch has a score that leads to");
          }
        }
      }
    }
  }

  /** Scores over the whole of [-size, size], both ends included. */
  private static List<Batch> magnified(float size) {
    RandomStream random = RandomStream.of(14, Purpose.TEST);
    return Stream.of(cosines(4, 40, 14), rows(2, 5, 40, 14), rows(2, 5, 40, 14).weighted(random))
        .map(batch -> batch.with(0, 0, -1))
        .map(batch -> batch.with(1, batch.positives()[1].length, 1))
        .map(batch -> batch.times(size))
        .toList();
  }

  private static void assertFinite(Evaluation actual) {
    for (float[] row : actual.gradient()) {
      for (float slope : row) {
        assertThat(slope).isFinite();
      }
    }
  }

  @Test
  protected void anyOrderOfTheNegativesGivesTheSame() {
    forEach(
        3,
        batch -> {
          double[][] turned =
              Arrays.stream(batch.negatives())
                  .map(RankingLossContract::reversed)
                  .toArray(double[][]::new);
          double[] weights = batch.weights() == null ? null : reversed(batch.weights());
          Batch other = new Batch(batch.groups(), batch.positives(), turned, weights);
          double value = evaluate(batch);

          assertThat(evaluate(other)).isCloseTo(value, within(tolerance(value)));
        });
  }

  private static double[] reversed(double[] values) {
    return IntStream.range(0, values.length)
        .mapToDouble(j -> values[values.length - 1 - j])
        .toArray();
  }

  @Test
  protected void anyOrderOfThePairsGivesTheSame() {
    forEach(
        4,
        batch -> {
          int[] groups = new int[batch.pairs()];
          double[][] positives = new double[batch.rows()][];
          double[][] negatives = new double[batch.rows()][];
          for (int r = 0; r < batch.rows(); r++) {
            positives[r] = reversed(batch.positives()[batch.rows() - 1 - r]);
            negatives[r] = batch.negatives()[batch.rows() - 1 - r];
          }
          for (int pair = 0; pair < batch.pairs(); pair++) {
            groups[pair] = batch.groups()[batch.pairs() - 1 - pair];
          }
          Batch other = new Batch(groups, positives, negatives, batch.weights());
          double value = evaluate(batch);

          assertThat(evaluate(other)).isCloseTo(value, within(tolerance(value)));
        });
  }

  @Test
  protected void aHigherPositiveLowersTheLossAndAHigherNegativeRaisesIt() {
    forEach(
        5,
        batch -> {
          Evaluation actual = evaluation(batch);
          for (int pair = 0; pair < batch.pairs(); pair++) {
            assertThat(actual.positive(pair)).isLessThanOrEqualTo(0);
          }
          for (int r = 0; r < batch.rows(); r++) {
            for (int j = 0; j < batch.columns(); j++) {
              assertThat(actual.negative(r, j)).isGreaterThanOrEqualTo(0);
            }
          }
        });
  }

  @Test
  protected void isConvexInTheScores() {
    for (long seed = 20; seed < 30; seed++) {
      for (Batch one : batches(seed)) {
        RandomStream random = RandomStream.of(seed, Purpose.TEST, 1);
        Batch other =
            one.withScores(another(one.positives(), random), another(one.negatives(), random));
        Batch middle =
            one.withScores(
                middle(one.positives(), other.positives()),
                middle(one.negatives(), other.negatives()));
        double chord = (evaluate(one) + evaluate(other)) / 2;

        assertThat(evaluate(middle)).isLessThanOrEqualTo(chord + tolerance(chord));
      }
    }
  }

  private static double[][] another(double[][] scores, RandomStream random) {
    double[][] others = new double[scores.length][];
    for (int r = 0; r < scores.length; r++) {
      others[r] =
          Arrays.stream(scores[r]).map(s -> (float) (2 * random.nextDouble() - 1)).toArray();
    }
    return others;
  }

  private static double[][] middle(double[][] one, double[][] other) {
    double[][] middle = new double[one.length][];
    for (int r = 0; r < one.length; r++) {
      int row = r;
      middle[r] =
          IntStream.range(0, one[r].length)
              .mapToDouble(c -> (one[row][c] + other[row][c]) / 2)
              .toArray();
    }
    return middle;
  }

  /** Positives of a row meet the same negatives as they would alone. */
  @Test
  protected void aRowOfSeveralPositivesIsTheSumOfRowsOfOneEach() {
    Seeds.check(
        TRIES,
        random -> {
          Batch batch = random(random);
          Batch split = batch.split();
          Evaluation together = evaluation(batch);
          Evaluation apart = evaluation(split);
          double largest = 0;
          for (int pair = 0; pair < batch.pairs(); pair++) {
            largest = Math.max(largest, Math.abs(apart.positive(pair)));
          }

          assertThat(together.value()).isCloseTo(apart.value(), within(tolerance(apart.value())));
          for (int r = 0; r < batch.rows(); r++) {
            int begin = batch.firstPair(r);
            int end = begin + batch.positives()[r].length;
            for (int pair = begin; pair < end; pair++) {
              assertThat(together.positive(pair))
                  .isCloseTo(apart.positive(pair), within((float) (1e-6 * largest)));
            }
            for (int j = 0; j < batch.columns(); j++) {
              double sum = 0;
              for (int pair = begin; pair < end; pair++) {
                sum += apart.negative(pair, j);
              }
              assertThat((double) together.negative(r, j))
                  .isCloseTo(sum, within(1e-5 * Math.abs(sum) + 1e-7 * largest));
            }
          }
        });
  }

  /** Half of them with weights. */
  private static Batch random(RandomStream random) {
    Batch batch =
        Batch.random(1 + random.nextInt(4), 1 + random.nextInt(12), 1 + random.nextInt(70), random);
    return random.nextInt(2) == 0 ? batch : batch.weighted(random);
  }

  @Test
  protected void aNegativeOfWeightWCountsAsWNegatives() {
    Seeds.check(
        TRIES,
        random -> {
          Batch batch = random(random);
          int[] times =
              IntStream.range(0, batch.columns())
                  .map(j -> j == 0 ? 1 : random.nextInt(4))
                  .toArray();
          Batch weighted = batch.weighted(Arrays.stream(times).asDoubleStream().toArray());
          Batch repeated =
              new Batch(
                  batch.groups(),
                  batch.positives(),
                  Arrays.stream(batch.negatives())
                      .map(row -> repeated(row, times))
                      .toArray(double[][]::new),
                  null);
          Evaluation one = evaluation(weighted);
          Evaluation other = evaluation(repeated);

          assertThat(one.value()).isCloseTo(other.value(), within(tolerance(other.value())));
          for (int pair = 0; pair < batch.pairs(); pair++) {
            float slope = other.positive(pair);
            assertThat(one.positive(pair))
                .isCloseTo(slope, within(1e-5f * Math.abs(slope) + 1e-7f));
          }
          for (int r = 0; r < batch.rows(); r++) {
            int at = 0;
            for (int j = 0; j < batch.columns(); j++) {
              double sum = 0;
              for (int t = 0; t < times[j]; t++) {
                sum += other.negative(r, at++);
              }
              assertThat((double) one.negative(r, j))
                  .isCloseTo(sum, within(1e-5 * Math.abs(sum) + 1e-7));
            }
          }
        });
  }

  private static double[] repeated(double[] scores, int[] times) {
    return IntStream.range(0, scores.length)
        .boxed()
        .flatMapToDouble(j -> IntStream.range(0, times[j]).mapToDouble(t -> scores[j]))
        .toArray();
  }

  /** To the bit, however large the score is, and wherever it is. */
  @Test
  protected void aNegativeOfWeightZeroIsLeftOut() {
    Seeds.check(
        TRIES,
        random -> {
          Batch batch = random(random).weighted(random);
          Batch large = batch;
          for (int r = 0; r < batch.rows(); r++) {
            for (int j = 0; j < batch.columns(); j++) {
              if (batch.weights()[j] == 0) {
                double score = random.nextInt(2) == 0 ? 3 : RankingLoss.LARGEST_SCORE;
                large = large.with(r, batch.positives()[r].length + j, score);
              }
            }
          }
          Evaluation one = evaluation(large);
          Evaluation other = evaluation(batch);

          assertThat(one.value()).isEqualTo(other.value());
          assertThat(one.gradient()).isDeepEqualTo(other.gradient());
          for (int r = 0; r < batch.rows(); r++) {
            for (int j = 0; j < batch.columns(); j++) {
              if (batch.weights()[j] == 0) {
                assertThat(one.negative(r, j)).isZero();
              }
            }
          }
        });
  }

  /** Where weights differ by many orders, a few negatives are all that counts. */
  @Test
  protected void weightsOverTheirWholeRangeGiveTheValueAndGradientOfDoublePrecision() {
    Seeds.check(
        20,
        random -> {
          Batch batch = Batch.random(2, 5, 2 + random.nextInt(40), random);
          double[] weights = new double[batch.columns()];
          double most = 24 * random.nextDouble() - 12;
          for (int j = 0; j < weights.length; j++) {
            double size = Math.pow(10, -12 + (most + 12) * random.nextDouble());
            weights[j] = (float) Math.max(NegativeWeights.SMALLEST, size);
          }
          Batch weighted = batch.weighted(weights);
          Evaluation actual = evaluation(weighted);
          double expected = reference(weighted);

          assertThat(actual.value())
              .isCloseTo(expected, within(2e-6 * Math.max(1, Math.abs(expected))));
          assertGradient(weighted, actual);
        });
  }

  @Test
  protected void weightsOfOneChangeNoBit() {
    forEach(
        13,
        batch -> {
          double[] ones = new double[batch.columns()];
          Arrays.fill(ones, 1);
          Evaluation one = evaluation(batch.weighted(ones));
          Evaluation other = evaluation(batch.weighted((double[]) null));

          assertThat(one.value()).isEqualTo(other.value());
          assertThat(one.gradient()).isDeepEqualTo(other.gradient());
        });
  }

  /** The layout of rows that lie in one tile, each with a single pair. */
  @Test
  protected void tilesOfRowsAddUpToTheWhole() {
    Batch batch = cosines(10, 20, 6);
    Evaluation whole = evaluation(batch);
    ScoreBatch simple = batch.toScoreBatch();

    RankingLoss loss = loss(Kernels.best());
    PositiveSide positives = new PositiveSide();
    positives.reset(batch.groups(), 10);
    int stride = 27;
    float[] values = new float[5 + 10 * stride];
    for (int b = 0; b < 10; b++) {
      positives.setScore(b, (float) batch.scores()[b][0]);
      for (int j = 0; j < 20; j++) {
        values[5 + b * stride + j] = (float) batch.scores()[b][j + 1];
      }
    }
    loss.preparePositives(positives, 0, positives.groups().groups());
    double sum = 0;
    for (int[] rows : new int[][] {{7, 3}, {0, 4}, {4, 3}}) {
      ScoreTile tile =
          new ScoreTile().view(values, 5 + rows[0] * stride, stride, rows[0], rows[1], 20);
      sum += loss.evaluate(tile, positives);
    }

    double tolerance = 1e-12 * Math.max(1, Math.abs(whole.value()));
    assertThat(sum).isCloseTo(whole.value(), within(tolerance));
    assertThat(simple.evaluate(loss)).isCloseTo(whole.value(), within(tolerance));
    for (int b = 0; b < 10; b++) {
      assertThat(positives.gradient(b)).isEqualTo(whole.positive(b)).isEqualTo(simple.positive(b));
      for (int j = 0; j < 20; j++) {
        assertThat(values[5 + b * stride + j])
            .isEqualTo(whole.negative(b, j))
            .isEqualTo(simple.negative(b, j));
      }
    }
  }

  @Test
  protected void scalarAndVectorKernelsGiveTheSameBits() {
    List<Batch> batches = new ArrayList<>(batches(7));
    for (int negatives : new int[] {1, 15, 16, 31, 100, 1021}) {
      RandomStream random = RandomStream.of(negatives, Purpose.TEST);
      batches.add(cosines(7, negatives, 7));
      batches.add(rows(3, 5, negatives, 7).weighted(random));
    }
    for (Batch batch : batches) {
      assertSameBits(this::loss, batch);
    }
  }

  private static void assertSameBits(Function<Kernels, RankingLoss> loss, Batch batch) {
    Evaluation vector = new Evaluation(batch, loss.apply(Kernels.best()));
    Evaluation scalar = new Evaluation(batch, loss.apply(Kernels.scalar()));

    assertThat(vector.value()).isEqualTo(scalar.value());
    assertThat(vector.gradient()).isDeepEqualTo(scalar.gradient());
  }

  @Test
  protected void scalarAndVectorKernelsGiveTheSameBitsOnRawScores() {
    for (Setting setting : rawSettings()) {
      for (Batch batch : RawScores.batches(15)) {
        assertSameBits(setting.loss(), batch);
      }
    }
  }

  @Test
  protected void aNonFiniteScoreIsAnErrorThatNamesThePair() {
    RandomStream random = RandomStream.of(8, Purpose.TEST);
    Batch weighted = rows(4, 5, 9, 8).weighted(random).weighted(1, 0, 2, 1, 1, 0, 1, 1, 1);
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      for (Batch batch : List.of(cosines(4, 9, 8), rows(4, 5, 9, 8), weighted)) {
        int own = batch.positives()[2].length;
        for (int j = 0; j < 9; j++) {
          assertNames(batch.with(2, own + j, bad), batch.firstPair(2));
        }
        for (int i = 0; i < own; i++) {
          assertNames(batch.with(2, i, bad), batch.firstPair(2) + i);
        }
      }
    }
  }

  private void assertNames(Batch batch, int pair) {
    assertThatThrownBy(() -> evaluate(batch))
        .isInstanceOfSatisfying(
            NonFiniteScoreException.class, e -> assertThat(e.pair()).isEqualTo(pair))
        .hasMessageContaining("pair " + pair + " ");
  }

  @Test
  protected void aNegativeAtMinusInfinityWeighsNothing() {
    RandomStream random = RandomStream.of(9, Purpose.TEST);
    for (Batch batch :
        List.of(cosines(3, 16, 9), rows(3, 5, 16, 9), rows(3, 5, 16, 9).weighted(random))) {
      int column = batch.positives()[1].length + 4;
      Evaluation actual = evaluation(batch.with(1, column, Double.NEGATIVE_INFINITY));

      assertThat(actual.value()).isFinite();
      assertThat(Math.abs(actual.negative(1, 4))).isLessThan(1e-30f);
    }
  }

  @Test
  @Tag("jit")
  protected void allocatesNothing() {
    assumeTrue(Kernels.best().name().startsWith("vector"), "scalar kernels allocate");
    RankingLoss loss = loss(Kernels.best());
    Batch batch = cosines(16, 64, 10);
    PositiveSide positives = new PositiveSide();
    positives.reset(batch.groups(), 16);
    ScoreTile pairs = new ScoreTile().view(new float[16 * 64], 0, 64, 0, 16, 64);
    ScoreTile user = new ScoreTile().viewUser(new float[64], 0, 64, 0, 16, null);
    ScoreTile weighted =
        new ScoreTile().viewUser(new float[64], 0, 64, 0, 16, NegativeWeights.ones(64));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long allocated = Long.MAX_VALUE;
    // Vectors are objects until the compiler has seen enough of them: some 60 rounds.
    for (int round = 0; round < 5_000 && allocated > 0; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int repeat = 0; repeat < 100; repeat++) {
        loss.preparePositives(positives, 0, positives.groups().groups());
        loss.evaluate(pairs, positives);
        loss.evaluate(user, positives);
        loss.evaluate(weighted, positives);
      }
      allocated = threads.getThreadAllocatedBytes(thread) - before;
    }

    assertThat(allocated)
        .as("bytes; docs/architecture.md, Kernels, has options that keep vectors off the heap")
        .isLessThan(100);
  }
}
