package bsl.data;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Says that a data file is not what it should be. The message is one line with file, line number
 * and value.
 */
public final class DataFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param file the file
   * @param line line number from 1
   * @param problem what is wrong, with the value
   */
  DataFormatException(Path file, long line, String problem) {
    super(file + ":" + line + ": " + problem);
  }

  /**
   * @param message file and what is wrong with it as a whole
   */
  DataFormatException(String message) {
    super(message);
  }
}
