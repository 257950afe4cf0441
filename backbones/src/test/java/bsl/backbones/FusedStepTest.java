package bsl.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.MiniBatch;
import bsl.core.sampling.NegativeSharing;
import bsl.losses.BilateralSoftmaxLoss;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import bsl.losses.NonFiniteScoreException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fused step against the same loss worked out pair by pair in double precision. */
class FusedStepTest {
  private static final double TAU = 0.2;
  private static final double RHO = 1.1;
  private static final double L2 = 0.05;
  private static final int DIMENSION = 5;

  private final Kernels kernels = Kernels.best();

  private static Embeddings embeddings(int users, int items) {
    EmbeddingTable userTable = new EmbeddingTable(users, DIMENSION);
    EmbeddingTable itemTable = new EmbeddingTable(items, DIMENSION);
    for (EmbeddingTable table : new EmbeddingTable[] {userTable, itemTable}) {
      for (int r = 0; r < table.rows(); r++) {
        RandomStream random = RandomStream.of(table.rows(), Purpose.TEST, r);
        float[] row = new float[DIMENSION];
        for (int d = 0; d < DIMENSION; d++) {
          row[d] = (float) random.nextGaussian();
        }
        table.setRow(r, row);
      }
    }
    return new Embeddings(userTable, itemTable);
  }

  /** Loss and L2 term. */
  private static double naive(
      MiniBatch batch, double[][] users, double[][] items, ScoreFunction score) {
    return PairByPair.loss(batch, users, items, score, TAU, RHO)
        + L2 / (2 * batch.size()) * PairByPair.squares(batch, users, items);
  }

  private static double[][] doubles(EmbeddingTable table) {
    double[][] rows = new double[table.rows()][DIMENSION];
    for (int r = 0; r < table.rows(); r++) {
      for (int d = 0; d < DIMENSION; d++) {
        rows[r][d] = table.row(r)[d];
      }
    }
    return rows;
  }

  private FusedStep step(ScoreFunction score, double dropout, Kernels kernels, WorkPool pool) {
    return new FusedStep(
        BilateralSoftmaxLoss.codeForm(TAU, RHO, Mode.MULTI, kernels),
        score,
        DIMENSION,
        dropout,
        1,
        kernels,
        pool);
  }

  private static Map<Integer, float[]> byRow(RowGradients gradients) {
    Map<Integer, float[]> rows = new TreeMap<>();
    for (int k = 0; k < gradients.count(); k++) {
      float[] row = new float[DIMENSION];
      System.arraycopy(gradients.values(), gradients.offset(k), row, 0, DIMENSION);
      assertThat(rows.put(gradients.row(k), row)).as("row " + gradients.row(k) + " twice").isNull();
    }
    return rows;
  }

  @ParameterizedTest
  @CsvSource({
    "SHARED, COSINE, 7, 3, 20",
    "SHARED, COSINE, 131, 33, 60",
    "SHARED, INNER_PRODUCT, 50, 40, 60",
    "SHARED, COSINE, 700, 10, 30",
    "INDEPENDENT, COSINE, 7, 3, 20",
    "INDEPENDENT, INNER_PRODUCT, 131, 20, 60",
    "INDEPENDENT, COSINE, 50, 3, 400",
    "INDEPENDENT, INNER_PRODUCT, 60, 2, 300",
    "IN_BATCH, COSINE, 2, 0, 20",
    "IN_BATCH, COSINE, 33, 0, 20",
    "IN_BATCH, INNER_PRODUCT, 131, 0, 60",
    "POPULAR, COSINE, 131, 30, 20",
    "POPULAR, INNER_PRODUCT, 131, 45, 60"
  })
  void lossAndGradientAgreeWithDoublePrecision(
      NegativeSharing sharing, ScoreFunction score, int size, int negatives, int items) {
    int userCount = 25;
    MiniBatch batch = PairByPair.batch(sharing, size, negatives, userCount, items);
    Embeddings embeddings = embeddings(userCount, items);
    double[][] users = doubles(embeddings.users());
    double[][] itemRows = doubles(embeddings.items());
    try (WorkPool pool = new WorkPool(2)) {
      FusedStep step = step(score, 0, kernels, pool);
      step.begin(batch, items);
      double loss = step.run(embeddings, 1, 0);
      L2Term l2 = new L2Term(kernels, pool);
      double weight = L2 / (2 * size);
      loss += l2.add(weight, embeddings.users(), step.userGradients());
      loss += l2.add(weight, embeddings.items(), step.itemGradients());

      assertThat(loss)
          .isCloseTo(naive(batch, users, itemRows, score), within(3e-6 * Math.max(1, loss)));
      compare(byRow(step.userGradients()), users, batch, users, itemRows, score);
      compare(byRow(step.itemGradients()), itemRows, batch, users, itemRows, score);
    }
  }

  /** Every third element of every row against central differences; rows left out must have none. */
  private static void compare(
      Map<Integer, float[]> ours,
      double[][] table,
      MiniBatch batch,
      double[][] users,
      double[][] items,
      ScoreFunction score) {
    double largest = 0;
    double worst = 0;
    for (int r = 0; r < table.length; r += 1 + table.length / 40) {
      for (int d = r % 3; d < DIMENSION; d += 3) {
        double at = table[r][d];
        double h = 1e-5;
        table[r][d] = at + h;
        double above = naive(batch, users, items, score);
        table[r][d] = at - h;
        double below = naive(batch, users, items, score);
        table[r][d] = at;
        double slope = (above - below) / (2 * h);
        double actual = ours.containsKey(r) ? ours.get(r)[d] : 0;
        largest = Math.max(largest, Math.abs(slope));
        worst = Math.max(worst, Math.abs(slope - actual));
      }
    }
    assertThat(largest).isPositive();
    assertThat(worst).isLessThan(2e-5 * largest);
  }

