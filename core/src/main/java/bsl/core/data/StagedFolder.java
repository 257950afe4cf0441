package bsl.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that is filled under another name and then takes its place in one move, so that nobody
 * ever sees it half-written. Closing it before {@link #publish} removes it.
 */
final class StagedFolder implements AutoCloseable {
  private final Path target;
  private final Path staging;
  private boolean published;

  private StagedFolder(Path target, Path staging) {
    this.target = target;
    this.staging = staging;
  }

  static StagedFolder beside(Path target) throws IOException {
    Path parent = target.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    return new StagedFolder(
        target, Files.createTempDirectory(parent, "." + target.getFileName() + "-"));
  }

  Path path() {
    return staging;
  }

  void publish() throws IOException {
    Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
    published = true;
  }

  @Override
  public void close() throws IOException {
    if (!published) {
      delete(staging);
    }
  }

  static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
