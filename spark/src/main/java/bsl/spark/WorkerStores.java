package bsl.spark;

import bsl.run.RunStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.broadcast.Broadcast;

/** The data sets of a worker's JVM, so that each is unpacked once for all of its runs. */
final class WorkerStores {
  private static final Map<Long, RunStore> BY_DATA = new ConcurrentHashMap<>();

  private WorkerStores() {}

  /**
   * A store for runs on a data set.
   *
   * @param data the data set
   * @param folder where the runs are
   */
  static RunStore of(Broadcast<WorkerData> data, Path folder) {
    RunStore base =
        BY_DATA.computeIfAbsent(
            data.id(),
            id ->
                new RunStore(
                    folder,
                    name -> {
                      try {
                        return data.value().split();
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    },
                    name -> data.value().dataImport()));
    return base.in(folder);
  }
}
