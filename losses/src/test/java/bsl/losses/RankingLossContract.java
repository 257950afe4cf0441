package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.kernel.Kernels;
import bsl.losses.RawScores.Setting;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RankingLoss} must do. The test of a loss extends this class, in whatever
 * package, and says which loss it is and what its formula is in double precision.
 *
 * <p>Where a law does not hold for a loss, its test overrides the method with what holds instead.
 */
public abstract class RankingLossContract {
  private static final float[] BEYOND_THE_LIMIT = {1e19f, 1e30f, Float.MAX_VALUE};

  /** The loss under test, with parameters that suit cosines. */
  protected abstract RankingLoss loss(Kernels kernels);

  /** The same loss in double precision, averaged over the pairs. */
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

  /** Scores in [-1, 1], as cosines are; some users have several pairs. */
  public static Batch cosines(int pairs, int negatives, long seed) {
    RandomStream random = RandomStream.of(seed, Purpose.TEST, pairs, negatives);
    int[] users = new int[pairs];
    double[][] scores = new double[pairs][negatives + 1];
    for (int b = 0; b < pairs; b++) {
      users[b] = random.nextInt(Math.max(1, pairs / 2)) * 3;
      for (int j = 0; j <= negatives; j++) {
        // Exactly representable in single precision, so that both precisions see the same score.
        scores[b][j] = (float) (2 * random.nextDouble() - 1);
      }
    }
    return new Batch(users, scores);
  }

  private static ScoreBatch fill(Batch batch) {
    return batch.toScoreBatch();
  }

  /** Value of the loss under test. */
  protected final double evaluate(Batch batch) {
    return fill(batch).evaluate(loss(Kernels.best()));
  }

  @Test
  protected void valueAgreesWithDoublePrecision() {
    for (int[] shape : new int[][] {{1, 1}, {3, 5}, {8, 17}, {50, 100}, {7, 1021}}) {
      Batch batch = cosines(shape[0], shape[1], 1);
      double expected = reference(batch);

      assertThat(evaluate(batch))
          .as(shape[0] + " pairs, " + shape[1] + " negatives")
          .isCloseTo(expected, within(2e-6 * Math.max(1, Math.abs(expected))));
    }
  }

