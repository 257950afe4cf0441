package bsl.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;
import bsl.core.sampling.EpochBatches;
import bsl.core.sampling.NegativeSampler;
import bsl.core.sampling.NegativeSharing;
import bsl.losses.BilateralSoftmaxLoss;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A whole training of matrix factorisation with Adam in closed form against one with dense Adam, on
 * data in which most rows miss most steps.
 */
class ClosedFormTrainingTest {
  private static final int USERS = 500;
  private static final int ITEMS = 700;
  private static final int GROUPS = 7;
  private static final int DIMENSION = 16;
  private static final int EPOCHS = 12;
  private static final int LIST = 20;

  /** Whether a user has an item: often in the user's own group, rarely elsewhere. */
  private static final boolean[][] LIKED = liked();

  private static boolean[][] liked() {
    RandomStream random = RandomStream.of(1, Purpose.TEST);
    boolean[][] liked = new boolean[USERS][ITEMS];
    for (int u = 0; u < USERS; u++) {
      for (int i = 0; i < ITEMS; i++) {
        liked[u][i] = random.nextDouble() < (u % GROUPS == i % GROUPS ? 0.1 : 0.003);
      }
    }
    return liked;
  }

  /** Every fifth pair is left out of training. */
  private static boolean isTest(int user, int item) {
    return (user * 31 + item) % 5 == 0;
  }

  private static Interactions train() {
    int[] pairs =
        IntStream.range(0, USERS * ITEMS)
            .filter(p -> LIKED[p / ITEMS][p % ITEMS] && !isTest(p / ITEMS, p % ITEMS))
            .toArray();
    return Interactions.of(
        USERS,
        ITEMS,
        Arrays.stream(pairs).map(p -> p / ITEMS).toArray(),
        Arrays.stream(pairs).map(p -> p % ITEMS).toArray());
  }

  private static Embeddings initial() {
    return MatrixFactorization.initial(USERS, ITEMS, DIMENSION, 4);
  }

  private static Embeddings trained(Adam.Mode mode) {
    Kernels kernels = Kernels.best();
    try (WorkPool pool = new WorkPool(2)) {
      Backbone backbone = new MatrixFactorization(initial(), mode, kernels, pool);
      EpochBatches batches =
          new EpochBatches(
              train(), 16, NegativeSharing.SHARED, 12, NegativeSampler.uniform(ITEMS), 3, pool);
      RankingTrainer trainer =
          new RankingTrainer(
              backbone,
              BilateralSoftmaxLoss.codeForm(0.2, 1.1, Mode.MULTI, kernels),
              ScoreFunction.COSINE,
              batches,
              ITEMS,
              DIMENSION,
              0,
              1e-4,
              new LearningRateSchedule(0.01, 1, 0.5, EPOCHS),
              1,
              kernels,
              pool);
      for (int epoch = 1; epoch <= EPOCHS; epoch++) {
        trainer.trainEpoch(epoch, done -> {}, () -> false);
      }
      return backbone.forward();
    }
  }

  /** Root of the sum of squared differences. */
  private static double distance(Embeddings one, Embeddings other) {
    double sum = 0;
    for (int t = 0; t < 2; t++) {
      EmbeddingTable a = t == 0 ? one.users() : one.items();
      EmbeddingTable b = t == 0 ? other.users() : other.items();
      for (int k = 0; k < a.values().length; k++) {
        double difference = a.values()[k] - (double) b.values()[k];
        sum += difference * difference;
      }
    }
    return Math.sqrt(sum);
  }

  /** Share of the test pairs that are among the first items of their users. */
  private static double recall(Embeddings embeddings) {
    int hits = 0;
    int pairs = 0;
    for (int u = 0; u < USERS; u++) {
      float[] user = embeddings.users().row(u);
      double[] scores = new double[ITEMS];
      for (int i = 0; i < ITEMS; i++) {
        float[] item = embeddings.items().row(i);
        double product = 0;
        double square = 0;
        for (int d = 0; d < item.length; d++) {
          product += user[d] * (double) item[d];
          square += item[d] * (double) item[d];
        }
        boolean isTrain = LIKED[u][i] && !isTest(u, i);
        scores[i] = isTrain ? Double.NEGATIVE_INFINITY : product / Math.sqrt(square);
      }
      double last = Arrays.stream(scores).sorted().toArray()[ITEMS - LIST];
      for (int i = 0; i < ITEMS; i++) {
        if (LIKED[u][i] && isTest(u, i)) {
          pairs++;
          hits += scores[i] >= last ? 1 : 0;
        }
      }
    }
    return hits / (double) pairs;
  }

  /**
   * Dense Adam has 1 - 0.999f for 1 - beta2, which is off by 1.3e-5, so its movements are off by
   * half of that; the closed form has roundings of its own.
   */
  @Test
  void agreesWithDenseAdam() {
    Embeddings dense = trained(Adam.Mode.DENSE);
    Embeddings closedForm = trained(Adam.Mode.CLOSED_FORM);

    assertThat(distance(closedForm, dense)).isLessThan(2e-5 * distance(dense, initial()));
    assertThat(recall(dense)).isGreaterThan(5 * recall(initial()));
    assertThat(recall(closedForm)).isCloseTo(recall(dense), within(0.002));
  }
}
