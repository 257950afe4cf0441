package bsl.spark;

import bsl.data.FileFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A store of runs that the workers see. A file with a random name tells them that it is the
 * driver's one, and not a folder of their own with the same path.
 */
final class SharedFolder implements AutoCloseable {
  private final Path folder;
  private final Path marker;

  /**
   * Makes the folder, and the file.
   *
   * @throws UncheckedIOException if they cannot be made; the message names the folder
   */
  SharedFolder(Path runs) {
    folder = runs.toAbsolutePath();
    marker = folder.resolve(".shared-" + UUID.randomUUID());
    try {
      Files.createDirectories(folder);
      Files.createFile(marker);
    } catch (IOException e) {
      throw new UncheckedIOException(
          folder + ": cannot be written: " + FileFailure.reason(folder, e), e);
    }
  }

  Path folder() {
    return folder;
  }

  Path marker() {
    return marker;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(marker);
    } catch (IOException e) {
      // An empty file is left, which nobody is disturbed by.
      return;
    }
  }
}
