package bsl.cli;

import bsl.run.InputException;
import bsl.run.JsonFiles;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * Where the result for machines goes: an {@link OutputFile}, or standard output with {@code -}.
 * What is for people then goes to standard error.
 */
final class JsonOption {
  @Spec(Target.MIXEE)
  private CommandSpec command;

  private String target;

  /** How long to wait for somebody to read from a pipe. */
  int secondsToOpen = OutputFile.SECONDS_TO_OPEN;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = {
        "also write the result here, as JSON; - is standard output,",
        "and what is for people then goes to standard error"
      })
  private void set(String name) {
    if (!StandardOutput.isNamed(name)) {
      try {
        file(name).require();
      } catch (InputException e) {
        throw new ParameterException(command.commandLine(), e.getMessage(), e);
      }
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
    return target != null && StandardOutput.isNamed(target);
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
    file(target)
        .write(
            out -> {
              out.write(bytes);
              out.write('\n');
            });
  }

  private OutputFile file(String name) {
    return new OutputFile("--json", name, secondsToOpen);
  }
}
