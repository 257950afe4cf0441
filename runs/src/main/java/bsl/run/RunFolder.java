package bsl.run;

import bsl.core.Embeddings;
import bsl.data.DatasetCatalog;
import bsl.data.FileFailure;
import bsl.data.ProcessLock;
import bsl.eval.PerUserMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A run on disk: {@code result.json}, {@code provenance.json}, {@code curve.csv}, the selected
 * epoch's embeddings {@code users.npy} and {@code items.npy}, its test metrics user by user {@code
 * per-user.npy}, what it recommends {@code catalogue.json}, and, until the run is complete, its
 * last checkpoint.
 *
 * <p>{@code result.json} is written last and goes first, so that where it is, everything else
 * belongs to it. Whoever trains holds the lock {@code .lock} (see {@link ProcessLock}); reading
 * needs no lock.
 */
public final class RunFolder {
  static final String RESULT = "result.json";
  static final String PROVENANCE = "provenance.json";
  static final String CURVE = "curve.csv";
  private static final String LOCK = ".lock";
  private static final Set<String> OURS =
      Set.of(
          RESULT,
          PROVENANCE,
          CURVE,
          ModelFiles.USERS,
          ModelFiles.ITEMS,
          PerUserFile.NAME,
          CatalogueFile.NAME);

  private final Path folder;

  /**
   * @param folder where the run is or will be; need not exist
   */
  public RunFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder itself. */
  public Path path() {
    return folder;
  }

  CheckpointFolder checkpoints() {
    return new CheckpointFolder(folder);
  }

  /**
   * What the run in this folder came to, if it has come to anything.
   *
   * @throws InputException if the file is malformed
   */
  public Optional<RunResult> result() {
    Path file = folder.resolve(RESULT);
    return Files.exists(file) ? Optional.of(RunResult.read(file)) : Optional.empty();
  }

  /** Whether the selected epoch's embeddings are here. */
  boolean hasModel() {
    return ModelFiles.areIn(folder);
  }

  /** Whether the folder is there and nothing can be written into it. */
  boolean isReadOnly() {
    return Files.isDirectory(folder) && !Files.isWritable(folder);
  }

  /** The file that says how the run was trained. */
  Path provenanceFile() {
    return folder.resolve(PROVENANCE);
  }

  /**
   * The settings of the run in this folder.
   *
   * @throws InputException if there is no run or its record is malformed
   */
  public RunSpec spec() {
    return Provenance.read(provenanceFile()).spec(provenanceFile());
  }

  /**
   * The learning curve of the run in this folder.
   *
   * @throws InputException if there is none or it is malformed
   */
  public List<EpochRecord> curve() {
    return CurveFile.read(folder.resolve(CURVE));
  }

  /** The test metrics that finished runs keep user by user, see {@link #perUser}. */
  public static List<String> perUserMetrics() {
    return PerUserFile.KEYS;
  }

  /**
   * The test metrics of the run in this folder, user by user.
   *
   * @return Recall@20 and NDCG@20; empty if they are not here, or if what is here does not add up
   *     to the run's result
   */
  public Optional<PerUserMetrics> perUser() {
    return result().flatMap(result -> PerUserFile.read(folder, result));
  }

  /**
   * Adds the test metrics by user to a finished run of before they were kept. Does nothing if that
   * cannot be done now, because somebody else is at work in the folder or it is read-only.
   */
  void addPerUser(RunId id, int users, PerUserMetrics metrics) {
    add(id, () -> PerUserFile.write(folder, users, metrics));
  }

  /** What the model of the run in this folder recommends, if it is kept. */
  Optional<CatalogueUse> catalogueUse() {
    return result().flatMap(result -> CatalogueFile.read(folder, result));
  }

  /** Adds what a finished run's model recommends; does nothing where {@link #addPerUser} would. */
  void addCatalogueUse(RunId id, String modelSha256, CatalogueUse use) {
    add(id, () -> CatalogueFile.write(folder, modelSha256, use));
  }

  private void add(RunId id, Runnable write) {
    if (isReadOnly()) {
      return;
    }
    try {
      ProcessLock lock = claim(id);
      try {
        write.run();
      } finally {
        release(lock);
      }
    } catch (RunHeldException e) {
      // Whoever holds it may train the run anew. What was evaluated is good without being kept.
      return;
    }
  }

