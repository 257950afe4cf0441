package bsl.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder that is filled under another, hidden name and then takes its place in one move, so that
 * nobody ever sees it half-written. Closing it before {@link #publish} removes it.
 */
final class StagedFolder implements AutoCloseable {
  private final Path target;
  private final Path staging;
  private boolean published;

  private StagedFolder(Path target, Path staging) {
    this.target = target;
    this.staging = staging;
  }

  static StagedFolder beside(Path target) throws WriteException {
    try {
      Path parent = target.toAbsolutePath().getParent();
      Files.createDirectories(parent);
      // Not createTempDirectory: nobody but its owner could read what is published.
      return new StagedFolder(
          target,
          Files.createDirectory(
              parent.resolve("." + target.getFileName() + "-" + UUID.randomUUID())));
    } catch (IOException e) {
      throw new WriteException(target, e);
    }
  }

  Path path() {
    return staging;
  }

  /**
   * @throws WriteException if something of this name has appeared meanwhile
   */
  void publish() throws WriteException {
    try {
      Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
      published = true;
    } catch (IOException e) {
      throw new WriteException(target, e);
    }
  }

  @Override
  public void close() throws IOException {
    if (!published) {
      delete(staging);
    }
  }

  /** Deletes a folder with all that is in it, if it is there. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
