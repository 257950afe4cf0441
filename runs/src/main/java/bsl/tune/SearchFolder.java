package bsl.tune;

import bsl.data.FileFailure;
import bsl.data.ProcessLock;
import bsl.run.InputException;
import bsl.run.JsonFiles;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The folder of a search: {@code tune.json}, and a lock that says that somebody is at work. */
final class SearchFolder {
  /** Nothing can be written there. What is there can be read all the same. */
  static final class UnwritableException extends InputException {
    private static final long serialVersionUID = 1L;

    UnwritableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private static final String RECORD = "tune.json";
  private static final String LOCK = ".lock";

  private final Path folder;

  SearchFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Takes the lock.
   *
   * @throws InputException if another process is at work there
   */
  ProcessLock claim() {
    return claimIfFree()
        .orElseThrow(() -> new InputException(folder + ": is being searched by " + holder()));
  }

  /**
   * Takes the lock, unless another process is at work there.
   *
   * @throws UnwritableException if nothing can be written there
   */
  Optional<ProcessLock> claimIfFree() {
    try {
      Files.createDirectories(folder);
      if (!Files.isWritable(folder)) {
        throw new AccessDeniedException(folder.toString());
      }
      return ProcessLock.take(folder.resolve(LOCK));
    } catch (IOException e) {
      throw new UnwritableException(
          folder + ": cannot be made or locked for writing: " + FileFailure.reason(folder, e), e);
    }
  }

  /** Who is at work there. */
  String holder() {
    try {
      return ProcessLock.holder(folder.resolve(LOCK)).orElse("another process");
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be read: " + FileFailure.reason(folder, e), e);
    }
  }

  /** Whether a search has begun here. */
  boolean hasSearch() {
    return Files.exists(folder.resolve(RECORD));
  }

  /** Whether the search that has begun here has written a preset to a file, or was about to. */
  boolean hasPreset(Path preset) {
    if (!hasSearch()) {
      return false;
    }
    SearchRecord record = record();
    // Records of earlier versions do not say which file it is.
    return record.presetFile().isEmpty()
        ? record.presetTrial() > 0
        : record.presetFile().equals(seenFromHere(preset));
  }

  /** A file's path, seen from this folder, so that both can be moved together. */
  String seenFromHere(Path file) {
    Path here = folder.toAbsolutePath().normalize();
    return here.relativize(file.toAbsolutePath().normalize()).toString();
  }

  static void release(ProcessLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What earlier sessions have left.
   *
   * @param search what is searched now, see {@link SearchRecord#search}
   * @throws InputException if it is malformed, or of another search
   */
  Optional<SearchRecord> read(Map<String, String> search) {
    if (!hasSearch()) {
      return Optional.empty();
    }
    SearchRecord record = record();
    List<String> differences = differences(search, record.search());
    if (!differences.isEmpty()) {
      throw new InputException(
          folder
              + ": holds another search ("
              + String.join("; ", differences)
              + "); choose another --name or delete it");
    }
    return Optional.of(record);
  }

  private SearchRecord record() {
    Path file = folder.resolve(RECORD);
    SearchRecord record;
    try {
      record = JsonFiles.read(file, SearchRecord.class, SearchFolder::upgrade);
    } catch (InputException e) {
      throw new InputException(
          e.getMessage() + "; delete " + folder + " to search anew, finished trials are kept", e);
    }
    if (record.format() != SearchRecord.FORMAT) {
      throw new InputException(file + ": is not of format " + SearchRecord.FORMAT);
    }
    return record;
  }

  /** Adds what records of earlier versions do not say. */
  private static void upgrade(ObjectNode record) {
    if (!record.has("preset_trial") && record.has("winner")) {
      record.set("preset_trial", record.get("winner"));
    }
    if (!record.has("preset_file")) {
      record.put("preset_file", "");
    }
    if (!record.has("other_seconds")) {
      record.put("other_seconds", 0.0);
    }
  }

  private static List<String> differences(Map<String, String> here, Map<String, String> there) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(here.keySet());
    names.addAll(there.keySet());
    for (String name : names) {
      String own = here.get(name);
      String other = there.get(name);
      if (own == null || other == null) {
        // A setting that one of two versions does not know has its default in the other. Records of
        // earlier versions have no code.
        if (name.contains(" ") && !name.startsWith(Tuning.CODE)) {
          differences.add(name + (other == null ? " is not there" : " is there only"));
        }
      } else if (!own.equals(other)) {
        differences.add(difference(name, own, other));
      }
    }
    return differences;
  }

  private static String difference(String name, String own, String other) {
    if (name.startsWith("data ")) {
      return name + " has other content there";
    }
    if (name.startsWith(Tuning.CODE)) {
      return name + " was another one then";
    }
    // A dimension is described with its name.
    return name.startsWith("space of ")
        ? other + " is searched there, not " + own
        : name + " is " + other + " there, not " + own;
  }

  void write(SearchRecord record) {
    JsonFiles.write(folder.resolve(RECORD), record);
  }
}
