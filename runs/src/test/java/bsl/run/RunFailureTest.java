package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunFailureTest {
  private static RunFailure failure(String... assignments) {
    Settings settings = new Settings();
    settings.setAssignment("dataset=mine");
    for (String assignment : assignments) {
      settings.setAssignment(assignment);
    }
    return new RunFailure(RunSpec.of(settings), "the disk is full");
  }

  @Test
  void namesTheSettingsThatMatterAndAreNotTheDefaults() {
    String text = failure("loss=sl", "tau=0.25", "seed=7", "tau_ratio=1.5").text();

    assertThat(text)
        .startsWith("mine-mf-sl (")
        .endsWith("): the disk is full")
        .contains("tau 0.25", "seed 7")
        .doesNotContain("tau_ratio", "learning_rate");
  }

  @Test
  void severalAreOneMessage() {
    RunsFailedException failed =
        new RunsFailedException(List.of(failure("seed=7"), failure("seed=8")), Map.of());

    assertThat(failed)
        .hasMessageStartingWith("2 runs could not be trained: mine-mf-bsl (")
        .hasMessageContaining("seed 7")
        .hasMessageContaining("; mine-mf-bsl (");
    assertThat(failed.failures()).hasSize(2);
  }
}
