package bsl.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens files for writing; what stands between this package and the disk. */
@FunctionalInterface
interface FileOpener {
  /** Opens files as the file system does. */
  FileOpener PLAIN =
      (file, append) ->
          append
              ? Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
              : Files.newOutputStream(file);

  /**
   * @param append whether to go on after what is there rather than replace it
   */
  OutputStream open(Path file, boolean append) throws IOException;

  /**
   * A stream whose every failure is a {@link WriteException}, so that it can be told from a failure
   * of where the bytes come from.
   */
  default OutputStream openNamed(Path file, boolean append) throws WriteException {
    try {
      return new NamedOutputStream(file, open(file, append));
    } catch (IOException e) {
      throw new WriteException(file, e);
    }
  }
}
