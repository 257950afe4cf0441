package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.backbones.FoldIn;
import bsl.core.EmbeddingTable;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.Split;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.losses.BilateralSoftmaxLoss;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import bsl.losses.MeanSquaredErrorLoss;
import bsl.losses.RankingLoss;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folding in by a run's settings against folding in with the arguments that they stand for. */
class UserFoldingTest {
  private static final int USERS = 40;
  private static final int ITEMS = 30;

  /** One user and one item have no pair. */
  private static final Split DATA = widened(TrainingRunTest.parity(USERS, ITEMS, 6, 3));

  /** Two new users, one of whom has more items than there are groups. */
  private static final Interactions HISTORIES =
      Interactions.of(
          2,
          ITEMS + 1,
          new int[] {0, 0, 0, 0, 0, 0, 0, 1, 1},
          new int[] {1, 3, 4, 9, 17, 20, 27, 6, 8});

  @TempDir Path folder;

  private static Split widened(Split split) {
    return Split.of(
        split.name(),
        split.train().widened(USERS + 1, ITEMS + 1),
        split.test().widened(USERS + 1, ITEMS + 1));
  }

  /** What the settings stand for. */
  private record Arguments(
      RankingLoss loss, ScoreFunction score, int groups, float[] weights, double ownWeight) {
    Arguments(ScoreFunction score, int groups, float[] weights, double ownWeight) {
      this(BilateralSoftmaxLoss.codeForm(0.3, 1.2, Mode.MULTI), score, groups, weights, ownWeight);
    }
  }

  /** Weights of all items alike, that add up to a number of negatives. */
  private static float[] alike(double negatives) {
    float[] weights = new float[ITEMS + 1];
    Arrays.fill(weights, (float) (negatives / weights.length));
    return weights;
  }

  /** Weights by the pairs of each item. */
  private static float[] popular(double negatives) {
    return weights(negatives, pair -> 1.0 / DATA.train().size());
  }

  /** Weights by the pairs of each item, where all users count alike. */
  private static float[] popularWithUsersAlike(double negatives) {
    int[] users = DATA.train().pairUsers();
    return weights(negatives, pair -> 1.0 / USERS / DATA.train().degree(users[pair]));
  }

  private static float[] weights(double negatives, IntToDoubleFunction share) {
    double[] shares = new double[ITEMS + 1];
    int[] items = DATA.train().pairItems();
    for (int pair = 0; pair < items.length; pair++) {
      shares[items[pair]] += share.applyAsDouble(pair);
    }
    float[] weights = new float[shares.length];
    for (int item = 0; item < weights.length; item++) {
      weights[item] = (float) (negatives * shares[item]);
    }
    return weights;
  }

  private void foldsInWith(Arguments expected, String... assignments) {
    Settings settings =
        Settings.ofAssignments(
            List.of(
                "dataset=parity",
                "loss=bsl",
                "tau=0.3",
                "tau_ratio=1.2",
                "dimension=8",
                "batch_size=100",
                "negatives=10",
                "learning_rate=0.05",
                "epochs=2"));
    List.of(assignments).forEach(settings::setAssignment);
    RunSpec spec = RunSpec.of(settings);
    RunData data = RunData.of(DATA, spec);
    new TrainingRun(spec, data, "none", 1, new RunFolder(folder))
        .execute(false, RunListener.SILENT, () -> false);
    TrainedRun run = TrainedRun.open(folder);
    try (WorkPool pool = new WorkPool(1)) {
      EmbeddingTable actual = UserFolding.of(run, data, pool).embeddings(HISTORIES);
      EmbeddingTable byHand =
          new FoldIn(
                  run.model().items(),
                  expected.loss,
                  expected.score,
                  meanNormOfTrained(run.model().users()),
                  expected.groups,
                  expected.weights,
                  expected.ownWeight,
                  Kernels.best(),
                  pool)
              .embeddings(HISTORIES);

      for (int user = 0; user < 2; user++) {
        for (int d = 0; d < 8; d++) {
          assertThat(actual.row(user)[d])
              .as("user %d, element %d", user, d)
              .isCloseTo(byHand.row(user)[d], within(1e-6f));
        }
      }
    }
  }

  /** The last user has no train pair. */
  private static double meanNormOfTrained(EmbeddingTable users) {
    double sum = 0;
    for (int user = 0; user < USERS; user++) {
      assertThat(DATA.train().degree(user)).isPositive();
      double square = 0;
      for (float value : users.row(user)) {
        square += value * (double) value;
      }
      sum += Math.sqrt(square);
    }
    assertThat(DATA.train().degree(USERS)).isZero();
    return sum / USERS;
  }

