package bsl.spark;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.Split;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.run.RunSpec;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerStoresTest {
  private static final RunSpec RUN = Sweeps.eight().get(0);

  @TempDir Path folder;

  private static SentData tiny(long seed) {
    return new SentData(SyntheticDatasets.make(SyntheticPreset.TINY, seed), Map.of());
  }

  private Split split(String application, long broadcast, SentData data) {
    WorkerStores.Key key = new WorkerStores.Key(application, broadcast);
    return WorkerStores.of(key, () -> data, folder).split(RUN);
  }

  /** Both applications count their broadcasts from 0. */
  @Test
  void aSecondApplicationInOneJvmHasItsOwnData() {
    SentData first = tiny(1);
    SentData second = tiny(2);

    assertThat(split("local-1", 0, first))
        .isEqualTo(SyntheticDatasets.make(SyntheticPreset.TINY, 1));
    assertThat(split("local-2", 0, second))
        .isEqualTo(SyntheticDatasets.make(SyntheticPreset.TINY, 2));
    assertThat(split("local-2", 1, first))
        .isEqualTo(SyntheticDatasets.make(SyntheticPreset.TINY, 1));
  }

  @Test
  void aDataSetIsUnpackedOnceForAllRunsOfAnApplication() {
    AtomicInteger unpacked = new AtomicInteger();
    for (int run = 0; run < 3; run++) {
      WorkerStores.of(
              new WorkerStores.Key("local-3", 0),
              () -> {
                unpacked.incrementAndGet();
                return tiny(1);
              },
              folder.resolve("run " + run))
          .split(RUN);
    }

    // Once for its pairs and once for what it was imported from.
    assertThat(unpacked.get()).isEqualTo(2);
  }
}
