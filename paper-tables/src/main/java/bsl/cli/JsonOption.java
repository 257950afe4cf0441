package bsl.cli;

import bsl.data.FileFailure;
import bsl.run.InputException;
import bsl.run.JsonFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * Where the result for machines goes. A regular file is replaced whole or not at all; a device or a
 * pipe is written to; a link stays and what it leads to is written; {@code -} is standard output,
 * and what is for people then goes to standard error.
 */
final class JsonOption {
  private static final String STANDARD_OUTPUT = "-";
  private static final int MOST_LINKS = 40;

  @Spec(Target.MIXEE)
  private CommandSpec command;

  private String target;

  /** How long to wait for somebody to read from a pipe. */
  int secondsToOpen = 10;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = {
        "also write the result here, as JSON; - is standard output,",
        "and what is for people then goes to standard error"
      })
  private void set(String name) {
    if (!name.equals(STANDARD_OUTPUT)) {
      requireWritable(name);
    }
    target = name;
  }

  /** Whether anybody wants the result. */
  boolean isWanted() {
    return target != null;
  }

  /** Where what is for people goes. */
  PrintWriter text() {
    return isStandardOutput() ? command.commandLine().getErr() : command.commandLine().getOut();
  }

  private boolean isStandardOutput() {
    return target != null
        && (target.equals(STANDARD_OUTPUT)
            || target.equals("/dev/stdout")
            || target.equals("/dev/fd/1"));
  }

  /** Writes the result, if anybody wants it. */
  void write(Object value) {
    if (target == null) {
      return;
    }
    byte[] bytes = JsonFiles.bytes(value);
    if (isStandardOutput()) {
      PrintWriter out = command.commandLine().getOut();
      out.println(new String(bytes, StandardCharsets.UTF_8));
      out.flush();
      return;
    }
    try {
      Path file = behindLinks(Path.of(target));
      if (isOrdinary(file)) {
        JsonFiles.writeFor(file, value);
      } else {
        try (OutputStream out = openThrough(file)) {
          out.write(bytes);
          out.write('\n');
        }
      }
    } catch (IOException e) {
      throw new InputException(
          "--json " + target + ": cannot be written: " + FileFailure.reason(Path.of(target), e), e);
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
            "bsl-json");
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

  /** Better now than after hours of training. */
  private void requireWritable(String name) {
    Path file;
    try {
      file = behindLinks(Path.of(name));
    } catch (InvalidPathException | IOException e) {
      throw refused(name, e.getMessage());
    }
    if (Files.isDirectory(file)) {
      throw refused(name, "is a folder");
    }
    if (isOrdinary(file)) {
      OutputFolder.whyUnusable(file.toAbsolutePath().getParent())
          .ifPresent(
              why -> {
                throw refused(name, "cannot be written: " + why);
              });
    } else if (!Files.isWritable(file)) {
      throw refused(name, "cannot be written: no permission");
    }
  }

  private ParameterException refused(String name, String why) {
    return new ParameterException(command.commandLine(), "--json " + name + ": " + why);
  }

  /**
   * What a path leads to, which need not exist. What is under {@code /dev} and {@code /proc} stays
   * as it is: the links there lead to open files, which are not to be replaced.
   */
  private static Path behindLinks(Path path) throws IOException {
    Path file = path;
    for (int links = 0; Files.isSymbolicLink(file) && !isSpecial(file); links++) {
      if (links == MOST_LINKS) {
        throw new IOException("too many links");
      }
      file = file.resolveSibling(Files.readSymbolicLink(file));
    }
    return file;
  }

  private static boolean isSpecial(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    return absolute.startsWith("/dev") || absolute.startsWith("/proc");
  }

  private static boolean isOrdinary(Path file) {
    return !isSpecial(file) && (Files.isRegularFile(file) || !Files.exists(file));
  }
}
