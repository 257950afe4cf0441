package bsl.run;

import bsl.data.FileFailure;
import bsl.data.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a run as bytes, to carry the run from one machine to another. They are either what a
 * finished run leaves, or what an unfinished one goes on from.
 */
public final class RunFiles {
  private static final List<String> RECORDS =
      List.of(
          RunFolder.RESULT,
          RunFolder.PROVENANCE,
          RunFolder.CURVE,
          PerUserFile.NAME,
          CatalogueFile.NAME);
  private static final List<String> MODEL = List.of(ModelFiles.USERS, ModelFiles.ITEMS);

  private final Map<String, byte[]> files;

  /**
   * Files that {@link #asMap} gave elsewhere.
   *
   * @param files by name; a checkpoint's names begin with its folder and a slash
   */
  public RunFiles(Map<String, byte[]> files) {
    this.files = new LinkedHashMap<>(files);
  }

  /** The files by name, to be sent. */
  public Map<String, byte[]> asMap() {
    return new LinkedHashMap<>(files);
  }

  /** Bytes in all files. */
  public long size() {
    return files.values().stream().mapToLong(file -> file.length).sum();
  }

  /**
   * What a finished run has left.
   *
   * @param folder the run's folder
   * @param model whether the model is wanted, too
   */
  public static RunFiles ofFinished(Path folder, boolean model) {
    List<String> names = new ArrayList<>(RECORDS);
    if (model) {
      names.addAll(MODEL);
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : names) {
      read(folder.resolve(name)).ifPresent(bytes -> files.put(name, bytes));
    }
    return new RunFiles(files);
  }

  /**
   * What an unfinished run goes on from: its last checkpoint, and its learning curve.
   *
   * @param folder the run's folder; need not exist
   * @return without any file if there is nothing to go on from
   * @throws InputException if a file is damaged or cannot be read
   */
  public static RunFiles ofUnfinished(Path folder) {
    Path curve = folder.resolve(RunFolder.CURVE);
    Map<String, byte[]> files = new LinkedHashMap<>();
    if (Files.exists(curve)) {
      // Where it is sent, its message would name a file of another machine.
      CurveFile.read(curve);
    }
    read(curve).ifPresent(bytes -> files.put(RunFolder.CURVE, bytes));
    files.putAll(new CheckpointFolder(folder).files());
    return new RunFiles(files);
  }

  private static Optional<byte[]> read(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + FileFailure.reason(file, e), e);
    }
  }

  /** Whether there is no file. */
  public boolean isEmpty() {
    return files.isEmpty();
  }

  /**
   * What the run has come to.
   *
   * @return empty if these are not the files of a run with a result
   * @throws InputException if the result is malformed
   */
  public Optional<RunResult> result() {
    return Optional.ofNullable(files.get(RunFolder.RESULT))
        .map(bytes -> RunResult.read(Path.of(RunFolder.RESULT), bytes));
  }

  /**
   * Puts the run into a store: whole, and once. What the store has of the run already stays if it
   * is at least as much.
   *
   * @param store where to put it
   * @param spec the run that these files have to be of
   * @throws RunHeldException if somebody is at work in the run's folder
   * @throws InputException if the files are of another run, or damaged
   */
  public void putInto(RunStore store, RunSpec spec) {
    RunFolder folder = new RunFolder(store.folder(spec));
    RunId id = store.id(spec);
    ProcessLock lock = folder.claim(id);
    try {
      Optional<RunResult> there = folder.finished(id);
      boolean enough = there.isPresent() && (folder.hasModel() || !files.containsKey(MODEL.get(0)));
      if (enough) {
        return;
      }
      if (files.containsKey(RunFolder.RESULT)) {
        putFinished(folder, id);
      } else {
        putUnfinished(folder, id);
      }
    } finally {
      RunFolder.release(lock);
    }
  }

  /** As {@link RunFolder#write} does it: the result goes first and comes last. */
  private void putFinished(RunFolder folder, RunId id) {
    RunResult result = result().orElseThrow();
    Path name = folder.provenanceFile();
    Provenance provenance =
        Provenance.read(name, files.getOrDefault(RunFolder.PROVENANCE, new byte[0]));
    TrainedRun.requireOneRun(folder.path(), provenance, result);
    require(provenance.id(name), id, folder);
    folder.retract(result);
    for (String part : MODEL) {
      put(folder, part);
    }
    if (folder.hasModel()) {
      ModelFiles.read(folder.path(), result.modelSha256());
    }
    put(folder, PerUserFile.NAME);
    put(folder, CatalogueFile.NAME);
    put(folder, RunFolder.CURVE);
    put(folder, RunFolder.PROVENANCE);
    put(folder, RunFolder.RESULT);
    if (result.complete()) {
      folder.checkpoints().clear();
    }
  }

  private void putUnfinished(RunFolder folder, RunId id) {
    int known = folder.curveSoFar().size();
    Map<String, byte[]> checkpoint = new LinkedHashMap<>();
    String name = null;
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      int slash = file.getKey().indexOf('/');
      if (slash > 0) {
        name = file.getKey().substring(0, slash);
        checkpoint.put(file.getKey().substring(slash + 1), file.getValue());
      }
    }
    CheckpointFolder checkpoints = folder.checkpoints();
    if (name != null && CheckpointFolder.epochsOf(name) > checkpoints.epochs()) {
      // Asked first, because a checkpoint takes the place of the one that is there.
      Path record = folder.path().resolve(name).resolve(CheckpointFolder.PROGRESS);
      byte[] bytes = checkpoint.getOrDefault(CheckpointFolder.PROGRESS, new byte[0]);
      require(CheckpointRecord.read(record, bytes).id(record), id, folder);
      checkpoints.put(name, checkpoint);
    }
    if (files.containsKey(RunFolder.CURVE) && checkpoints.epochs() >= known) {
      put(folder, RunFolder.CURVE);
    }
  }

  private static void require(RunId there, RunId wanted, RunFolder folder) {
    if (!there.equals(wanted)) {
      throw new InputException(
          folder.path()
              + ": another run was brought for this folder ("
              + String.join("; ", wanted.differencesFrom(there))
              + "); do all machines have the same version of the suite?");
    }
  }

  private void put(RunFolder folder, String name) {
    Path file = folder.path().resolve(name);
    byte[] bytes = files.get(name);
    if (bytes == null) {
      AtomicFiles.deleteFile(file);
    } else {
      AtomicFiles.replaceFile(file, path -> Files.write(path, bytes));
    }
  }
}
