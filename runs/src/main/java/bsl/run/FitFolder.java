package bsl.run;

import bsl.data.FileFailure;
import bsl.data.ProcessLock;
import bsl.eval.PerUserMetrics;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a recommender without training came to, on disk: {@code provenance.json} with its record,
 * and {@code per-user.npy} with all metrics by user, columns in the order of {@link
 * FitRecord#metrics}. The recommender itself is not kept.
 *
 * <p>{@code provenance.json} is written last. Whoever fits holds the lock.
 */
public final class FitFolder {
  private static final String RECORD = "provenance.json";
  private static final String LOCK = ".lock";

  /** How all versions of the record begin; those of a run are numbers. */
  private static final String FORMATS = "fit-";

  private final Path folder;

  /**
   * @param folder where the fit is or will be; need not exist
   */
  public FitFolder(Path folder) {
    this.folder = folder;
  }

  /** Whether a folder holds a fit, of any version of the record. */
  public static boolean isFit(Path folder) {
    Path file = folder.resolve(RECORD);
    return Files.exists(file)
        && JsonFiles.read(file, JsonNode.class).path("format").asText().startsWith(FORMATS);
  }

  /** The folder itself. */
  public Path path() {
    return folder;
  }

  /**
   * What is kept of a fit.
   *
   * @param digest the fit's, see {@link FitId#digest}
   * @return empty if nothing is, or if metrics by user are missing or damaged: it can be fitted
   *     again
   * @throws InputException if the record is malformed or is of another fit
   */
  public Optional<FitRecord> record(String digest) {
    Path file = folder.resolve(RECORD);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    FitRecord record = JsonFiles.read(file, FitRecord.class);
    if (!record.format().equals(FitRecord.FORMAT) || !record.digest().equals(digest)) {
      throw new InputException(file + ": is not the record of this fit; delete the folder");
    }
    return perUser(record).map(there -> record);
  }

  /** All metrics of a fit by user; empty if they are missing or do not add up to the record's. */
  public Optional<PerUserMetrics> perUser(FitRecord record) {
    return PerUserFile.read(folder, List.copyOf(record.metrics().keySet()), record.metrics());
  }

  /**
   * Takes the folder for fitting and sweeps what a killed process has left.
   *
   * @return empty if somebody else is at work there
   * @throws InputException if the folder cannot be made or locked
   */
  public Optional<ProcessLock> claim() {
    try {
      Files.createDirectories(folder);
      Optional<ProcessLock> lock = ProcessLock.take(folder.resolve(LOCK));
      if (lock.isPresent()) {
        AtomicFiles.sweep(folder, name -> name.equals(RECORD) || name.equals(PerUserFile.NAME));
      }
      return lock;
    } catch (IOException e) {
      throw new InputException(
          folder + ": cannot be made or locked for writing: " + FileFailure.reason(folder, e), e);
    }
  }

  /**
   * Keeps a fit.
   *
   * @param users number of users, those without test pairs among them
   * @param perUser all metrics of the record, by user
   */
  public void keep(FitRecord record, int users, PerUserMetrics perUser) {
    PerUserFile.write(folder, users, perUser, List.copyOf(record.metrics().keySet()));
    JsonFiles.write(folder.resolve(RECORD), record);
  }
}
