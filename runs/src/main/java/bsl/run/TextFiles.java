package bsl.run;

import bsl.data.FileFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Files that are written whole or not at all; text in UTF-8. */
public final class TextFiles {
  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * @param out where to write; need not be closed
     */
    void writeTo(OutputStream out) throws IOException;
  }

  private TextFiles() {}

  /**
   * Writes a file where somebody asks for it, replacing it and touching no other. If the content
   * throws anything, the file stays as it was.
   */
  public static void writeFor(Path file, Content content) {
    AtomicFiles.replaceShared(
        file,
        path -> {
          try (OutputStream out = Files.newOutputStream(path)) {
            content.writeTo(out);
          }
        });
  }

  /** Writes a text, replacing the file; folders are made as needed. */
  public static void write(Path file, String text) {
    AtomicFiles.replaceShared(file, path -> Files.writeString(path, text));
  }

  /** Writes bytes, replacing the file; folders are made as needed. */
  public static void write(Path file, byte[] bytes) {
    AtomicFiles.replaceShared(file, path -> Files.write(path, bytes));
  }

  /** The lines of a text; none if there is no such file. */
  public static List<String> lines(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read: " + FileFailure.reason(file, e), e);
    }
  }

  /** Deletes the files of a folder whose names are unwanted. */
  public static void deleteAll(Path folder, Predicate<String> unwanted) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (unwanted.test(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          folder + ": cannot be tidied: " + FileFailure.reason(folder, e), e);
    }
  }
}
