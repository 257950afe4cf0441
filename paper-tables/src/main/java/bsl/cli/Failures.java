package bsl.cli;

import bsl.data.FileFailure;
import bsl.run.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Says, in one line on standard error, why a command did not come to its end. */
final class Failures {
  private Failures() {}

  /**
   * Says what went wrong.
   *
   * @param failure what a command threw
   * @param command the command
   * @return the exit code
   */
  static int report(Throwable failure, CommandLine command) {
    if (failure instanceof StandardOutput.Failure output) {
      if (output.closed()) {
        return ExitCode.OUTPUT_CLOSED;
      }
      complain(command, output.getMessage());
      return ExitCode.BAD_INPUT;
    }
    if (failure instanceof StoppedWork) {
      complain(command, failure.getMessage());
      return ExitCode.INTERRUPTED;
    }
    if (failure instanceof InputException || failure instanceof MemoryShortage) {
      complain(command, failure.getMessage());
      return ExitCode.BAD_INPUT;
    }
    if (failure instanceof UncheckedIOException unchecked) {
      complain(command, FileFailure.message(unchecked));
      return ExitCode.BAD_INPUT;
    }
    if (failure instanceof IOException io) {
      complain(command, FileFailure.message(io));
      return ExitCode.BAD_INPUT;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError error) {
        complain(command, MemoryShortage.unknown(error));
        return ExitCode.BAD_INPUT;
      }
    }
    complain(command, internal(failure, command));
    return ExitCode.INTERNAL_ERROR;
  }

  /** One line on standard error. */
  static void complain(CommandLine command, String message) {
    String line = Invocation.in(String.valueOf(message)).replaceAll("\\s*\\R\\s*", " ");
    command.getErr().println("bsl: " + line);
    command.getErr().flush();
  }

  private static String internal(Throwable failure, CommandLine command) {
    StringBuilder line = new StringBuilder("internal error, please report it: ");
    line.append(failure.getClass().getName());
    if (failure.getMessage() != null) {
      line.append(": ").append(failure.getMessage());
    }
    try {
      Path file = Files.createTempFile("bsl-error-", ".txt");
      Files.writeString(file, details(failure, command));
      line.append("; details are in ").append(file);
    } catch (IOException e) {
      line.append("; ").append(at(failure));
    }
    return line.toString();
  }

  private static String details(Throwable failure, CommandLine command) {
    StringWriter text = new StringWriter();
    PrintWriter to = new PrintWriter(text);
    ParseResult parsed = root(command).getParseResult();
    List<String> arguments = parsed == null ? List.of() : parsed.originalArgs();
    to.println(Invocation.of(arguments));
    for (String line : new Version().getVersion()) {
      to.println(line);
    }
    to.println(System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    to.println();
    failure.printStackTrace(to);
    return text.toString();
  }

  private static CommandLine root(CommandLine command) {
    return command.getCommandSpec().root().commandLine();
  }

  private static String at(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length == 0 ? "its trace is empty" : "at " + trace[0];
  }
}
