package bsl.spark;

import bsl.core.Split;
import bsl.data.DatasetCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A data set that workers read from a folder that they see under the driver's path. */
final class ReadData implements WorkerData {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String directory;
  private final LinkedHashMap<String, Object> dataImport;

  /**
   * @param directory the data directory
   */
  ReadData(String name, Path directory, Map<String, Object> dataImport) {
    this.name = name;
    this.directory = directory.toString();
    this.dataImport = new LinkedHashMap<>(dataImport);
  }

  @Override
  public Split split() throws IOException {
    return DatasetCatalog.load(name, Path.of(directory)).split();
  }

  @Override
  public Map<String, Object> dataImport() {
    return dataImport;
  }
}