  @ParameterizedTest
  @CsvSource({
    "SHARED, 20, 60",
    "INDEPENDENT, 20, 60",
    "INDEPENDENT, 3, 400",
    "IN_BATCH, 0, 60",
    "POPULAR, 20, 60"
  })
  void threadsAndKernelsChangeNoBit(NegativeSharing sharing, int negatives, int items) {
    MiniBatch batch = PairByPair.batch(sharing, 1000, negatives, 25, items);
    Embeddings embeddings = embeddings(25, items);
    double expected = 0;
    float[] users = null;
    float[] itemRows = null;
    for (int threads : new int[] {1, 2, 3, 8}) {
      for (Kernels each : new Kernels[] {kernels, Kernels.scalar()}) {
        try (WorkPool pool = new WorkPool(threads)) {
          FusedStep step = step(ScoreFunction.COSINE, 0.1, each, pool);
          step.begin(batch, items);
          double loss = step.run(embeddings, 1, 0);
          if (users == null) {
            expected = loss;
            users = step.userGradients().values().clone();
            itemRows = step.itemGradients().values().clone();
          }
          assertThat(loss).isEqualTo(expected);
          assertThat(step.userGradients().values()).isEqualTo(users);
          assertThat(step.itemGradients().values()).isEqualTo(itemRows);
        }
      }
    }
  }

  @Test
  void dropoutZeroesAboutItsShareAndScalesTheRest() {
    DropoutMasks masks = new DropoutMasks(50, 64, 0.1);
    masks.reset(400);
    int dropped = 0;
    for (int row = 0; row < 400; row++) {
      masks.draw(row, RandomStream.of(1, Purpose.DROPOUT, row));
      float[] ones = new float[64];
      java.util.Arrays.fill(ones, 1f);
      masks.apply(row, ones, 0);
      for (int d = 0; d < 50; d++) {
        assertThat(ones[d]).isIn(0f, (float) (1 / 0.9));
        dropped += ones[d] == 0f ? 1 : 0;
      }
    }

    // 20,000 draws: standard deviation 42.
    assertThat(dropped).isBetween(2000 - 210, 2000 + 210);
  }

  @Test
  void droppedElementsGetNoGradientFromTheirPair() {
    Embeddings embeddings = embeddings(3, 40);
    MiniBatch batch = new MiniBatch(NegativeSharing.SHARED);
    batch.reset(1, 10);
    batch.users()[0] = 1;
    batch.positives()[0] = 5;
    for (int j = 0; j < 10; j++) {
      batch.negatives()[j] = 20 + j;
    }
    try (WorkPool pool = new WorkPool(1)) {
      FusedStep step =
          new FusedStep(
              BilateralSoftmaxLoss.codeForm(TAU, RHO, Mode.MULTI),
              ScoreFunction.COSINE,
              DIMENSION,
              0.5,
              1,
              kernels,
              pool);
      int zeros = 0;
      for (int s = 0; s < 40; s++) {
        step.begin(batch, 40);
        step.run(embeddings, 1, s);
        for (float slope : byRow(step.userGradients()).get(1)) {
          zeros += slope == 0f ? 1 : 0;
        }
      }

      assertThat(zeros).as("of 200 elements, half dropped").isBetween(65, 135);
    }
  }

  /** The masks are those of the epoch and the step, another one for each pair. */
  @ParameterizedTest
  @CsvSource({
    "SHARED, COSINE, 7",
    "SHARED, INNER_PRODUCT, 7",
    "INDEPENDENT, COSINE, 7",
    "IN_BATCH, COSINE, 0"
  })
  void theGradientUnderDropoutIsThatOfTheValue(
      NegativeSharing sharing, ScoreFunction score, int negatives) {
    MiniBatch batch = PairByPair.batch(sharing, 19, negatives, 25, 40);
    Embeddings embeddings = embeddings(25, 40);
    try (WorkPool pool = new WorkPool(1)) {
      FusedStep step = step(score, 0.4, kernels, pool);
      DoubleSupplier value =
          () -> {
            step.begin(batch, 40);
            return step.run(embeddings, 3, 2);
          };
      value.getAsDouble();
      Map<Integer, float[]> users = byRow(step.userGradients());
      Map<Integer, float[]> items = byRow(step.itemGradients());

      assertThat(users).hasSizeGreaterThan(5);
      DifferenceQuotients.assertGradients(users, embeddings.users(), value);
      DifferenceQuotients.assertGradients(items, embeddings.items(), value);
    }
  }

  @Test
  void aNanInATableIsNamedByItsPair() {
    Embeddings embeddings = embeddings(25, 60);
    MiniBatch batch = PairByPair.batch(NegativeSharing.SHARED, 20, 10, 25, 60);
    embeddings.users().values()[embeddings.users().offset(batch.users()[3])] = Float.NaN;
    try (WorkPool pool = new WorkPool(2)) {
      FusedStep step = step(ScoreFunction.COSINE, 0, kernels, pool);
      step.begin(batch, 60);

      assertThatThrownBy(() -> step.run(embeddings, 1, 0))
          .isInstanceOf(NonFiniteScoreException.class)
          .hasMessageContaining("pair");
    }
  }
}