  /**
   * The learning curve of the run in this folder as far as it is known, finished or not; empty if
   * nothing is.
   *
   * @throws InputException if a record is malformed
   */
  public List<EpochRecord> curveSoFar() {
    List<EpochRecord> checkpoint = checkpoints().curve();
    Path file = folder.resolve(CURVE);
    List<EpochRecord> written = Files.exists(file) ? CurveFile.read(file) : List.of();
    return written.size() >= checkpoint.size() ? written : checkpoint;
  }

  /**
   * Checks that an unfinished run can be gone on with.
   *
   * @throws InputException if its last checkpoint is damaged
   */
  public void requireIntactCheckpoint() {
    checkpoints().requireIntact();
  }

  /** Leaves the learning curve of a run that is not finished. */
  void writeCurve(RunProgress progress) {
    CurveFile.write(folder.resolve(CURVE), progress.curve);
  }

  /**
   * Makes room: deletes the checkpoint of an unfinished run that will hardly be gone on with. Its
   * learning curve stays. A run that is being trained, or has come to another epoch, is left as it
   * is.
   *
   * @param epochs what the run has come to
   */
  public void dropCheckpoint(int epochs) {
    if (checkpoints().epochs() != epochs) {
      return;
    }
    try {
      Optional<ProcessLock> lock = ProcessLock.take(folder.resolve(LOCK));
      if (lock.isPresent()) {
        try {
          List<EpochRecord> curve = curveSoFar();
          if (checkpoints().epochs() == epochs && curve.size() >= epochs) {
            // A process that was killed may have left it in the checkpoint only.
            CurveFile.write(folder.resolve(CURVE), curve);
            checkpoints().clear();
          }
        } finally {
          lock.get().close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Who trains the run in this folder at this moment, for messages; empty if nobody does. */
  public Optional<String> holder() {
    try {
      return ProcessLock.holder(folder.resolve(LOCK));
    } catch (IOException e) {
      // Only for messages: a folder that may not be written to has nobody who trains there.
      return Optional.empty();
    }
  }

  /**
   * Makes the folder ready for training a run: takes the lock and removes what a killed process has
   * left unfinished.
   *
   * @param id the run
   * @return the lock
   * @throws RunHeldException if somebody else is at work there
   * @throws InputException if the folder holds another run
   */
  ProcessLock claim(RunId id) {
    // Before the lock, so that nothing is written into a folder that holds something else.
    requireNoDataset();
    requireSame(id);
    ProcessLock lock = lock();
    try {
      AtomicFiles.sweep(folder, name -> OURS.contains(name) || CheckpointFolder.isName(name));
      checkpoints().sweep();
      requireSame(id);
      return lock;
    } catch (RuntimeException | Error e) {
      release(lock);
      throw e;
    }
  }

  private ProcessLock lock() {
    try {
      Files.createDirectories(folder);
      return ProcessLock.take(folder.resolve(LOCK))
          .orElseThrow(() -> new RunHeldException(this, holder().orElse("another process")));
    } catch (IOException e) {
      throw new InputException(
          folder + ": cannot be made or locked for writing: " + FileFailure.reason(folder, e), e);
    }
  }

  static void release(ProcessLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The identity of the run in this folder, finished or not, if there is one.
   *
   * @throws InputException if a record is malformed
   */
  Optional<RunId> id() {
    return Files.exists(provenanceFile())
        ? Optional.of(Provenance.read(provenanceFile()).id(provenanceFile()))
        : checkpoints().id();
  }

  /**
   * Says whether a file is of the run in its folder, finished or not: a record, the model, the
   * lock, or a checkpoint or something in one.
   */
  public static boolean owns(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (parent == null) {
      return false;
    }
    String name = absolute.getFileName().toString();
    boolean own = OURS.contains(name) || LOCK.equals(name) || CheckpointFolder.isName(name);
    return own && isBegun(parent) || isCheckpoint(parent);
  }

  private static boolean isCheckpoint(Path folder) {
    return folder.getParent() != null
        && CheckpointFolder.isName(folder.getFileName().toString())
        && isBegun(folder.getParent());
  }

  private static boolean isBegun(Path folder) {
    return isRun(folder) || new CheckpointFolder(folder).epochs() > 0;
  }

  /** Says whether a folder holds a run with its provenance. */
  public static boolean isRun(Path folder) {
    return Files.exists(folder.resolve(PROVENANCE));
  }

  /**
   * Refuses a folder in which there are files that a run would overwrite, and no run, finished or
   * not.
   *
   * @throws InputException if it is such a folder, or a record in it is malformed
   */
  public void requireNoOtherFiles() {
    requireNoDataset();
    Optional<String> other =
        OURS.stream()
            .filter(name -> Files.exists(folder.resolve(name)))
            .min(Comparator.naturalOrder());
    if (other.isPresent() && id().isEmpty()) {
      throw new InputException(
          folder + ": holds " + other.get() + " and no run; choose another folder");
    }
  }

  /**
   * Refuses the folder of a data set.
   *
   * @throws InputException if it is one
   */
  public void requireNoDataset() {
    DatasetCatalog.trainFile(folder)
        .ifPresent(
            file -> {
              throw new InputException(
                  folder
                      + ": is the folder of a data set, since it has "
                      + file
                      + "; choose another");
            });
  }

  private void requireSame(RunId wanted) {
    requireSame(wanted, id());
    requireSame(wanted, checkpoints().id());
  }

  private void requireSame(RunId wanted, Optional<RunId> stored) {
    if (stored.isEmpty() || stored.get().equals(wanted)) {
      return;
    }
    List<String> differences = wanted.differencesFrom(stored.get());
    boolean data = all(differences, "data ");
    boolean code = all(differences, "code ");
    throw new InputException(
        folder
            + ": holds a run of other "
            + (data ? "data" : code ? "code" : "settings")
            + " ("
            + String.join("; ", differences)
            + "); choose another folder or delete it");
  }

  private static boolean all(List<String> differences, String prefix) {
    return !differences.isEmpty() && differences.stream().allMatch(d -> d.startsWith(prefix));
  }

  /**
   * Whether the run has come to its end here, with its model or without.
   *
   * @param id the run
   * @return its result
   * @throws InputException if there is another run, or its records contradict each other
   */
  Optional<RunResult> finished(RunId id) {
    Optional<RunResult> result = result().filter(RunResult::complete);
    if (result.isPresent()) {
      requireSame(id);
      TrainedRun.requireOneRun(folder, Provenance.read(provenanceFile()), result.get());
    }
    return result;
  }

  /**
   * Leaves what a run has come to. Killed at any moment, the folder holds the model and records of
   * before or of now, or no {@code result.json}.
   *
   * @param dataImport see {@link RunData#dataImport}
   */
  void write(
      RunSpec spec,
      RunResult result,
      Map<String, Object> dataImport,
      RunProgress progress,
      Embeddings best,
      Optional<PerUserMetrics> perUser,
      Optional<CatalogueUse> catalogue) {
    retract(result);
    ModelFiles.write(folder, best);
    perUser.ifPresentOrElse(
        metrics -> PerUserFile.write(folder, best.users().rows(), metrics),
        () -> AtomicFiles.deleteFile(folder.resolve(PerUserFile.NAME)));
    catalogue.ifPresentOrElse(
        use -> CatalogueFile.write(folder, result.modelSha256(), use),
        () -> AtomicFiles.deleteFile(folder.resolve(CatalogueFile.NAME)));
    CurveFile.write(folder.resolve(CURVE), progress.curve);
    JsonFiles.write(provenanceFile(), Provenance.of(spec, result, dataImport));
    JsonFiles.write(folder.resolve(RESULT), result);
    if (result.complete()) {
      checkpoints().clear();
    }
  }

  /** Takes an older result back if it does not describe the model that is about to be written. */
  void retract(RunResult next) {
    Optional<RunResult> before = result();
    if (before.isPresent() && !before.get().modelSha256().equals(next.modelSha256())) {
      retract();
    }
  }

  /** Takes the result back, so that the run counts as unfinished. */
  void retract() {
    AtomicFiles.deleteFile(folder.resolve(RESULT));
  }
}
