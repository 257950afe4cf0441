package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnPresetTest {
  private static final String FILE =
      """
      base: fast
      dataset: ml-1m
      backbone: mf
      l2: 0.5
      losses:
        bsl: {tau: 0.33, epochs: 7}
      """;

  @TempDir Path folder;

  @BeforeEach
  void presetsAreHere() {
    System.setProperty("bsl.presets", folder.toString());
  }

  @AfterEach
  void presetsAreWhereTheyWere() {
    System.clearProperty("bsl.presets");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void isFoundByNameAndByPath() throws IOException {
    String path = write("mine.yaml", FILE).toString();

    for (String preset : new String[] {"mine", path}) {
      RunSpec spec = Presets.spec(preset, "ml-1m", "mf", "bsl");
      assertThat(spec.tau()).isEqualTo(0.33);
      assertThat(spec.l2()).isEqualTo(0.5);
      assertThat(spec.epochs()).isEqualTo(7);
      assertThat(spec.learningRate()).as("not that of fast").isEqualTo(0.001);
      assertThat(spec.dataset()).isEqualTo("ml-1m");
      assertThat(Presets.note(preset, "ml-1m", "mf", "bsl")).isEmpty();
      assertThat(Presets.isGeneric(preset, "ml-1m", "mf", "bsl")).isFalse();
    }
  }

  @Test
  void aWordThatIsNoSettingMayBeMeantForASection() throws IOException {
    for (String[] wrong :
        new String[][] {{"loses:\n  sl: {epochs: 3}", "losses"}, {"bases: fast", "base"}}) {
      Path file = write("wrong.yaml", wrong[0] + "\n");

      assertThatThrownBy(() -> Presets.spec(file.toString(), "ml-1m", "mf", "sl"))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(file + ":1: unknown key '")
          .hasMessageContaining("'; known are losses, base, dataset, ")
          .hasMessageEndingWith("; did you mean '" + wrong[1] + "'?");
    }
  }

  @Test
  void itsRecordHasNameAndDigest() throws IOException {
    write("mine.yaml", FILE);
    String recorded = Presets.spec("mine", "ml-1m", "mf", "bsl").preset();

    // printf 'losses: {sl: {}}\n' | sha256sum has the digits below.
    assertThat(recorded).matches("mine\\.yaml sha256:[0-9a-f]{12}");
    write("mine.yaml", FILE + "# changed\n");
    assertThat(Presets.spec("mine", "ml-1m", "mf", "bsl").preset()).isNotEqualTo(recorded);
    write("abc.yaml", "losses: {sl: {}}\n");
    assertThat(Presets.recordedName("abc", "mf", "sl")).isEqualTo("abc.yaml sha256:0bb9c1e99446");
  }

  @Test
  void itsBaseHasTheCellsThatItDoesNotHave() throws IOException {
    write("mine.yaml", FILE);

    assertThat(Presets.spec("mine", "ml-1m", "mf", "sl"))
        .isEqualTo(Presets.spec("fast", "ml-1m", "mf", "sl"));
    assertThat(Presets.spec("mine", "ml-1m", "mf", "sl").preset()).isEqualTo("fast");
    assertThat(Presets.spec("mine", "ml-1m", "lightgcn", "bsl"))
        .isEqualTo(Presets.spec("fast", "ml-1m", "lightgcn", "bsl"));
    assertThat(Presets.note("mine", "ml-1m", "mf", "sl"))
        .contains(
            "preset mine has nothing for backbone mf, loss sl; its base, preset fast, is taken");
    assertThat(Presets.isGeneric("mine", "ml-1m", "mf", "sl")).isFalse();
    assertThat(Presets.isGeneric("mine", "other", "mf", "sl")).isTrue();
    assertThat(Presets.isGeneric("fast", "other", "mf", "sl")).isTrue();
    assertThat(Presets.isGeneric("fast", "ml-1m", "mf", "sl")).isFalse();
    assertThat(Presets.isGeneric("none", "other", "mf", "sl")).isFalse();
    // The files for any data set are not those of a data set with this name.
    assertThat(Presets.isGeneric("fast", "any", "mf", "sl")).isTrue();
    assertThat(Presets.note("fast", "any", "mf", "sl").orElseThrow())
        .startsWith("preset fast has nothing for data set any;");
    assertThat(Presets.of("fast", "any", "mf", "sl"))
        .usingRecursiveComparison()
        .isEqualTo(Presets.of("fast", "other", "mf", "sl"));
  }

  @Test
  void anotherDataSetTakesItAndIsTold() throws IOException {
    write("mine.yaml", FILE);

    assertThat(Presets.spec("mine", "gowalla", "mf", "bsl").tau()).isEqualTo(0.33);
    assertThat(Presets.note("mine", "gowalla", "mf", "bsl"))
        .contains("preset mine was made for data set ml-1m, not gowalla");
  }

  @Test
  void withoutABaseWhatIsMissingIsRefused() throws IOException {
    write("mine.yaml", "backbone: mf\nlosses:\n  bsl: {tau: 0.33}\n  sl: {tau: 0.3}\n");

    assertThatThrownBy(() -> Presets.spec("mine", "ml-1m", "lightgcn", "bsl"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "--preset 'mine' has nothing for backbone lightgcn, loss bsl, and no base; it has"
                + " backbone mf, loss bsl, sl");
    assertThatThrownBy(() -> Presets.spec("mine", "ml-1m", "mf", "bpr"))
        .isInstanceOf(InputException.class);
  }

  @Test
  void aPresetOfThisProjectKeepsItsName() throws IOException {
    write("fast.yaml", FILE);

    assertThat(Presets.spec("fast", "ml-1m", "mf", "bsl").tau()).isEqualTo(0.17);
    assertThat(Presets.spec("fast", "ml-1m", "mf", "bsl").preset()).isEqualTo("fast");
  }

  @Test
  void whatIsNotThereIsRefused() throws IOException {
    write("mine.yaml", FILE);

    assertThatThrownBy(() -> Presets.spec("mnie", "ml-1m", "mf", "bsl"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "--preset 'mnie' is none of fast, reference, baseline, pairwise, none, mine; did you"
                + " mean 'mine'?");
    assertThatThrownBy(() -> Presets.spec("some/where.yaml", "ml-1m", "mf", "bsl"))
        .isInstanceOf(InputException.class)
        .hasMessage("--preset some/where.yaml: no such file");
    assertThatThrownBy(() -> Presets.spec("mine.yaml", "ml-1m", "mf", "bsl"))
        .isInstanceOf(InputException.class)
        .hasMessage("--preset mine.yaml: no such file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "losses:;  sl: {tua: 1}|:2: unknown key 'tua'",
        "losses:;  sl: {tau: -1}|:2: tau '-1' is not a number from 1e-18 to 1e30",
        "base: fsat;losses: {sl: {}}|:1: base 'fsat' is none of fast, reference, baseline, pairwise,"
            + " none; did you mean 'fast'?",
        "base: fast;base: fast;losses: {sl: {}}|:2: base is given twice",
        "tau: 1|: a preset lists its losses under 'losses', each with its settings",
        "loss: sl;losses: {sl: {}}|: a preset lists its losses under 'losses', each with its settings",
        "tau: '1|:1: is not YAML",
        "losses:;  sl:;    seed: 7|:3: seed is no setting of a loss, and cannot stand under sl",
        "losses: {'sl, bsl': {loss: bpr}}|:1: loss is no setting of a loss, and cannot stand under",
      })
  void aMalformedFileIsRefusedWithItsLine(String lines, String message) throws IOException {
    Path file = write("bad.yaml", lines.replace(";", "\n") + "\n");

    assertThatThrownBy(() -> Presets.spec("bad", "ml-1m", "mf", "sl"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + message)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void aBaseIsForFilesOfTheUsersOwn() {
    assertThatThrownBy(
            () ->
                SettingsReader.readPreset(
                    new ByteArrayInputStream("base: fast\n".getBytes(StandardCharsets.UTF_8)), "p"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("p:1: unknown key 'base'");
  }
}
