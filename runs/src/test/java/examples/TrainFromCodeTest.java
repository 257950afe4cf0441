package examples;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.data.DatasetWriter;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.run.TrainedRun;
import examples.TrainFromCode.Trained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainFromCodeTest {
  @TempDir private Path data;
  @TempDir private Path runs;

  @Test
  void theRunIsKeptAndFoundAgain() throws IOException {
    DatasetWriter.write(SyntheticDatasets.make(SyntheticPreset.TINY, 1), data);

    Trained trained = TrainFromCode.train(data, runs);

    Path folder = onlyRun();
    TrainedRun run = TrainedRun.open(folder);
    assertThat(run.result().epochs()).isEqualTo(40);
    assertThat(trained.model().users().values()).isEqualTo(run.model().users().values());
    // A random order of 150 items, of which some are train pairs, has about 0.15.
    assertThat(trained.recall())
        .isEqualTo(run.result().metrics().get("recall@20"))
        .isGreaterThan(0.25);
    FileTime written = Files.getLastModifiedTime(folder.resolve("result.json"));

    Trained found = TrainFromCode.train(data, runs);

    assertThat(found.model().items().values()).isEqualTo(trained.model().items().values());
    assertThat(Files.getLastModifiedTime(folder.resolve("result.json"))).isEqualTo(written);
  }

  private Path onlyRun() throws IOException {
    try (Stream<Path> folders = Files.list(runs)) {
      List<Path> found = folders.toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }
}
