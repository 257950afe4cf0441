package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs over mini-batches of users: what their settings mean, and that they train. */
class UserWiseRunTest {
  private static final BooleanSupplier NEVER = () -> false;
  private static final Map<String, String> DATA = Map.of("train", "aa", "test", "bb");

  @TempDir Path folder;

  private static RunSpec spec(String assignments) {
    Settings settings =
        Settings.ofAssignments(
            List.of(
                "dataset=parity",
                "batch_users=16",
                "batch_size=100",
                "negatives=0",
                "epochs=12",
                "learning_rate=0.02"));
    Arrays.stream(assignments.split(" "))
        .filter(assignment -> !assignment.isEmpty())
        .forEach(settings::setAssignment);
    return RunSpec.of(settings);
  }

  private TrainingRun run(RunSpec spec, String name, int threads) {
    RunData data = RunData.of(TrainingRunTest.parity(120, 80, 10, 3), spec);
    return new TrainingRun(spec, data, "none", threads, new RunFolder(folder.resolve(name)));
  }

  private RunResult train(RunSpec spec, String name, int threads) {
    return run(spec, name, threads).execute(false, RunListener.SILENT, NEVER);
  }

  static List<String> losses() {
    return TrainingRunTest.losses();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void everyLossLearnsWithItsPreset(String loss) {
    Settings settings = Presets.of("fast", "parity", "mf", loss);
    settings.setAssignment("dataset=parity").setAssignment("loss=" + loss);
    settings.setAssignment("batch_size=100").setAssignment("batch_users=16");
    settings.setAssignment("negatives=20").setAssignment("learning_rate=0.02");

    assertThat(train(RunSpec.of(settings), "run", 1).metrics().get("recall@20")).isGreaterThan(0.3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "backbone=lightgcn",
        "negatives=30 negative_sampling=popular negative_noise=0.3 dropout=0.1",
        "positive_groups=user tau=0.5 adam=closed-form negatives=30"
      })
  void resumesToTheSameBitsOnAnyNumberOfThreads(String assignments) {
    RunSpec spec = spec(assignments);
    RunResult whole = train(spec, "whole", 1);
    AtomicInteger steps = new AtomicInteger();

    assertThat(
            run(spec, "cut", 2)
                .execute(false, RunListener.SILENT, () -> steps.incrementAndGet() > 60)
                .complete())
        .isFalse();
    RunResult resumed = run(spec, "cut", 3).execute(true, RunListener.SILENT, NEVER);

    assertThat(whole.metrics().get("recall@20")).isGreaterThan(0.3);
    assertThat(resumed.complete()).isTrue();
    assertThat(resumed.modelSha256()).isEqualTo(whole.modelSha256());
  }

  @Test
  void eachSettingOfMiniBatchesOfUsersChangesTheResult() {
    String all = train(spec(""), "all", 1).modelSha256();
    for (String change :
        List.of(
            "batch_users=17",
            "batch_size=150",
            "positive_groups=user",
            "negatives=79",
            "negative_sampling=popular",
            "negative_noise=0")) {
      assertThat(train(spec(change), change, 1).modelSha256()).as(change).isNotEqualTo(all);
    }
  }

  /** Whatever does not enter a run's identity must not change its bits. */
  @ParameterizedTest
  @CsvSource({
    "loss=bpr, batch_size=30",
    "loss=bpr, positive_groups=user",
    "loss=sl mode=reweight, batch_size=30",
    "loss=bsl positive_groups=user, batch_size=30"
  })
  void whatHasNoSayChangesNoBit(String base, String change) {
    RunSpec one = spec(base);
    RunSpec other = spec(base + " " + change);

    assertThat(RunId.of(other, DATA)).isEqualTo(RunId.of(one, DATA));
    assertThat(train(other, "other", 1).modelSha256())
        .isEqualTo(train(one, "one", 1).modelSha256());
  }

  @Test
  void withoutUsersZeroNegativesAreAllItems() {
    RunSpec zero = spec("batch_users=0");
    RunSpec many = spec("batch_users=0 negatives=80");

    assertThat(train(zero, "zero", 1).modelSha256())
        .isEqualTo(train(many, "many", 2).modelSha256());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "positive_groups|batch_users=0|has no effect without batch_users",
        "positive_groups|loss=bpr|has no effect with batch_users and loss bpr",
        "positive_groups|mode=reweight|has no effect with batch_users and loss bsl in mode reweight",
        "batch_size|loss=mse|has no effect with batch_users and loss mse",
        "batch_size|positive_groups=user|has no effect with batch_users and positive_groups user",
        "in_batch_gradient||has no effect without negative_sampling in-batch",
        "negative_noise_on||has no effect with negative_noise 1",
        "negative_noise_on|negative_noise=0|",
        "positive_groups||",
        "batch_size||",
        "batch_size|batch_users=0 loss=bpr|",
        "positive_groups|loss=triplet|",
        "negatives||"
      })
  void saysWhatHasNoEffect(String key, String assignments, String why) {
    SettingKey setting = SettingKey.named(key, "test");

    assertThat(spec(assignments == null ? "" : assignments).whyIgnored(setting))
        .isEqualTo(Optional.ofNullable(why));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "negative_sampling=in-batch|batch_users 16 needs negative_sampling shared or popular, not"
            + " in-batch, since all pairs of a mini-batch have the same negatives; batch_users 0 is"
            + " for mini-batches of pairs",
        "negative_sampling=independent|batch_users 16 needs negative_sampling shared or popular,"
            + " not independent, since all pairs of a mini-batch have the same negatives;"
            + " batch_users 0 is for mini-batches of pairs",
        "negative_noise=1e-9|negative_noise 1.0E-9 with batch_users must be 0 or between 1.0E-6"
            + " and 1000000.0",
        "batch_users=0 negative_sampling=popular|negatives 0, which is all items, needs"
            + " negative_sampling shared or batch_users, not negative_sampling popular",
        "batch_users=0 negative_sampling=independent|negatives 0, which is all items, needs"
            + " negative_sampling shared or batch_users, not negative_sampling independent"
      })
  void refusesWhatDoesNotGoTogether(String assignments, String message) {
    assertThatThrownBy(() -> spec(assignments))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }

  private static void make(RunSpec spec, Interactions train, Interactions positives) {
    try (WorkPool pool = new WorkPool(1)) {
      new Training(spec, train, positives, Kernels.best(), pool);
    }
  }

  /** Users 0 and 1 have one pair each, user 2 has items 0 to 8 of ten, which nobody else has. */
  private static Interactions greedy(int items) {
    int[] users = new int[11];
    int[] itemOf = new int[11];
    Arrays.fill(users, 2, 11, 2);
    users[1] = 1;
    itemOf[0] = 9;
    itemOf[1] = 9;
    for (int k = 0; k < 9; k++) {
      itemOf[2 + k] = k;
    }
    return Interactions.of(3, items, users, itemOf);
  }

  @Test
  void aUserIsNotLeftWithoutNegatives() {
    Interactions train = greedy(10);
    Interactions saturated = Interactions.of(3, 9, train.pairUsers(), nines(train));

    assertThatThrownBy(() -> make(spec("negative_noise=0"), saturated, saturated))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "negative_noise 0 leaves user 2 without negatives: all items that are negatives are"
                + " its own");
    assertThatCode(() -> make(spec("negative_noise=0"), train, train)).doesNotThrowAnyException();
    // Popular negatives are items with pairs, and user 2 has all of those.
    Interactions wide = Interactions.of(3, 40, train.pairUsers(), nines(train));
    assertThatCode(() -> make(spec("negative_noise=0"), wide, wide)).doesNotThrowAnyException();
    RunSpec popular = spec("negative_noise=0 negative_sampling=popular negatives=5");
    assertThatThrownBy(() -> make(popular, wide, wide))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("negative_noise 0 leaves user 2 without negatives");
    assertThatCode(() -> make(spec("negative_noise=0 negatives=5"), train, train))
        .doesNotThrowAnyException();
  }

  /** The items with 9 made 8. */
  private static int[] nines(Interactions train) {
    return Arrays.stream(train.pairItems()).map(item -> Math.min(item, 8)).toArray();
  }

  @Test
  void aMiniBatchOfUsersHasAtMostTheLargestUsers() {
    Interactions train = greedy(40);

    assertThat(UserBatchSize.of(spec("batch_users=2"), train))
        .isEqualTo(new UserBatchSize(2, 10, 40, 40));
    assertThat(UserBatchSize.of(spec("batch_users=2 negatives=5"), train))
        .isEqualTo(new UserBatchSize(2, 10, 5, 15));
    assertThat(UserBatchSize.of(spec("batch_users=1 negatives=35"), train))
        .isEqualTo(new UserBatchSize(1, 9, 35, 40));
    assertThat(UserBatchSize.of(spec("batch_users=100"), train.widened(50, 40)))
        .isEqualTo(new UserBatchSize(3, 11, 40, 40));
    assertThat(UserBatchSize.of(spec("batch_users=4 pairs_per_user=2"), train))
        .isEqualTo(new UserBatchSize(4, 8, 40, 40));
    assertThat(UserBatchSize.of(spec("batch_users=4 pairs_per_user=3"), train))
        .isEqualTo(new UserBatchSize(4, 10, 40, 40));
    assertThat(UserBatchSize.of(spec("batch_users=6 pairs_per_user=2"), train))
        .isEqualTo(new UserBatchSize(6, 10, 40, 40));
  }
}
