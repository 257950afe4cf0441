package bsl.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingLimitsTest {
  private static final Interactions ONE = Interactions.of(1, 2, new int[] {0}, new int[] {0});
  private static final Interactions TRAIN = TrainingRunTest.parity(300, 80, 10, 3).train();

  private static RunSpec spec(String assignments) {
    return RunSpec.of(
        Settings.ofAssignments(List.of("dataset=mine"))
            .setAll(Settings.ofAssignments(Arrays.asList(assignments.split(" ")))));
  }

  private static void make(RunSpec spec, Interactions train) {
    try (WorkPool pool = new WorkPool(1)) {
      new Training(spec, train, train, Kernels.best(), pool);
    }
  }

  @Test
  void inBatchNegativesNeedTwoTrainPairs() {
    assertThatThrownBy(() -> make(spec("negative_sampling=in-batch"), ONE))
        .isInstanceOf(InputException.class)
        .hasMessage("negative_sampling in-batch needs at least 2 train pairs; data set mine has 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "negative_sampling=independent negatives=1048576|negative_sampling independent with 2048"
            + " pairs and negatives 1048576 are 2147483648 numbers per mini-batch",
        "negative_sampling=popular negatives=1048576 dimension=4096|1048576 negatives with"
            + " embeddings of 4096 are ",
        "negative_sampling=popular negatives=1048576 dimension=1024 layers=3 backbone=ngcf|1048576"
            + " negatives with embeddings of 4096 are ",
      })
  void whatExceedsAnArrayIsRefusedBeforeTraining(String assignments, String message) {
    assertThatThrownBy(() -> make(spec(assignments), TRAIN))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource({
    "dropout=0.999999, dropout is so close to 1 that all is dropped: 0.999999",
    "message_dropout=0.999999 backbone=ngcf, backbone ngcf: dropout is so close to 1"
  })
  void whatATrainerDoesNotTakeIsRefusedBeforeTraining(String assignments, String message) {
    assertThatThrownBy(() -> make(spec(assignments), TRAIN))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void scoresOfMiniBatchesOfUsersThatExceedAnArrayAreRefused() {
    int users = 50_000;
    int[] all = IntStream.range(0, users).toArray();
    Interactions wide = Interactions.of(users, 60_000, all, all);

    assertThatThrownBy(() -> make(spec("batch_users=60000 negatives=0 dimension=1"), wide))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "batch_users 50000 with 60000 negatives are 3003200000 numbers per mini-batch,"
                + " more than one array holds (2147483639)");
    assertThatCode(() -> make(spec("batch_users=30000 negatives=0 dimension=1"), wide))
        .doesNotThrowAnyException();
    assertThatCode(() -> make(spec("batch_users=60000 negatives=1 dimension=1"), wide))
        .doesNotThrowAnyException();
  }

  @Test
  void whatIsBoundedByTheDataIsNotRefused() {
    assertThatCode(() -> make(spec("negative_sampling=independent negatives=1048576"), ONE))
        .doesNotThrowAnyException();
    assertThatCode(() -> make(spec("negatives=1048576 batch_size=1048576"), TRAIN))
        .doesNotThrowAnyException();
    assertThatCode(() -> make(spec("negatives=0 batch_users=1048576"), TRAIN))
        .doesNotThrowAnyException();
  }

  @Test
  void parametersThatDoNotGoTogetherAreRefusedWithTheLoss() {
    assertThatThrownBy(() -> spec("loss=bsl-paper tau=1e25 tau_ratio=1e-15"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("loss bsl-paper: ");
  }
}
