package bsl.data;

import java.io.IOException;
import java.nio.file.Path;

/** Something cannot be written on this machine, for instance because the disk is full. */
final class WriteException extends IOException {
  private static final long serialVersionUID = 1L;

  WriteException(Path file, IOException cause) {
    super(file + ": cannot be written: " + FileFailure.reason(file, cause), cause);
  }
}
