package bsl.run;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.data.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The checkpoints of one run: a folder per checkpoint, written under another name and renamed when
 * complete, after which older ones go. A crash at any moment leaves the last complete one.
 */
final class CheckpointFolder {
  private static final String PREFIX = "checkpoint-";

  /** The file of a checkpoint that says whose it is and how far the run had come. */
  static final String PROGRESS = "progress.json";

  private final Path runFolder;

  CheckpointFolder(Path runFolder) {
    this.runFolder = runFolder;
  }

  /** Whether a file's name is that of a checkpoint. */
  static boolean isName(String name) {
    return name.matches(PREFIX + "[0-9]{1,9}");
  }

  /**
   * Saves the state at the end of an epoch.
   *
   * @param spec the run's settings
   * @param data the run's data
   * @param progress the run's progress at the end of that epoch
   * @param state the backbone's state then, see {@link bsl.backbones.Backbone#state}
   * @param best embeddings of the best epoch so far
   */
  void save(
      RunSpec spec,
      RunData data,
      RunProgress progress,
      List<EmbeddingTable> state,
      Embeddings best) {
    Path folder =
        runFolder.resolve(String.format(Locale.ROOT, "%s%06d", PREFIX, progress.epochs()));
    List<Path> older = folders();
    if (older.contains(folder)) {
      return;
    }
    AtomicFiles.createFolder(
        folder,
        into -> {
          Map<String, String> checksums = new LinkedHashMap<>();
          for (int t = 0; t < state.size(); t++) {
            checksums.put(stateFile(t), NpyFile.write(into.resolve(stateFile(t)), state.get(t)));
          }
          checksums.put(
              ModelFiles.USERS, NpyFile.write(into.resolve(ModelFiles.USERS), best.users()));
          checksums.put(
              ModelFiles.ITEMS, NpyFile.write(into.resolve(ModelFiles.ITEMS), best.items()));
          JsonFiles.writeTo(
              into.resolve(PROGRESS), CheckpointRecord.of(spec, data, progress, checksums));
        });
    older.forEach(AtomicFiles::discardFolder);
  }

  /**
   * Restores the last checkpoint, if there is one.
   *
   * @param state the backbone's live state; overwritten
   * @param best embeddings of the best epoch; overwritten
   * @throws InputException if it is damaged or does not fit; parts may then be overwritten
   */
  Optional<RunProgress> restore(List<EmbeddingTable> state, Embeddings best) {
    Optional<Path> last = last();
    if (last.isEmpty()) {
      return Optional.empty();
    }
    Path folder = last.get();
    try {
      CheckpointRecord record = CheckpointRecord.read(folder.resolve(PROGRESS));
      for (int t = 0; t < state.size(); t++) {
        restore(folder, stateFile(t), record, state.get(t));
      }
      restore(folder, ModelFiles.USERS, record, best.users());
      restore(folder, ModelFiles.ITEMS, record, best.items());
      return Optional.of(record.progress());
    } catch (IOException | IllegalArgumentException | InputException e) {
      throw damaged(folder, e.getMessage(), e);
    }
  }

  private static InputException damaged(Path folder, String why, Exception cause) {
    return new InputException(
        folder + ": cannot be resumed from (" + why + "); delete it to begin the run anew", cause);
  }

  private static void restore(
      Path folder, String file, CheckpointRecord record, EmbeddingTable into) throws IOException {
    String checksum = record.checksums().get(file);
    if (checksum == null) {
      throw new InputException(PROGRESS + " has no checksum of " + file);
    }
    into.copyFrom(NpyFile.read(folder.resolve(file), checksum));
  }

  /** Epochs that the last checkpoint has, 0 if there is none. */
  int epochs() {
    return last().map(CheckpointFolder::epochs).orElse(0);
  }

  /**
   * The learning curve up to the last checkpoint, empty if there is none.
   *
   * @throws InputException if its record is malformed
   */
  List<EpochRecord> curve() {
    return ofLast(folder -> record(folder).curve()).orElse(List.of());
  }

  private static CheckpointRecord record(Path folder) {
    try {
      return CheckpointRecord.read(folder.resolve(PROGRESS));
    } catch (InputException e) {
      throw damaged(folder, e.getMessage(), e);
    }
  }

  /**
   * The identity of the run that the last checkpoint is of, if there is one.
   *
   * @throws InputException if its record is malformed
   */
  Optional<RunId> id() {
    return ofLast(
        folder -> {
          Path file = folder.resolve(PROGRESS);
          try {
            return CheckpointRecord.read(file).id(file);
          } catch (InputException e) {
            throw damaged(folder, e.getMessage(), e);
          }
        });
  }

