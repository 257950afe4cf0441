package bsl.spark;

import bsl.data.FileFailure;
import bsl.run.RunStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;

/** The data sets of a worker's JVM, so that each is unpacked once for all of its runs. */
final class WorkerStores {
  private static final Map<Key, RunStore> BY_DATA = new ConcurrentHashMap<>();

  /**
   * What names a data set in a JVM.
   *
   * @param application Spark's id of it; a JVM may see several, where the driver is the worker
   * @param broadcast number of the broadcast, counted from 0 in each application
   */
  record Key(String application, long broadcast) {}

  private WorkerStores() {}

  /**
   * A store for runs on a data set.
   *
   * @param data the data set
   * @param folder where the runs are
   */
  static RunStore of(Broadcast<WorkerData> data, Path folder) {
    String application = SparkEnv.get().conf().get("spark.app.id");
    return of(new Key(application, data.id()), data::value, folder);
  }

  /** The same by name; data sets of other applications, which have ended, are let go. */
  static RunStore of(Key key, Supplier<WorkerData> data, Path folder) {
    BY_DATA.keySet().removeIf(other -> !other.application().equals(key.application()));
    RunStore base =
        BY_DATA.computeIfAbsent(
            key,
            any ->
                new RunStore(
                    folder,
                    name -> {
                      try {
                        return data.get().split();
                      } catch (IOException e) {
                        throw new UncheckedIOException(FileFailure.message(e), e);
                      }
                    },
                    name -> data.get().dataImport()));
    return base.in(folder);
  }
}
