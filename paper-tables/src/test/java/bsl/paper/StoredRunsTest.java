package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.Split;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.run.Presets;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StoredRunsTest {
  private static final Split TINY = SyntheticDatasets.make(SyntheticPreset.TINY, 1);
  private static final RunSpec SPEC = Presets.spec("fast", "tiny", "mf", "sl");

  @Test
  void linksLeadFromTheReportToTheRunWhereverBothLie() {
    RunStore store = new RunStore(Path.of("work", "runs"), name -> TINY);
    String run = store.folder(SPEC).getFileName().toString();

    assertThat(new StoredRuns(store, Path.of("work"), 1).link(SPEC)).isEqualTo("runs/" + run);
    assertThat(new StoredRuns(store, Path.of("work", "reports", "paper"), 1).link(SPEC))
        .isEqualTo("../../runs/" + run);
    assertThat(new StoredRuns(store, Path.of("work/reports").toAbsolutePath(), 1).link(SPEC))
        .isEqualTo("../runs/" + run);
  }
}
