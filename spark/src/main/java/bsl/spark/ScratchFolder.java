package bsl.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkFiles;

/** A folder for one run on a worker's own disk; closing it removes it. */
final class ScratchFolder implements AutoCloseable {
  private final Path path;

  /** In the executor's folder, which Spark removes if the executor does not come to it. */
  ScratchFolder() throws IOException {
    path =
        Files.createTempDirectory(
            Path.of(SparkFiles.getRootDirectory()).toAbsolutePath().normalize(), "bsl-runs-");
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