  /** Reads of the last checkpoint. A training that goes on may put a newer one in its place. */
  private <T> Optional<T> ofLast(Function<Path, T> read) {
    Optional<Path> last = last();
    while (last.isPresent()) {
      try {
        return last.map(read);
      } catch (InputException e) {
        Optional<Path> now = last();
        if (now.equals(last)) {
          throw e;
        }
        last = now;
      }
    }
    return Optional.empty();
  }

  /**
   * The files of the last checkpoint, as {@link #put} takes them, each with the checksum that the
   * record has of it. So a damage is told where the files are, before they go elsewhere.
   *
   * @return by names that begin with the folder's; empty if there is no checkpoint
   * @throws InputException if a file is damaged or cannot be read
   */
  Map<String, byte[]> files() {
    return ofLast(CheckpointFolder::files).orElse(Map.of());
  }

  private static Map<String, byte[]> files(Path folder) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    CheckpointRecord record = record(folder);
    try {
      files.put(name(folder, PROGRESS), Files.readAllBytes(folder.resolve(PROGRESS)));
      for (Map.Entry<String, String> file : record.checksums().entrySet()) {
        Path path = folder.resolve(file.getKey());
        byte[] bytes = Files.readAllBytes(path);
        NpyFile.requireChecksum(path, bytes, file.getValue());
        files.put(name(folder, file.getKey()), bytes);
      }
      return files;
    } catch (IOException e) {
      throw damaged(folder, FileFailure.message(e), e);
    } catch (InputException e) {
      throw damaged(folder, e.getMessage(), e);
    }
  }

  /**
   * Checks the files of the last checkpoint, if there is one, without keeping them in memory.
   *
   * @throws InputException if a file is damaged or cannot be read
   */
  void requireIntact() {
    ofLast(
        folder -> {
          record(folder).checksums().forEach((file, sum) -> requireIntact(folder, file, sum));
          return folder;
        });
  }

  private static void requireIntact(Path folder, String file, String checksum) {
    try {
      NpyFile.requireChecksum(folder.resolve(file), checksum);
    } catch (IOException e) {
      throw damaged(folder, FileFailure.message(e), e);
    } catch (InputException e) {
      throw damaged(folder, e.getMessage(), e);
    }
  }

  private static String name(Path folder, String file) {
    return folder.getFileName() + "/" + file;
  }

  /**
   * Puts a checkpoint here that was made elsewhere, and deletes others.
   *
   * @param name its folder's name
   * @param files its files by their names
   */
  void put(String name, Map<String, byte[]> files) {
    Path folder = runFolder.resolve(name);
    List<Path> others = folders();
    if (others.contains(folder)) {
      return;
    }
    AtomicFiles.createFolder(
        folder,
        into -> {
          for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(into.resolve(file.getKey()), file.getValue());
          }
        });
    others.forEach(AtomicFiles::discardFolder);
  }

  /** Deletes all checkpoints. */
  void clear() {
    folders().forEach(AtomicFiles::discardFolder);
  }

  /** Deletes those of which an earlier version, when it was killed, has left only parts. */
  void sweep() {
    for (Path folder : folders()) {
      if (Files.notExists(folder.resolve(PROGRESS))) {
        AtomicFiles.discardFolder(folder);
      }
    }
  }

  private static int epochs(Path folder) {
    return epochsOf(folder.getFileName().toString());
  }

  /** The epochs that a checkpoint's folder has in its name. */
  static int epochsOf(String name) {
    return Integer.parseInt(name.substring(PREFIX.length()));
  }

  private static String stateFile(int table) {
    return "state-" + table + ".npy";
  }

  /** The folder of the last checkpoint. One that may not be looked into counts: it is refused. */
  private Optional<Path> last() {
    List<Path> complete =
        folders().stream().filter(folder -> !Files.notExists(folder.resolve(PROGRESS))).toList();
    return complete.isEmpty() ? Optional.empty() : Optional.of(complete.get(complete.size() - 1));
  }

  /**
   * All that have a checkpoint's name, oldest first.
   *
   * @throws InputException if the run's folder cannot be read
   */
  private List<Path> folders() {
    if (!Files.isDirectory(runFolder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(runFolder)) {
      return children
          .filter(path -> isName(path.getFileName().toString()))
          .sorted(Comparator.comparingInt(CheckpointFolder::epochs))
          .toList();
    } catch (IOException e) {
      throw new InputException(
          runFolder + ": cannot be read: " + FileFailure.reason(runFolder, e), e);
    }
  }
}
