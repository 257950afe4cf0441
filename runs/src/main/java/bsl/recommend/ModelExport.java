package bsl.recommend;

import bsl.core.Embeddings;
import bsl.data.FileFailure;
import bsl.data.StagedFolder;
import bsl.run.InputException;
import bsl.run.JsonFiles;
import bsl.run.TrainedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the embeddings of a trained run with ids into a folder of its own, whole or not at all.
 */
public final class ModelExport {
  /** Name of the file that says what was exported. */
  public static final String RECORD = "export.json";

  private ModelExport() {}

  /**
   * Exports a run.
   *
   * @param users names of the users
   * @param items names of the items
   * @param folder a folder that does not exist yet
   * @return what {@value #RECORD} says
   * @throws InputException if the folder is there already
   */
  public static Map<String, Object> write(
      TrainedRun run,
      Names users,
      Names items,
      ExportFormat format,
      EmbeddingExport vectors,
      Path folder)
      throws IOException {
    if (StagedFolder.isTaken(folder)) {
      throw new InputException(folder + ": is there already; choose another folder");
    }
    Embeddings written = vectors.of(run.model(), run.spec().testScore());
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("run", run.folder().toAbsolutePath().normalize().getFileName().toString());
    record.put("model_sha256", run.provenance().modelSha256());
    record.put("dataset", run.spec().dataset());
    record.put("score", key(run.spec().testScore()));
    record.put("format", key(format));
    record.put("vectors", key(vectors));
    record.put("users", written.users().rows());
    record.put("items", written.items().rows());
    record.put("dimension", written.items().dimension());
    try (StagedFolder staged = StagedFolder.beside(folder)) {
      try {
        format.write(staged.path(), "users", written.users(), users);
        format.write(staged.path(), "items", written.items(), items);
        Files.write(staged.path().resolve(RECORD), JsonFiles.bytes(record));
      } catch (IOException e) {
        // The file that failed is in a staged folder. Its name would tell nobody anything.
        throw new IOException(
            folder + ": cannot be written: " + FileFailure.reason(staged.path().resolve(RECORD), e),
            e);
      }
      staged.publish();
    }
    return record;
  }

  private static String key(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
