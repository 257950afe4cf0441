package bsl.cli;

import bsl.data.DatasetCatalog;
import bsl.data.FileFailure;
import bsl.run.InputException;
import bsl.run.RunFolder;
import bsl.run.TextFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A file that an option names for results. A regular file is replaced whole or not at all; a device
 * or a pipe is written to; a link stays and what it leads to is written. Files of a run or of a
 * data set are not written over.
 */
final class OutputFile {
  private static final int MOST_LINKS = 40;
  static final int SECONDS_TO_OPEN = 10;

  private final String option;
  private final String name;
  private final int secondsToOpen;

  /**
   * @param option the option, as it is typed
   * @param name its value
   */
  OutputFile(String option, String name) {
    this(option, name, SECONDS_TO_OPEN);
  }

  /** With another limit of the wait for somebody who reads from a pipe. */
  OutputFile(String option, String name, int secondsToOpen) {
    this.option = option;
    this.name = name;
    this.secondsToOpen = secondsToOpen;
  }

  /**
   * Better now than after hours of training.
   *
   * @throws InputException if it cannot be written, or is not to be
   */
  void require() {
    Path file = target();
    if (Files.isDirectory(file)) {
      throw refused("is a folder");
    }
    if (isOrdinary(file)) {
      OutputFolder.whyUnusable(file.toAbsolutePath().getParent())
          .ifPresent(
              why -> {
                throw refused("cannot be written: " + why);
              });
      requireForeign(file);
    } else if (!Files.isWritable(file)) {
      throw refused("cannot be written: no permission");
    }
  }

  private void requireForeign(Path file) {
    if (RunFolder.owns(file)) {
      throw refused("is a file of the run in this folder; choose another");
    }
    if (DatasetCatalog.ownsFile(file)) {
      throw refused("is a file of the data set in this folder; choose another");
    }
  }

  /**
   * Writes the file.
   *
   * @throws InputException if it cannot be written, or is not to be
   */
  void write(TextFiles.Content content) {
    Path file = target();
    try {
      if (isOrdinary(file)) {
        requireForeign(file);
        TextFiles.writeFor(file, content);
      } else {
        try (OutputStream out = openThrough(file)) {
          content.writeTo(out);
        }
      }
    } catch (IOException e) {
      throw new InputException(
          option + " " + name + ": cannot be written: " + FileFailure.reason(Path.of(name), e), e);
    }
  }

  /**
   * Opens a device or a pipe. A pipe opens only when somebody reads from it. The wait is limited,
   * because an error says more than a command that hangs.
   */
  private OutputStream openThrough(Path file) throws IOException {
    CompletableFuture<OutputStream> opened = new CompletableFuture<>();
    Thread opener =
        new Thread(
            () -> {
              try {
                opened.complete(Files.newOutputStream(file, StandardOpenOption.WRITE));
              } catch (IOException e) {
                opened.completeExceptionally(e);
              }
            },
            "bsl-output");
    opener.setDaemon(true);
    opener.start();
    try {
      return opened.get(secondsToOpen, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException("nobody has read from it for " + secondsToOpen + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private InputException refused(String why) {
    return new InputException(option + " " + name + ": " + why);
  }

  /**
   * What the name leads to, which need not exist. Links to open files, such as {@code /dev/stdout},
   * stay as they are: what they lead to is open already and is not to be replaced.
   */
  private Path target() {
    if (name.isEmpty()) {
      throw new InputException(option + " '': is empty");
    }
    try {
      Path file = Path.of(name);
      for (int links = 0; Files.isSymbolicLink(file) && !isSpecial(file); links++) {
        if (links == MOST_LINKS) {
          throw refused("too many links");
        }
        file = file.resolveSibling(Files.readSymbolicLink(file));
      }
      return file;
    } catch (InvalidPathException | IOException e) {
      throw refused(e.getMessage());
    }
  }

  /**
   * Whether it lies where the system lists open files, which is {@code /dev/fd} on macOS, and what
   * {@code /dev/fd} is a link to on Linux. Other names below {@code /dev} may be files like any
   * other: {@code /dev/shm} is a disk in memory.
   */
  private static boolean isSpecial(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder == null) {
        return false;
      }
      Path real = folder.toRealPath();
      return real.startsWith("/proc") || real.equals(Path.of("/dev/fd"));
    } catch (IOException e) {
      // Nothing is open in a folder that is not there.
      return false;
    }
  }

  /** Whether it is a file, or will be one. What a link leads to was looked for before. */
  private static boolean isOrdinary(Path file) {
    return !isSpecial(file)
        && (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            || !Files.exists(file, LinkOption.NOFOLLOW_LINKS));
  }
}
