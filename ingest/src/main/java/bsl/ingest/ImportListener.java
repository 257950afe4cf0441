package bsl.ingest;

import java.nio.file.Path;

/** Hears how an import goes. */
public interface ImportListener {
  /** Hears nothing. */
  ImportListener SILENT = new ImportListener() {};

  /**
   * Some more of a file has been read.
   *
   * @param file which one
   * @param done bytes of it that have been read
   * @param total its size in bytes
   * @param lines lines read, of all files
   */
  default void read(Path file, long done, long total, long lines) {}

  /**
   * Something that takes a while begins.
   *
   * @param what for example {@code writing}
   */
  default void begins(String what) {}

  /** Asked often while files are read. Once true, the import is broken off, and writes nothing. */
  default boolean cancelled() {
    return false;
  }
}
