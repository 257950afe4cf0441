package bsl.run;

import java.nio.file.Files;
import java.nio.file.Path;

/** Files that are written whole or not at all; text in UTF-8. */
public final class TextFiles {
  private TextFiles() {}

  /** Writes a text, replacing the file; folders are made as needed. */
  public static void write(Path file, String text) {
    AtomicFiles.replaceFile(file, path -> Files.writeString(path, text));
  }

  /** Writes bytes, replacing the file; folders are made as needed. */
  public static void write(Path file, byte[] bytes) {
    AtomicFiles.replaceFile(file, path -> Files.write(path, bytes));
  }
}
