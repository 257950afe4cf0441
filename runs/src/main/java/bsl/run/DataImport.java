package bsl.run;

import bsl.data.Checksum;
import bsl.data.DataFormatException;
import bsl.data.DatasetCatalog;
import bsl.data.IdFile;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

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

  /**
   * The ids that the users or items of a data set had before they were numbered, if it keeps them.
   *
   * @param dataset name of the data set
   * @param directory the data directory
   * @param file {@link IdFile#USERS} or {@link IdFile#ITEMS}
   * @param count number of users or items
   * @throws DataFormatException if the file is malformed
   * @throws InputException if it is not what the import wrote
   */
  public static Optional<IdFile> ids(String dataset, Path directory, String file, int count)
      throws IOException {
    Path path = directory.resolve(dataset).resolve(file);
    Map<String, Object> record = of(dataset, directory);
    if (!record.isEmpty() && !Files.exists(path)) {
      throw new InputException(path + ": no such file, though the data set was imported");
    }
    Optional<IdFile> ids = IdFile.read(path, count);
    // Records of earlier versions have no digests of ids.
    if (record.get("ids") instanceof Map<?, ?> digests
        && !Checksum.sha256Of(Files.readAllBytes(path)).equals(digests.get(file))) {
      throw new InputException(path + ": was changed after the import");
    }
    return ids;
  }
}
