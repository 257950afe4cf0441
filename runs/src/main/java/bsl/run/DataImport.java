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
 * Reads where a data set comes from, so that a run on it can say so: the record that {@code bsl
 * data import} or {@code bsl noise} leaves beside the pairs.
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
    return record(dataset, directory, DatasetCatalog.IMPORT_RECORD);
  }

  /**
   * The record of a data set with false positives, which {@code bsl noise} wrote.
   *
   * @param dataset name of the data set
   * @param directory the data directory
   * @return where it comes from, the noise, digests of its parts and ids; empty if it was not
   *     written so
   * @throws InputException if the record is malformed
   */
  public static Map<String, Object> noiseOf(String dataset, Path directory) {
    return record(dataset, directory, DatasetCatalog.NOISE_RECORD);
  }

  /**
   * What a run keeps of where its data set comes from: the record of the import, or else that of
   * {@code bsl noise}. Both have digests of the ids, by which the users and items that the run was
   * trained on are known again.
   *
   * @param dataset name of the data set
   * @param directory the data directory
   * @return the record; empty if the data set has none
   * @throws InputException if the record is malformed
   */
  public static Map<String, Object> recordOf(String dataset, Path directory) {
    Map<String, Object> dataImport = of(dataset, directory);
    return dataImport.isEmpty() ? noiseOf(dataset, directory) : dataImport;
  }

  private static Map<String, Object> record(String dataset, Path directory, String name) {
    Path file = directory.resolve(dataset).resolve(name);
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
   * @throws InputException if it is not what the import or {@code bsl noise} wrote
   */
  public static Optional<IdFile> ids(String dataset, Path directory, String file, int count)
      throws IOException {
    Path path = directory.resolve(dataset).resolve(file);
    Map<String, Object> dataImport = of(dataset, directory);
    if (!dataImport.isEmpty() && !Files.exists(path)) {
      throw new InputException(path + ": no such file, though the data set was imported");
    }
    Optional<String> noisy = digest(noiseOf(dataset, directory), file);
    if (noisy.isPresent() && !Files.exists(path)) {
      throw new InputException(path + ": no such file, though 'bsl noise' wrote it");
    }
    Optional<IdFile> ids = IdFile.read(path, count);
    Optional<String> digest = digest(dataImport, file).or(() -> noisy);
    if (digest.isPresent() && !digest.get().equals(Checksum.sha256Of(Files.readAllBytes(path)))) {
      throw new InputException(
          path + ": was changed after " + (noisy.isPresent() ? "'bsl noise'" : "the import"));
    }
    return ids;
  }

  /** The digest of a file of ids, if a record has it; those of earlier versions do not. */
  private static Optional<String> digest(Map<String, Object> record, String file) {
    return record.get("ids") instanceof Map<?, ?> digests
        ? Optional.ofNullable(digests.get(file)).map(Object::toString)
        : Optional.empty();
  }
}
