package bsl.run;

import java.nio.file.Files;
import java.nio.file.Path;

/** Text files in UTF-8, written whole or not at all. */
public final class TextFiles {
  private TextFiles() {}

  /** Writes a text, replacing the file; folders are made as needed. */
  public static void write(Path file, String text) {
    AtomicFiles.replaceFile(file, path -> Files.writeString(path, text));
  }
}
