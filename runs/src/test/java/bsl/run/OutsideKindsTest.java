package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.losses.LossKinds;
import java.io.IOException;
import java.nio.file.Files;
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
        .containsSubsequence("triplet_gap", "contrast_weight")
        .endsWith("initial_scale");
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
  void theirCodeIsRecordedAndAnotherCodeIsAnotherRun() throws IOException {
    RunSpec spec = Presets.spec("fast", "parity", "mf", "triplet").with(SettingKey.EPOCHS, 1);
    train(spec, "run", 1);
    Path file = folder.resolve("run/provenance.json");
    Provenance record = Provenance.read(file);
    String code = record.code().get("loss triplet");

    assertThat(record.code()).containsOnlyKeys("loss triplet");
    assertThat(code).matches("version 1, SHA-256 [0-9a-f]{64}");
    assertThat(record.id(file)).isEqualTo(RunId.of(spec, record.dataDigests()));

    String other = code.replaceAll(".{64}$", "0".repeat(64));
    Files.writeString(file, Files.readString(file).replace(code, other));

    assertThat(Provenance.read(file).id(file).folderName())
        .isNotEqualTo(RunId.of(spec, record.dataDigests()).folderName());
    assertThatThrownBy(() -> train(spec, "run", 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds a run of other code (code of loss triplet has changed)");
  }

  @Test
  void aRecordFromBeforeTheirCodeWasRecordedIsAnotherRun() {
    RunSpec spec = Presets.spec("fast", "parity", "scaled-mf", "bsl");
    RunId now = RunId.of(spec, DATA);

    assertThat(now.differencesFrom(RunId.of(spec, DATA, Numerics.VERSION, Map.of())))
        .containsExactly("code of backbone scaled-mf is recorded only here");
    assertThat(now.differencesFrom(RunId.of(spec.with(SettingKey.BACKBONE, "mf"), DATA)))
        .doesNotContain("code of backbone scaled-mf is recorded only here");
  }

  @Test
  void aNameThatOnlyTheRecordKnowsIsAskedForInTheClassPath() throws IOException {
    train(Presets.spec("fast", "parity", "mf", "bsl").with(SettingKey.EPOCHS, 1), "run", 1);
    Path file = folder.resolve("run/provenance.json");
    Files.writeString(
        file, Files.readString(file).replace("\"loss\" : \"bsl\"", "\"loss\" : \"hinge\""));

    assertThatThrownBy(() -> TrainedRun.open(folder.resolve("run")))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": loss 'hinge' is none of sl, bsl")
        .hasMessageEndingWith("; is its jar in BSL_CLASSPATH?");
    assertThatThrownBy(() -> Settings.ofAssignments(List.of("loss=hinge")))
        .hasMessageEndingWith("; is its jar in BSL_CLASSPATH?");
    assertThatThrownBy(() -> Settings.ofAssignments(List.of("loss=bls")))
        .hasMessageEndingWith("; did you mean 'bsl'?");
  }

  @Test
  void aPresetSaysWhereItsSettingsForThemComeFrom() {
    assertThat(Presets.note("fast", "ml-1m", "mf", "bsl")).isEmpty();
    assertThat(Presets.note("none", "mine", "mf", "triplet")).isEmpty();
    assertThat(Presets.note("fast", "ml-1m", "lightgcn", "triplet"))
        .contains(
            "preset fast has nothing for loss triplet; the common settings of ml-1m-lightgcn are"
                + " taken");
    assertThat(Presets.note("fast", "mine", "lightgcn", "triplet"))
        .contains(
            "preset fast has nothing for loss triplet; the common settings of any-lightgcn are"
                + " taken");
    assertThat(Presets.note("fast", "mine", "mf", "triplet").orElseThrow())
        .startsWith("preset fast has nothing for data set mine; its settings for any data set");
  }

  @Test
  void aPresetFromOutsideIsMergedAndChangesNothingElse() {
    Map<String, Object> triplet = Presets.spec("fast", "tiny", "mf", "triplet").asMap();
    Map<String, Object> bsl = Presets.spec("fast", "tiny", "mf", "bsl").asMap();

    assertThat(triplet)
        .as("from this project's common part")
        .containsEntry("learning_rate", 0.003)
        .containsEntry("patience", 30L);
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
                + " data set and backbone it has bsl; --preset none trains everything, with the defaults"
                + " of settings");
  }
}
