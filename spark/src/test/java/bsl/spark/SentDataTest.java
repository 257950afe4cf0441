package bsl.spark;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.Split;
import bsl.data.DatasetWriter;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.run.RunData;
import bsl.run.RunSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What workers have of a data set is what the driver has. */
class SentDataTest {
  private static final Split TINY = SyntheticDatasets.make(SyntheticPreset.TINY, 1);

  private static <T> T sent(T object, Class<T> type) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return type.cast(in.readObject());
    }
  }

  private static Map<String, String> digests(Split split) {
    return RunData.of(split, Sweeps.eight().get(0)).digests();
  }

  @Test
  void pairsAndImportArrive() throws IOException, ClassNotFoundException {
    for (Split split : List.of(TINY, TINY.holdOut(0.2, 1))) {
      Map<String, Object> record = Map.of("files", List.of("a", "b"));
      SentData there = sent(new SentData(split, record), SentData.class);

      assertThat(digests(there.split())).isEqualTo(digests(split));
      assertThat(there.split().validation().isPresent()).isEqualTo(split.validation().isPresent());
      assertThat(there.dataImport()).isEqualTo(record);
    }
  }

  @Test
  void aPathIsReadThere(@TempDir Path folder) throws IOException, ClassNotFoundException {
    DatasetWriter.write(TINY, folder);
    ReadData there = sent(new ReadData("tiny", folder, Map.of()), ReadData.class);

    assertThat(digests(there.split())).isEqualTo(digests(TINY));
  }

  @Test
  void anOrderHasTheWholeRun() throws IOException, ClassNotFoundException {
    for (RunSpec spec : Sweeps.eight()) {
      RunOrder order = new RunOrder(spec, "digest", 0, true, false, java.util.Optional.empty());
      RunSpec there = sent(order, RunOrder.class).spec();

      assertThat(there).isEqualTo(spec);
      assertThat(there.preset()).isEqualTo("fast");
    }
  }
}
