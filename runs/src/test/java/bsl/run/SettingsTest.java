package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("my.yaml"), text);
  }

  @Test
  void readsAFlatFileWithComments() throws IOException {
    Settings settings =
        Settings.read(file("# mine\ndataset: tiny\nbatch-size: 128 # small\nl2: 1e-3\n"));

    assertThat(settings.get(SettingKey.DATASET)).isEqualTo("tiny");
    assertThat(settings.get(SettingKey.BATCH_SIZE)).isEqualTo("128");
    assertThat(RunSpec.of(settings).l2()).isEqualTo(0.001);
  }

  @Test
  void readsJsonToo() throws IOException {
    assertThat(Settings.read(file("{\"tau\": 0.25}")).get(SettingKey.TAU)).isEqualTo("0.25");
  }

  @Test
  void anEmptyFileSetsNothing() throws IOException {
    assertThat(Settings.read(file("")).has(SettingKey.TAU)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"tau: 0.1\nbatchsize: 3\"|:2: unknown key 'batchsize'",
        "\"tau: 0.1\nepochs: many\"|:2: epochs 'many' is not a whole number from 1 to 1000000",
        "\"epochs: 0\"|:1: epochs '0' is not a whole number from 1",
        "\"tau: NaN\"|:1: tau 'NaN' is not a number from 1e-18 to 1e30",
        "\"tau: -1\"|:1: tau '-1' is not a number from 1e-18 to 1e30",
        "\"dropout: 1\"|:1: dropout '1' is not a number of at least 0 and below 1",
        "\"mode: both\"|:1: mode 'both' is not one of multi, reweight",
        "\"tau:\n  a: 1\"|:1: tau is not a single value",
        "\"- tau\"|:1: is not a list of 'key: value' lines",
        "\"tau: 'abc\"|is not YAML",
        "\"tau: 0.1\ntau: 0.3\"|:2: tau is given twice, as '0.1' and as '0.3' (",
        "\"batch_size: 64\n\nbatch-size: 64\"|:3: batch_size is given twice, as '64' and as '64' (",
        "\"{\"\"tau\"\": 1, \"\"tau\"\": 2}\"|:1: tau is given twice, as '1' and as '2'",
        "\"epochs: 1\n---\ntau: 0.3\"|:3: belongs to a second YAML document, the first begins in line 1",
        "\"epochs: 1\n...\n---\n\"|:4: belongs to a second YAML document, the first begins in line 1",
        "\"seed: 1\ndataset: null\"|:2: dataset has no value",
        "\"tau: ~\"|:1: tau has no value",
        "\"tau:\"|:1: tau has no value",
        "\"{\"\"dataset\"\": null}\"|:1: dataset has no value",
        "\"dataset: ''\"|:1: dataset '' is not a text that is not blank",
        "\"tau: 0x10\"|:1: tau '0x10' is not a number from 1e-18 to 1e30",
        "\"tau: 1d\"|:1: tau '1d' is not a number from 1e-18 to 1e30",
        "\"losses: {}\"|:1: unknown key 'losses'",
        "\"batchsize: 3\"|; did you mean 'batch_size'?",
        "\"loss: bls\"|; did you mean 'bsl'?",
        "\"backbone: light-gcn\"|; did you mean 'lightgcn'?",
        "\"mode: mulit\"|; did you mean 'multi'?",
        "\"held_out_fraction: 0\"|held_out_fraction '0' is not a number above 0 and below 1",
      })
  void namesFileLineAndValueOfWhatIsWrong(String text, String message) throws IOException {
    Path file = file(text);

    assertThatThrownBy(() -> Settings.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void namesAMissingFile() {
    assertThatThrownBy(() -> Settings.read(folder.resolve("absent.yaml")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("absent.yaml: no such file");
  }

  @Test
  void laterSettingsOverrideEarlierOnes() {
    Settings settings = new Settings().set(SettingKey.TAU, "0.1", "preset");
    settings.setAll(new Settings().set(SettingKey.TAU, "0.2", "file"));
    settings.setAssignment("tau = 0.3");

    assertThat(settings.get(SettingKey.TAU)).isEqualTo("0.3");
  }

  private static Settings userWise() {
    return Settings.ofAssignments(
        List.of("batch_users=64", "pairs_per_user=8", "negative_noise=0", "l2=0.5"));
  }

  @Test
  void withPairsAskedForWhatIsForUsersOnlyFallsAway() {
    Settings preset = userWise();
    Settings pairs = preset.overriddenBy(Settings.ofAssignments(List.of("batch_users=0", "tau=1")));

    assertThat(pairs.keys())
        .containsExactlyInAnyOrder(SettingKey.BATCH_USERS, SettingKey.L2, SettingKey.TAU);
    assertThat(pairs.get(SettingKey.BATCH_USERS)).isEqualTo("0");
    assertThat(preset.get(SettingKey.PAIRS_PER_USER)).as("stays as it is").isEqualTo("8");
  }

  @Test
  void withPairsAskedForWhatIsSaidExplicitlyStays() {
    Settings own = Settings.ofAssignments(List.of("batch_users=0", "negative_noise=0.5"));
    Settings pairs = userWise().overriddenBy(own);

    assertThat(pairs.get(SettingKey.NEGATIVE_NOISE)).isEqualTo("0.5");
    assertThatThrownBy(() -> RunSpec.of(pairs.set(SettingKey.DATASET, "tiny", "test")))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("negative_noise 0.5 needs negative_sampling independent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"batch_users=32", "tau=1", "batch_size=64"})
  void withoutPairsAskedForNothingFallsAway(String assignment) {
    assertThat(userWise().overriddenBy(Settings.ofAssignments(List.of(assignment))).keys())
        .containsAll(userWise().keys());
  }

  @Test
  void ofPairsNothingFallsAway() {
    Settings preset =
        Settings.ofAssignments(List.of("negative_noise=0.5", "negative_sampling=independent"));

    assertThat(preset.overriddenBy(Settings.ofAssignments(List.of("batch_users=0"))).keys())
        .contains(SettingKey.NEGATIVE_NOISE);
  }

  @Test
  void bothPlacesOfADuplicateAreNamed() throws IOException {
    Path file = file("tau: 0.1\nseed: 2\ntau: 0.3\n");

    assertThatThrownBy(() -> Settings.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage("%1$s:3: tau is given twice, as '0.1' and as '0.3' (%1$s:1 and %1$s:3)", file);
  }

  @Test
  void aQuotedNullIsAName() throws IOException {
    assertThat(Settings.read(file("dataset: 'null'")).get(SettingKey.DATASET)).isEqualTo("null");
  }

  @Test
  void assignmentsGiveAKeyOnce() {
    assertThatThrownBy(
            () -> Settings.ofAssignments(List.of("batch_size=3", "tau=1", "batch-size=4")))
        .isInstanceOf(InputException.class)
        .hasMessage("--set: batch_size is given twice, as '3' and as '4'");
  }

  @Test
  void theKeysComeInTheOrderInWhichTheyWereGiven() {
    assertThat(Settings.ofAssignments(List.of("tau=1", "seed=3", "l2=0")).keys())
        .containsExactly(SettingKey.TAU, SettingKey.SEED, SettingKey.L2);
  }

  @Test
  void anAssignmentNeedsAnEqualsSign() {
    assertThatThrownBy(() -> new Settings().setAssignment("tau"))
        .isInstanceOf(InputException.class)
        .hasMessage("--set 'tau' is not key=value");
  }

  @Test
  void theDataSetHasNoDefault() {
    assertThatThrownBy(() -> RunSpec.of(new Settings()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--dataset");
  }
}
