package bsl.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for one run on a worker's own disk; closing it removes it. */
final class ScratchFolder implements AutoCloseable {
  private final Path path;

  /**
   * @param parent a folder that somebody else removes, if it does not come to closing
   */
  ScratchFolder(Path parent) throws IOException {
    path = Files.createTempDirectory(parent.toAbsolutePath().normalize(), "bsl-runs-");
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(path)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
