package bsl.run;

import bsl.backbones.Backbone;
import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checkpoints of one run: a folder per checkpoint, written under another name and renamed when
 * complete, after which older ones go. A crash at any moment leaves the last complete one.
 */
final class CheckpointFolder {
  private static final String PREFIX = "checkpoint-";
  private static final String PROGRESS = "progress.json";

  private final Path runFolder;
  private final ObjectMapper json = JsonFiles.mapper();

  CheckpointFolder(Path runFolder) {
    this.runFolder = runFolder;
  }

  /** Saves the state at the end of an epoch. */
  void save(RunProgress progress, Backbone backbone, Embeddings best) {
    Path folder = runFolder.resolve(PREFIX + "%06d".formatted(progress.epochs()));
    List<Path> older = folders();
    AtomicFiles.createFolder(
        folder,
        into -> {
          List<EmbeddingTable> state = backbone.state();
          for (int t = 0; t < state.size(); t++) {
            NpyFile.write(into.resolve(stateFile(t)), state.get(t));
          }
          NpyFile.write(into.resolve(ModelFiles.USERS), best.users());
          NpyFile.write(into.resolve(ModelFiles.ITEMS), best.items());
          json.writeValue(into.resolve(PROGRESS).toFile(), progress);
        });
    delete(older);
  }

  /** Restores the last checkpoint into backbone and best model, if there is one. */
  Optional<RunProgress> restore(Backbone backbone, Embeddings best) {
    List<Path> folders = folders();
    if (folders.isEmpty()) {
      return Optional.empty();
    }
    Path folder = folders.get(folders.size() - 1);
    try {
      RunProgress progress = json.readValue(folder.resolve(PROGRESS).toFile(), RunProgress.class);
      List<EmbeddingTable> state = backbone.state();
      for (int t = 0; t < state.size(); t++) {
        state.get(t).copyFrom(NpyFile.read(folder.resolve(stateFile(t))));
      }
      backbone.resumeAt(progress.steps);
      best.users().copyFrom(NpyFile.read(folder.resolve(ModelFiles.USERS)));
      best.items().copyFrom(NpyFile.read(folder.resolve(ModelFiles.ITEMS)));
      return Optional.of(progress);
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(folder + ": cannot be resumed from: " + e.getMessage(), e);
    }
  }

  /** What the last checkpoint says of itself, if there is one. */
  Optional<RunProgress> progress() {
    List<Path> folders = folders();
    if (folders.isEmpty()) {
      return Optional.empty();
    }
    Path file = folders.get(folders.size() - 1).resolve(PROGRESS);
    try {
      return Optional.of(json.readValue(file.toFile(), RunProgress.class));
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Deletes all checkpoints. */
  void clear() {
    delete(folders());
  }

  private static String stateFile(int table) {
    return "state-" + table + ".npy";
  }

  private List<Path> folders() {
    if (!Files.isDirectory(runFolder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(runFolder)) {
      return children
          .filter(p -> p.getFileName().toString().matches(PREFIX + "\\d+"))
          .sorted(Comparator.comparing(Path::getFileName))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(List<Path> folders) {
    for (Path folder : folders) {
      try {
        AtomicFiles.deleteFolder(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
