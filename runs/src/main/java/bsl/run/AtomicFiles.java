package bsl.run;

import bsl.data.DiskSync;
import bsl.data.FileFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Writes and deletes files and folders whole or not at all, even if the process is killed or the
 * power fails. What is unfinished has a name that ends in {@code .tmp} or {@code .deleted}; {@link
 * #sweep} removes it, but for what {@link #replaceShared} leaves.
 */
final class AtomicFiles {
  private static final String UNFINISHED = ".tmp";
  private static final String DELETED = ".deleted";

  /** Writes to a path. */
  interface Writer {
    void write(Path path) throws IOException;
  }

  private AtomicFiles() {}

  /**
   * Replaces a file by what the writer writes. Makes its folder as needed. One process at a time:
   * what is unfinished has a fixed name, so that {@link #sweep} knows it.
   */
  static void replaceFile(Path file, Writer writer) {
    replaceFile(file, file.getFileName() + UNFINISHED, writer);
  }

  /**
   * As {@link #replaceFile}, but anywhere and by any number of processes at a time: what is
   * unfinished has a name that nobody else uses.
   */
  static void replaceShared(Path file, Writer writer) {
    replaceFile(file, "." + UUID.randomUUID() + UNFINISHED, writer);
  }

  private static void replaceFile(Path file, String temporaryName, Writer writer) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      Files.createDirectories(parent);
      Path temporary = parent.resolve(temporaryName);
      try {
        writer.write(temporary);
        DiskSync.file(temporary);
        keepPermissions(file, temporary);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        DiskSync.names(parent);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          file + ": cannot be written: " + FileFailure.reason(file, e), e);
    }
  }

  /** A file that is replaced stays as readable as it was. */
  private static void keepPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView old = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    if (old != null && Files.exists(from)) {
      Files.setPosixFilePermissions(to, old.readAttributes().permissions());
    }
  }

  /** Makes a folder that does not exist yet from the files that the writer writes. */
  static void createFolder(Path folder, Writer writer) {
    try {
      Path temporary = folder.resolveSibling(folder.getFileName() + UNFINISHED);
      deleteFolder(temporary);
      Files.createDirectories(temporary);
      try {
        writer.write(temporary);
        DiskSync.folder(temporary);
        Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
        DiskSync.names(folder.toAbsolutePath().getParent());
      } finally {
        deleteFolder(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          folder + ": cannot be written: " + FileFailure.reason(folder, e), e);
    }
  }

  /** Deletes a file, if it is there, for good. */
  static void deleteFile(Path file) {
    try {
      if (Files.deleteIfExists(file)) {
        DiskSync.names(file.toAbsolutePath().getParent());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          file + ": cannot be deleted: " + FileFailure.reason(file, e), e);
    }
  }

  /** Deletes a folder with all that is in it. Nobody sees it under its name with parts missing. */
  static void discardFolder(Path folder) {
    try {
      Path condemned = folder.resolveSibling(folder.getFileName() + DELETED);
      deleteFolder(condemned);
      Files.move(folder, condemned, StandardCopyOption.ATOMIC_MOVE);
      deleteFolder(condemned);
    } catch (IOException e) {
      throw new UncheckedIOException(
          folder + ": cannot be deleted: " + FileFailure.reason(folder, e), e);
    }
  }

  /**
   * Removes what a killed process has left unfinished.
   *
   * @param folder where to look, itself only
   * @param ours whether a name, without the ending, is one that this suite writes; what others put
   *     there stays
   */
  static void sweep(Path folder, Predicate<String> ours) {
    try {
      List<Path> left;
      try (Stream<Path> children = Files.list(folder)) {
        left =
            children
                .filter(
                    path -> {
                      String name = path.getFileName().toString();
                      return Stream.of(UNFINISHED, DELETED)
                          .anyMatch(
                              ending ->
                                  name.endsWith(ending)
                                      && ours.test(
                                          name.substring(0, name.length() - ending.length())));
                    })
                .toList();
      }
      for (Path path : left) {
        deleteFolder(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          folder + ": cannot be tidied: " + FileFailure.reason(folder, e), e);
    }
  }

  /** Deletes a folder with all that is in it, or a file, if it is there. */
  private static void deleteFolder(Path folder) throws IOException {
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