  @Test
  void withInnerProductsInAsManyGroupsAsThereAreMiniBatches() {
    assertThat(DATA.train().size()).isBetween(201, 300);
    foldsInWith(
        new Arguments(ScoreFunction.INNER_PRODUCT, 3, alike(10), 1), "train_score=inner-product");
  }

  @Test
  void withOneMiniBatchThatIsJustFull() {
    foldsInWith(
        new Arguments(ScoreFunction.COSINE, 1, alike(10), 1), "batch_size=" + DATA.train().size());
  }

  /** Groups by user are for mini-batches of users only. */
  @Test
  void withGroupsByUserThatHaveNoEffect() {
    foldsInWith(new Arguments(ScoreFunction.COSINE, 3, alike(10), 1), "positive_groups=user");
  }

  @Test
  void withNegativeNoiseAndAllPairsInOneGroup() {
    foldsInWith(
        new Arguments(ScoreFunction.COSINE, 1, alike(10), 0.3),
        "batch_users=16",
        "positive_groups=user",
        "negative_noise=0.3");
  }

  /** A new user has no test pairs. */
  @Test
  void withoutTheNegativeNoiseOfTestPairs() {
    foldsInWith(
        new Arguments(ScoreFunction.COSINE, 3, alike(10), 1),
        "batch_users=16",
        "negative_noise=0.3",
        "negative_noise_on=test");
  }

  @Test
  void withPopularNegatives() {
    foldsInWith(
        new Arguments(ScoreFunction.COSINE, 3, popular(10), 1), "negative_sampling=popular");
  }

  /** They are drawn as popular ones are, and the first pair's positive does not count twice. */
  @Test
  void withInBatchNegatives() {
    foldsInWith(
        new Arguments(ScoreFunction.COSINE, 3, popular(99), 1),
        "negative_sampling=in-batch",
        "in_batch_gradient=reference");
  }

  @Test
  void withInBatchNegativesOfUsersThatCountAlike() {
    foldsInWith(
        new Arguments(ScoreFunction.COSINE, 3, popularWithUsersAlike(99), 1),
        "negative_sampling=in-batch",
        "in_batch_gradient=exact",
        "pair_sampling=by-user");
  }

  /** Training draws by such weights. Folding in takes the nearest that it can tell from others. */
  @ParameterizedTest
  @CsvSource({"1e-12, 3.2e-12", "1e12, 1e12"})
  void withNegativeNoiseThatIsExtreme(String noise, double ownWeight) {
    foldsInWith(
        new Arguments(ScoreFunction.COSINE, 3, alike(10), ownWeight),
        "negative_sampling=independent",
        "negative_noise=" + noise);
  }

  /** The sum over ten negatives, and not over all items, is what the items were trained with. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "16"})
  void withAsManyNegativesAsInTrainingWhereTheLossIsASumOfThem(String usersInMiniBatch) {
    foldsInWith(
        new Arguments(new MeanSquaredErrorLoss(0.5), ScoreFunction.COSINE, 3, alike(10), 1),
        "loss=mse",
        "negative_weight=0.5",
        "batch_users=" + usersInMiniBatch);
  }

  @Test
  void withAsManyPopularNegativesAsInTraining() {
    foldsInWith(
        new Arguments(new MeanSquaredErrorLoss(0.5), ScoreFunction.COSINE, 3, popular(10), 1),
        "loss=mse",
        "negative_weight=0.5",
        "negative_sampling=popular");
  }

  /** A mini-batch draws each item once at most. */
  @ParameterizedTest
  @CsvSource({"0, shared", "16, shared", "16, popular"})
  void withNoMoreNegativesThanThereAreItems(String usersInMiniBatch, String sampling) {
    float[] weights = sampling.equals("popular") ? popular(ITEMS + 1) : alike(ITEMS + 1);
    foldsInWith(
        new Arguments(new MeanSquaredErrorLoss(0.5), ScoreFunction.COSINE, 3, weights, 1),
        "loss=mse",
        "negative_weight=0.5",
        "batch_users=" + usersInMiniBatch,
        "negative_sampling=" + sampling,
        "negatives=40");
  }

  @Test
  void withAllItemsAsNegatives() {
    foldsInWith(
        new Arguments(new MeanSquaredErrorLoss(0.5), ScoreFunction.COSINE, 3, alike(ITEMS + 1), 1),
        "loss=mse",
        "negative_weight=0.5",
        "batch_users=16",
        "negatives=0");
  }
}
