package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.losses.LossKinds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A loss and a backbone that belong to another project: a class each, a line under {@code
 * META-INF/services}, a preset. Nothing else names them but this test.
 */
class OutsideKindsTest {
  private static final Map<String, String> DATA = Map.of("train", "aa", "test", "bb");

  @TempDir Path folder;

  private RunResult train(RunSpec spec, String name, int threads) {
    RunData data = RunData.of(TrainingRunTest.parity(120, 80, 10, 3), spec);
    return new TrainingRun(spec, data, "fast", threads, new RunFolder(folder.resolve(name)))
        .execute(false, RunListener.SILENT, () -> false);
  }

  private static SettingKey key(String name) {
    return SettingKey.named(name, "test");
  }

  @Test
  void theLossTrainsByNameWithItsPreset() {
    RunSpec spec = Presets.spec("fast", "parity", "mf", "triplet");
    RunResult result =
        train(spec.with(SettingKey.BATCH_SIZE, 100).with(SettingKey.LEARNING_RATE, 0.02), "a", 2);

    assertThat(result.loss()).isEqualTo("triplet");
    assertThat(result.metrics().get("recall@20"))
        .as("a random ranking finds 20/80 of the items")
        .isGreaterThan(0.35);
    assertThat(result.hyperParameters()).containsEntry("triplet_gap", 0.4);
    Path record = folder.resolve("a/provenance.json");
    assertThat(Provenance.read(record).spec(record).asMap()).containsEntry("triplet_gap", 0.4);
  }

  @Test
  void theBackboneTrainsByNameWithItsPreset() {
    RunSpec spec = Presets.spec("fast", "parity", "scaled-mf", "bsl");
    RunResult result = train(spec, "one", 1);

    assertThat(result.backbone()).isEqualTo("scaled-mf");
    assertThat(result.hyperParameters()).containsEntry("initial_scale", 0.5);
    assertThat(result.metrics().get("recall@20")).isGreaterThan(0.35);
    assertThat(train(spec, "two", 2).modelSha256()).isEqualTo(result.modelSha256());
    assertThat(train(spec.with(key("initial_scale"), 2), "other", 1).modelSha256())
        .isNotEqualTo(result.modelSha256());
    assertThat(RunCost.seconds(spec, TrainingRunTest.parity(120, 80, 10, 3).train())).isPositive();
  }

  @Test
  void theirNamesAreListed() {
    assertThat(LossKinds.names()).endsWith("triplet");
    assertThat(BackboneKinds.names()).endsWith("scaled-mf");
    assertThat(SettingKey.all().stream().map(SettingKey::key))
        .endsWith("triplet_gap", "initial_scale");
    assertThat(key("triplet-gap").flag()).isEqualTo("--triplet-gap");
  }

  @Test
  void theirSettingsAreSetAndCheckedLikeAllOthers() {
    Settings settings =
        Settings.ofAssignments(List.of("dataset=tiny", "loss=triplet", "triplet-gap=2"));

    assertThat(RunSpec.of(settings).asMap()).containsEntry("triplet_gap", 2.0);
    assertThatThrownBy(() -> Settings.ofAssignments(List.of("triplet_gap=0")))
        .isInstanceOf(InputException.class)
        .hasMessage("--set: triplet_gap '0' is not a positive number");
    assertThatThrownBy(() -> Settings.ofAssignments(List.of("tripletgap=1")))
        .hasMessageEndingWith("; did you mean 'triplet_gap'?");
  }

  @Test
  void theirSettingsEnterTheIdentityOfTheirRunsOnly() {
    RunSpec spec = Presets.spec("fast", "parity", "mf", "triplet");
    RunSpec other = Presets.spec("fast", "parity", "mf", "bsl");

    assertThat(RunId.of(spec.with(key("triplet_gap"), 0.6), DATA))
        .isNotEqualTo(RunId.of(spec, DATA));
    assertThat(other.asMap()).doesNotContainKeys("triplet_gap", "initial_scale");
    assertThat(other.whyIgnored(key("triplet_gap"))).contains("is not read by loss bsl");
    assertThat(other.whyIgnored(key("initial_scale"))).contains("is not read by backbone mf");
    assertThat(spec.whyIgnored(SettingKey.TAU)).contains("is not read by loss triplet");
  }

  @Test
  void aPresetFromOutsideIsMergedAndChangesNothingElse() {
    Map<String, Object> triplet = Presets.spec("fast", "tiny", "mf", "triplet").asMap();
    Map<String, Object> bsl = Presets.spec("fast", "tiny", "mf", "bsl").asMap();

    assertThat(triplet)
        .as("from this project's common part")
        .containsEntry("learning_rate", 0.003)
        .containsEntry("patience", 10L);
    assertThat(triplet).containsEntry("dropout", 0.05).containsEntry("negatives", 64L);
    assertThat(bsl).containsEntry("dropout", 0.0).containsEntry("negatives", 1024L);
  }

  @Test
  void aLossFromOutsideWithoutAPresetTakesTheCommonPart() {
    Map<String, Object> common = Presets.spec("fast", "tiny", "lightgcn", "triplet").asMap();

    assertThat(common)
        .containsEntry("layers", 2L)
        .containsEntry("learning_rate", 0.003)
        .containsEntry("triplet_gap", 0.5);
    assertThatThrownBy(() -> Presets.spec("fast", "tiny", "scaled-mf", "sl"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "--preset 'fast' has nothing for data set tiny, backbone scaled-mf, loss sl; for this"
                + " data set and backbone it has bsl");
  }
}
