package bsl.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Writes that are there whole or not at all. */
final class AtomicFiles {
  /** Writes to a path. */
  interface Writer {
    void write(Path path) throws IOException;
  }

  private AtomicFiles() {}

  /** Replaces a file by what the writer writes, through a neighbour with the suffix .tmp. */
  static void replaceFile(Path file, Writer writer) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      Files.createDirectories(parent);
      Path temporary = parent.resolve(file.getFileName() + ".tmp");
      try {
        writer.write(temporary);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written: " + e.getMessage(), e);
    }
  }

  /** Makes a folder that does not exist yet from what the writer writes into a neighbour. */
  static void createFolder(Path folder, Writer writer) {
    try {
      Path temporary = folder.resolveSibling(folder.getFileName() + ".tmp");
      deleteFolder(temporary);
      Files.createDirectories(temporary);
      writer.write(temporary);
      Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot be written: " + e.getMessage(), e);
    }
  }

  /** Deletes a folder with all that is in it, if it is there. */
  static void deleteFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
