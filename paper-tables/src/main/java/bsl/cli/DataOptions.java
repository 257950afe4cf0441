package bsl.cli;

import bsl.core.Split;
import bsl.core.data.DataDirectory;
import bsl.core.data.DatasetCatalog;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the data sets are. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "data directory; default $BSL_DATA, else ./data, else ../shared/data")
  private Path data;

  Path directory() {
    return DataDirectory.resolve(data);
  }

  Split load(String dataset) throws IOException {
    return DatasetCatalog.load(dataset, directory()).split();
  }
}
