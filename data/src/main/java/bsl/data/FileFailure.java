package bsl.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Says in a few words why a file cannot be read or written. The messages of Java's own exceptions
 * are the file's name and often nothing else.
 */
public final class FileFailure {
  private FileFailure() {}

  /**
   * What went wrong, for a message that begins with the file's name. It names another file or
   * folder where that is what failed, but not one in the same folder, which is a temporary one.
   *
   * @param about the file or folder that was to be read or written
   */
  public static String reason(Path about, IOException e) {
    if (!(e instanceof FileSystemException system) || system.getFile() == null) {
      return bare(e);
    }
    Path failed = Path.of(system.getFile()).toAbsolutePath();
    Path expected = about.toAbsolutePath();
    boolean same =
        failed.equals(expected) || Objects.equals(failed.getParent(), expected.getParent());
    return same ? reason(system) : failed + ": " + reason(system);
  }

  /** A whole message: what an exception says, with the file's name and what went wrong. */
  public static String message(IOException e) {
    if (!(e instanceof FileSystemException system) || system.getFile() == null) {
      return e.getMessage() == null ? e.toString() : e.getMessage();
    }
    return system.getOtherFile() == null
        ? system.getFile() + ": " + reason(system)
        : e.getMessage();
  }

  /**
   * A whole message: the exception's own, unless that is only its cause's, in which a file's name
   * may stand alone.
   */
  public static String message(UncheckedIOException e) {
    String own = String.valueOf(e.getMessage());
    return own.equals(String.valueOf(e.getCause())) ? message(e.getCause()) : own;
  }

  /** What went wrong, without any name of a file. */
  public static String reason(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NotDirectoryException) {
      return "is not a folder";
    }
    if (e instanceof FileAlreadyExistsException) {
      // Folders that are there are fine where folders are made.
      return Files.isDirectory(Path.of(e.getFile())) ? "is there already" : "is not a folder";
    }
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }

  /** The message, or the kind of exception where there is none. */
  static String bare(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
