package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.run.RunSpec;
import bsl.run.Settings;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTest {
  private static RunSpec spec(String assignments) {
    Settings settings =
        Settings.ofAssignments(
            List.of("dataset=ml-1m", "epochs=60", "batch_size=2048", "learning_rate=0.002"));
    Arrays.stream(assignments.split(" ")).forEach(settings::setAssignment);
    return RunSpec.of(settings);
  }

  @ParameterizedTest
  @CsvSource({
    "backbone=mf batch_users=32 negatives=0,                                2048, 32, 1024, 4",
    "backbone=mf batch_users=512 negatives=300,                             2048, 64,  300, 4",
    "backbone=lightgcn batch_users=512 negatives=0,                         2048, 128, 1024, 4",
    "backbone=ngcf batch_users=100 negatives=0 negative_sampling=popular,   2048, 100, 1024, 2",
    "dataset=small backbone=lightgcn batch_users=512 negatives=0,           2048, 128, 1024, 8",
    "backbone=mf,                                                           1024, 0,   128, 4",
    "backbone=mf negatives=0,                                               1024, 0,   128, 4",
    "backbone=mf negative_sampling=independent,                             1024, 0,   32, 4",
    "backbone=lightgcn negatives=100,                                       8192, 0,   100, 4",
    "dataset=small backbone=lightgcn,                                       1024, 0,   128, 8",
    "dataset=small backbone=ngcf,                                           1024, 0,   128, 4"
  })
  void quickMakesRunsSmall(String assignments, int batch, int users, int negatives, int epochs) {
    RunSpec quick = Profile.QUICK.sized(spec(assignments + " tau_start=2"));

    assertThat(quick.batchSize()).isEqualTo(batch);
    assertThat(quick.batchUsers()).isEqualTo(users);
    assertThat(quick.negatives()).isEqualTo(negatives);
    assertThat(quick.epochs()).isEqualTo(epochs);
    assertThat(quick.learningRate()).isEqualTo(0.006);
    assertThat(quick.decayFraction()).isEqualTo(1);
    assertThat(quick.tau(1)).isEqualTo(quick.tau());
  }

  @Test
  void paperChangesNothing() {
    RunSpec spec = spec("batch_users=512 negatives=0");

    assertThat(Profile.PAPER.sized(spec)).isEqualTo(spec);
  }
}
