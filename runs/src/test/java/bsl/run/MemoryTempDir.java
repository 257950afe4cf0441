package bsl.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Makes folders for tests that write thousands of small files. Runs force what they write to the
 * disk, which takes such tests half of their time or more. So the folder is on Linux's file system
 * in memory if that has room. Elsewhere it is a temporary folder like any other.
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
