package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.kernel.Kernels;
import bsl.data.DatasetWriter;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.run.Presets;
import bsl.run.RunListener;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Path presets;
  private OwnPresets own;

  @BeforeEach
  void presetsAreHere() throws IOException {
    presets = Files.createDirectories(folder.resolve("presets"));
    own = new OwnPresets(presets);
  }

  @AfterEach
  void presetsAreWhereTheyWere() {
    own.close();
  }

  private int doctor() {
    return CommandLines.call(
        out,
        err,
        "doctor",
        "--data=" + folder.resolve("data"),
        "--runs=" + folder.resolve("runs"),
        "--json=" + folder.resolve("doctor.json"));
  }

  private JsonNode check(String about) throws IOException {
    JsonNode checks =
        new ObjectMapper().readTree(folder.resolve("doctor.json").toFile()).get("checks");
    for (JsonNode check : checks) {
      if (check.get("about").asText().equals(about)) {
        return check;
      }
    }
    throw new AssertionError("no check of " + about + " in " + checks);
  }

  private String status(String about) throws IOException {
    return check(about).get("status").asText();
  }

  @Test
  void worksWhereThereIsNothingYet() throws IOException {
    assertThat(doctor()).as(out.toString()).isZero();

    assertThat(status("data directory")).isEqualTo("warning");
    assertThat(status("data set ml-1m")).isEqualTo("ok");
    assertThat(check("data set ml-1m").get("state").asText()).contains("not here");
    assertThat(status("runs")).isEqualTo("ok");
    assertThat(status("vector kernels")).isEqualTo("ok");
    assertThat(check("vector kernels").get("state").asText()).isEqualTo(Kernels.best().name());
    assertThat(check("memory").get("state").asText()).contains("users and items");
    for (String about :
        new String[] {"Java", "cores", "disk for runs", "fonts", "presets", "own presets"}) {
      assertThat(status(about)).as(about).isEqualTo("ok");
    }
    assertThat(out.toString()).contains(" 0 problems");
  }

  @Test
  void findsWhatIsDamaged() throws IOException {
    DatasetWriter.write(SyntheticDatasets.make(SyntheticPreset.TINY, 1), folder.resolve("data"));
    Files.createDirectories(folder.resolve("data/ml-1m"));
    Files.writeString(folder.resolve("data/ml-1m/train.txt"), "0 1 2\n");
    Files.writeString(folder.resolve("data/ml-1m/test.txt"), "0 3\n");
    Files.createDirectories(folder.resolve("data/torn"));
    Files.writeString(folder.resolve("data/torn/train.txt"), "0 1 x\n");
    Files.writeString(folder.resolve("data/torn/test.txt"), "0 3\n");
    Path noisy = folder.resolve("data/noisy");
    CommandLines.call(
        out,
        err,
        "noise",
        "--dataset=tiny",
        "--positive=0.1",
        "--data=" + noisy.getParent(),
        "--out=" + noisy);
    Files.copy(
        folder.resolve("data/tiny/train.txt.gz"),
        noisy.resolve("train.txt.gz"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.createDirectories(folder.resolve("runs/a"));
    Files.createDirectories(folder.resolve("runs/b"));
    Files.writeString(folder.resolve("runs/b/result.json"), "{");
    Files.createDirectories(folder.resolve("runs/c"));
    Files.writeString(folder.resolve("runs/c/provenance.json"), "{\"format\": \"fit-1\"}");

    assertThat(doctor()).isEqualTo(1);

    assertThat(status("data set tiny")).isEqualTo("ok");
    assertThat(status("data set ml-1m")).isEqualTo("problem");
    assertThat(check("data set ml-1m").get("advice").asText()).contains("bsl data fetch ml-1m");
    assertThat(status("data set torn")).isEqualTo("problem");
    assertThat(check("data set torn").get("state").asText()).contains("train.txt", "x");
    assertThat(status("runs")).isEqualTo("problem");
    assertThat(check("runs").get("state").asText())
        .contains("1 unfinished", "1 damaged", "1 fit of a baseline");
    assertThat(new ObjectMapper().readTree(folder.resolve("doctor.json").toFile()).get("problems"))
        .hasToString("4");
    assertThat(out.toString())
        .contains("problem  data set torn: ")
        .contains("problem  data set noisy: was changed after 'bsl noise'");
  }

  @Test
  void listsOwnPresetsAndNamesThoseThatCannotBeUsed() throws IOException {
    Path mine = Files.writeString(presets.resolve("mine.yaml"), "losses: {bsl: {tau: 0.3}}\n");
    Files.writeString(
        presets.resolve("of-mf.yaml"), "backbone: mf\nlosses: {sl: {}, bsl: {tau: 0.3}}\n");
    Files.writeString(presets.resolve("notes.txt"), "no preset\n");

    assertThat(doctor()).as(out.toString()).isZero();
    assertThat(status("own presets")).isEqualTo("ok");
    assertThat(check("own presets").get("state").asText())
        .isEqualTo(presets + ": mine (loss bsl); of-mf (backbone mf, loss sl, bsl)");

    Files.writeString(mine, "losses:\n  bsl: {tau: much}\n");
    Files.writeString(presets.resolve("fast.yaml"), "losses: {bsl: {tau: 0.3}}\n");
    assertThat(doctor()).isEqualTo(1);
    assertThat(status("own presets")).isEqualTo("problem");
    assertThat(check("own presets").get("state").asText())
        .contains(": of-mf (", "; 2 cannot be used: ")
        .contains(mine + ":2: ", "'much'")
        .contains("fast.yaml: is never read by its name");
    assertThat(check("own presets").get("advice").asText()).isNotEmpty();
    assertThat(out.toString()).contains(" 1 problem\n");
  }

  @Test
  void worksWhereFilesAreInTheWay() throws IOException {
    Files.writeString(folder.resolve("data"), "");
    Files.writeString(folder.resolve("runs"), "");

    assertThat(doctor()).isEqualTo(1);

    assertThat(status("data directory")).isEqualTo("problem");
    assertThat(status("runs")).isEqualTo("problem");
    assertThat(status("disk for runs")).isEqualTo("problem");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void foldersThatCannotBeDataSetsAreNobodysProblem() throws IOException {
    Files.createDirectories(folder.resolve("data/lost+found"));

    assertThat(doctor()).as(out.toString()).isZero();
    assertThat(out.toString()).doesNotContain("lost+found");
  }

  @Test
  void anInterruptedRunIsUnfinished() throws IOException {
    Path runs = Files.createDirectories(folder.resolve("runs"));
    CommandLines.call(out, err, "data", "synthesize", "tiny", "--data=" + folder.resolve("data"));
    RunStore store = new RunStore(runs, name -> SyntheticDatasets.make(SyntheticPreset.TINY, 1));
    RunSpec spec = Presets.spec("fast", "tiny", "mf", "sl");
    AtomicInteger asked = new AtomicInteger();
    RunResult result =
        store
            .run(spec, "fast", 1)
            .execute(true, RunListener.SILENT, () -> asked.incrementAndGet() > 40);
    assertThat(result.complete()).isFalse();

    doctor();
    assertThat(check("runs").get("state").asText()).contains("0 finished, 1 unfinished");
  }

  @Test
  void aProblemIsOneLineWhateverNamesAndIdsHave() {
    assertThat(HealthCheck.problem("ids", "a\nb is there twice", "").state())
        .isEqualTo("a b is there twice");
  }
}
