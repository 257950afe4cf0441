package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.run.Presets;
import bsl.run.RunData;
import bsl.run.RunFolder;
import bsl.run.RunId;
import bsl.run.RunListener;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import bsl.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordNamesTest {
  @TempDir Path docs;

  @Test
  void recordsGetTheirNamesAndCitationsFollow() throws IOException {
    RunSpec spec = Presets.spec("fast", "tiny", "mf", "sl").with(SettingKey.EPOCHS, 1);
    RunData data = RunData.of(SyntheticDatasets.make(SyntheticPreset.TINY, 1), spec);
    String name = RunId.of(spec, data.digests()).folderName();
    Path old = docs.resolve("results/runs/tiny-mf-sl-0123");
    new TrainingRun(spec, data, "fast", 1, new RunFolder(old))
        .execute(false, RunListener.SILENT, () -> false);
    Path table =
        Files.writeString(docs.resolve("results/a.csv"), "x,run\n1,../runs/tiny-mf-sl-0123\n");
    Path text =
        Files.writeString(
            docs.resolve("b.md"),
            "[it](results/runs/tiny-mf-sl-0123/provenance.json), runs/tiny-mf-sl-01234,"
                + " work/runs/RUN, runs/tiny-mf-sl-0123.");

    assertThat(RecordNames.update(docs)).isEqualTo(Map.of("tiny-mf-sl-0123", name));

    assertThat(docs.resolve("results/runs").resolve(name).resolve("result.json")).exists();
    assertThat(old).doesNotExist();
    assertThat(table).hasContent("x,run\n1,../runs/" + name + "\n");
    assertThat(text)
        .hasContent(
            "[it](results/runs/"
                + name
                + "/provenance.json), runs/tiny-mf-sl-01234, work/runs/RUN, runs/"
                + name
                + ".");
    assertThat(RecordNames.update(docs)).as("a second time").isEmpty();
  }
}