  @Test
  protected void gradientAgreesWithFiniteDifferences() {
    for (int[] shape : new int[][] {{1, 1}, {3, 5}, {9, 17}, {6, 33}}) {
      Batch batch = cosines(shape[0], shape[1], 2);
      ScoreBatch scores = fill(batch);
      scores.evaluate(loss(Kernels.best()));
      double largest = 0;
      double worst = 0;
      for (int b = 0; b < shape[0]; b++) {
        for (int j = 0; j <= shape[1]; j++) {
          double expected = ReferenceLosses.slope(batch, b, j, this::reference);
          double actual = j == 0 ? scores.positive(b) : scores.negative(b, j - 1);
          largest = Math.max(largest, Math.abs(expected));
          worst = Math.max(worst, Math.abs(expected - actual));
        }
      }
      assertThat(worst).isLessThanOrEqualTo(1e-5 * largest);
    }
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
      for (float size : new float[] {1e6f, 1e9f, 1e12f, RankingLoss.LARGEST_SCORE}) {
        ScoreBatch scores = magnified(size);

        assertThat(scores.evaluate(setting.loss().apply(Kernels.best())))
            .as("%s at %s", setting, size)
            .isFinite();
        assertFinite(scores);
      }
    }
  }

  @Test
  protected void scoresBeyondTheLimitGiveFiniteResultsOrAClearError() {
    for (Setting setting : rawSettings()) {
      for (float size : BEYOND_THE_LIMIT) {
        ScoreBatch scores = magnified(size);
        try {
          assertThat(scores.evaluate(setting.loss().apply(Kernels.best()))).isFinite();
          assertFinite(scores);
        } catch (NonFiniteScoreException e) {
          assertThat(e).hasMessageContaining("of the batch has a score that leads to");
        }
      }
    }
  }

  /** Scores over the whole of [-size, size], both ends included. */
  private static ScoreBatch magnified(float size) {
    Batch batch = cosines(4, 40, 14);
    ScoreBatch scores = new ScoreBatch(batch.users(), 40);
    for (int b = 0; b < 4; b++) {
      scores.setPositive(b, size * (float) (b == 0 ? -1 : batch.scores()[b][0]));
      for (int j = 0; j < 40; j++) {
        scores.setNegative(b, j, size * (float) (j == 7 ? 1 : batch.scores()[b][j + 1]));
      }
    }
    return scores;
  }

  private static void assertFinite(ScoreBatch scores) {
    for (int b = 0; b < 4; b++) {
      assertThat(scores.positive(b)).isFinite();
      for (int j = 0; j < 40; j++) {
        assertThat(scores.negative(b, j)).isFinite();
      }
    }
  }

  @Test
  protected void anyOrderOfTheNegativesGivesTheSame() {
    Batch batch = cosines(6, 40, 3);
    double[][] turned = new double[6][41];
    for (int b = 0; b < 6; b++) {
      turned[b][0] = batch.scores()[b][0];
      for (int j = 1; j <= 40; j++) {
        turned[b][j] = batch.scores()[b][41 - j];
      }
    }

    assertThat(evaluate(new Batch(batch.users(), turned))).isCloseTo(evaluate(batch), within(1e-5));
  }

  @Test
  protected void anyOrderOfThePairsGivesTheSame() {
    Batch batch = cosines(6, 10, 4);
    int[] users = new int[6];
    double[][] scores = new double[6][];
    for (int b = 0; b < 6; b++) {
      users[b] = batch.users()[5 - b];
      scores[b] = batch.scores()[5 - b];
    }

    assertThat(evaluate(new Batch(users, scores))).isCloseTo(evaluate(batch), within(1e-6));
  }

  @Test
  protected void aHigherPositiveLowersTheLossAndAHigherNegativeRaisesIt() {
    Batch batch = cosines(5, 12, 5);
    ScoreBatch scores = fill(batch);
    scores.evaluate(loss(Kernels.best()));

    for (int b = 0; b < 5; b++) {
      assertThat(scores.positive(b)).isLessThanOrEqualTo(0);
      for (int j = 0; j < 12; j++) {
        assertThat(scores.negative(b, j)).isGreaterThanOrEqualTo(0);
      }
    }
  }

  @Test
  protected void isConvexInTheScores() {
    for (long seed = 20; seed < 30; seed++) {
      Batch one = cosines(6, 15, seed);
      Batch other = new Batch(one.users(), cosines(6, 15, seed + 100).scores());
      double[][] middle = new double[6][16];
      for (int b = 0; b < 6; b++) {
        for (int j = 0; j <= 15; j++) {
          middle[b][j] = (one.scores()[b][j] + other.scores()[b][j]) / 2;
        }
      }
      double chord = (evaluate(one) + evaluate(other)) / 2;

      assertThat(evaluate(new Batch(one.users(), middle)))
          .isLessThanOrEqualTo(chord + 1e-5 * Math.max(1, Math.abs(chord)));
    }
  }

  @Test
  protected void rawScoresFarBeyondCosinesGiveFiniteValuesAndGradients() {
    Batch batch = cosines(4, 40, 11);
    ScoreBatch scores = new ScoreBatch(batch.users(), 40);
    for (int b = 0; b < 4; b++) {
      scores.setPositive(b, 1000 * (float) batch.scores()[b][0]);
      for (int j = 0; j < 40; j++) {
        scores.setNegative(b, j, 1000 * (float) batch.scores()[b][j + 1]);
      }
    }

    assertThat(scores.evaluate(loss(Kernels.best()))).isFinite();
    for (int b = 0; b < 4; b++) {
      assertThat(scores.positive(b)).isFinite();
      for (int j = 0; j < 40; j++) {
        assertThat(scores.negative(b, j)).isFinite();
      }
    }
  }

  @Test
  protected void tilesOfRowsAddUpToTheWhole() {
    Batch batch = cosines(10, 20, 6);
    ScoreBatch whole = fill(batch);
    double expected = whole.evaluate(loss(Kernels.best()));

    RankingLoss loss = loss(Kernels.best());
    PositiveSide positives = new PositiveSide();
    positives.reset(batch.users(), 10);
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

    assertThat(sum).isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
    for (int b = 0; b < 10; b++) {
      assertThat(positives.gradient(b)).isEqualTo(whole.positive(b));
      for (int j = 0; j < 20; j++) {
        assertThat(values[5 + b * stride + j]).isEqualTo(whole.negative(b, j));
      }
    }
  }

  @Test
  protected void scalarAndVectorKernelsGiveTheSameBits() {
    for (int negatives : new int[] {1, 15, 16, 31, 100, 1021}) {
      Batch batch = cosines(7, negatives, 7);
      ScoreBatch vector = fill(batch);
      ScoreBatch scalar = fill(batch);

      assertThat(vector.evaluate(loss(Kernels.best())))
          .isEqualTo(scalar.evaluate(loss(Kernels.scalar())));
      for (int b = 0; b < 7; b++) {
        assertThat(vector.positive(b)).isEqualTo(scalar.positive(b));
        for (int j = 0; j < negatives; j++) {
          assertThat(vector.negative(b, j)).isEqualTo(scalar.negative(b, j));
        }
      }
    }
  }

  @Test
  protected void scalarAndVectorKernelsGiveTheSameBitsOnRawScores() {
    for (Setting setting : rawSettings()) {
      for (Batch batch : RawScores.batches(15)) {
        ScoreBatch vector = fill(batch);
        ScoreBatch scalar = fill(batch);

        assertThat(vector.evaluate(setting.loss().apply(Kernels.best())))
            .isEqualTo(scalar.evaluate(setting.loss().apply(Kernels.scalar())));
        for (int b = 0; b < batch.pairs(); b++) {
          assertThat(vector.positive(b)).isEqualTo(scalar.positive(b));
          for (int j = 0; j < batch.negatives(); j++) {
            assertThat(vector.negative(b, j)).isEqualTo(scalar.negative(b, j));
          }
        }
      }
    }
  }

  @Test
  protected void aNonFiniteScoreIsAnErrorThatNamesThePair() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      ScoreBatch negative = fill(cosines(4, 9, 8));
      negative.setNegative(2, 5, bad);
      assertThatThrownBy(() -> negative.evaluate(loss(Kernels.best())))
          .isInstanceOf(NonFiniteScoreException.class)
          .hasMessageContaining("pair 2 ");

      ScoreBatch positive = fill(cosines(4, 9, 8));
      positive.setPositive(3, bad);
      assertThatThrownBy(() -> positive.evaluate(loss(Kernels.best())))
          .isInstanceOf(NonFiniteScoreException.class)
          .hasMessageContaining("pair 3 ");
    }
  }

  @Test
  protected void aNegativeAtMinusInfinityWeighsNothing() {
    Batch batch = cosines(3, 16, 9);
    ScoreBatch scores = fill(batch);
    scores.setNegative(1, 4, Float.NEGATIVE_INFINITY);
    double value = scores.evaluate(loss(Kernels.best()));

    assertThat(value).isFinite();
    assertThat(scores.negative(1, 4)).isLessThan(1e-30f);
  }

  @Test
  @Tag("jit")
  protected void allocatesNothing() {
    RankingLoss loss = loss(Kernels.best());
    Batch batch = cosines(16, 64, 10);
    PositiveSide positives = new PositiveSide();
    positives.reset(batch.users(), 16);
    float[] values = new float[16 * 64];
    ScoreTile tile = new ScoreTile().view(values, 0, 64, 0, 16, 64);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long allocated = Long.MAX_VALUE;
    // Vectors are objects until the compiler has seen enough of them.
    for (int round = 0; round < 20_000 && allocated > 0; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int repeat = 0; repeat < 100; repeat++) {
        loss.preparePositives(positives, 0, positives.groups().groups());
        loss.evaluate(tile, positives);
      }
      allocated = threads.getThreadAllocatedBytes(thread) - before;
    }

    assertThat(allocated).isLessThan(100);
  }
}
