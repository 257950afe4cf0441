package bsl.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Folders of tests that write thousands of small files, in the memory of the machine where it has a
 * file system for that, as Linux has, and room on it. There they take half the time or less: runs
 * force what they write to the disk. Elsewhere it is a temporary folder like any other.
 */
public final class MemoryTempDir implements TempDirFactory {
  private static final Path MEMORY = Path.of("/dev/shm");

  /** Containers often have no more than 64 MB there. */
  private static final long ROOM = 512L << 20;

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
      throws IOException {
    boolean usable =
        Files.isDirectory(MEMORY)
            && Files.isWritable(MEMORY)
            && Files.getFileStore(MEMORY).getUsableSpace() >= ROOM;
    return usable
        ? Files.createTempDirectory(MEMORY, "bsl-test-")
        : Files.createTempDirectory("bsl-test-");
  }
}
