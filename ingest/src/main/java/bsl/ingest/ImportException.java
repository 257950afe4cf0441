package bsl.ingest;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Says why a data set cannot be imported. The message is one line that names the file, the line and
 * the value where there are such.
 */
public final class ImportException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong
   */
  ImportException(String message) {
    super(message);
  }

  /**
   * @param file the file
   * @param line line number from 1
   * @param problem what is wrong, with the value
   */
  ImportException(Path file, long line, String problem) {
    super(file + ":" + line + ": " + problem);
  }
}
