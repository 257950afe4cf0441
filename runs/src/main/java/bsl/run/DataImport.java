package bsl.run;

import bsl.data.DatasetCatalog;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads what a data set was imported from, so that a run on it can say so: the record that {@code
 * bsl data import} leaves beside the pairs.
 */
public final class DataImport {
  private DataImport() {}

  /**
   * The record of a data set.
   *
   * @param dataset name of the data set
   * @param directory the data directory
   * @return sources with their digests, options, counts after each step; empty if the data set was
   *     not imported
   * @throws InputException if the record is malformed
   */
  public static Map<String, Object> of(String dataset, Path directory) {
    Path file = directory.resolve(dataset).resolve(DatasetCatalog.IMPORT_RECORD);
    return Files.exists(file) ? JsonFiles.asMap(JsonFiles.read(file, JsonNode.class)) : Map.of();
  }
}
