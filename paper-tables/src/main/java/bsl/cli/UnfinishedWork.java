package bsl.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Says on standard error why some of a command's runs are not there, after what the others are
 * enough for has been reported.
 */
final class UnfinishedWork {
  private final CommandSpec command;
  private final List<String> failures;
  private final boolean complete;

  /**
   * @param command the command
   * @param failures what could not be made and why, a line each
   * @param complete whether everything else was made
   */
  UnfinishedWork(CommandSpec command, List<String> failures, boolean complete) {
    this.command = command;
    this.failures = failures;
    this.complete = complete;
  }

  /**
   * Says what failed, and how to go on if it was interrupted.
   *
   * @param finished how many are finished of how many, for example "3 of 4 runs"
   * @param interruption whether somebody asked to stop
   * @return the exit code; empty if nothing is missing
   */
  OptionalInt say(String finished, Interruption interruption) {
    if (!failures.isEmpty()) {
      failures.forEach(failure -> Failures.complain(command.commandLine(), failure));
      Failures.complain(
          command.commandLine(), finished + " are finished, " + failures.size() + " failed");
      if (!interruption.getAsBoolean()) {
        return OptionalInt.of(ExitCode.BAD_INPUT);
      }
    }
    if (complete) {
      return OptionalInt.empty();
    }
    PrintWriter err = command.commandLine().getErr();
    err.println(
        "bsl: interrupted, "
            + finished
            + " are finished; go on with: "
            + Invocation.again(command));
    err.flush();
    return OptionalInt.of(ExitCode.INTERRUPTED);
  }
}
