package bsl.cli;

import bsl.report.ShellCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Commands to print so that they can be pasted where the user is: they begin as the user called the
 * suite, which the launcher says in {@code -Dbsl.command}.
 */
final class Invocation {
  private Invocation() {}

  /** The command line with these arguments, quoted for a shell. */
  static String of(List<String> arguments) {
    return arguments.isEmpty() ? program() : program() + " " + ShellCommand.quoted(arguments);
  }

  /** The command line with these arguments, quoted for a shell. */
  static String of(String... arguments) {
    return of(List.of(arguments));
  }

  /**
   * The command that is running, as it was called. Called again, it goes on from its checkpoints;
   * no option is needed for that.
   */
  static String again(CommandSpec command) {
    return of(command.root().commandLine().getParseResult().originalArgs());
  }

  /** Those of some options that the running command was given, with their values. */
  static List<String> repeated(CommandSpec command, String... options) {
    ParseResult parsed = command.commandLine().getParseResult();
    List<String> words = new ArrayList<>();
    for (String option : options) {
      if (parsed.hasMatchedOption(option)) {
        words.addAll(List.of(option, parsed.matchedOption(option).getValue().toString()));
      }
    }
    return words;
  }

  /** A message in which commands of the suite, quoted as {@code 'bsl ...'}, begin as called. */
  static String in(String message) {
    return message.replace("'bsl ", "'" + program() + " ");
  }

  private static String program() {
    return ShellCommand.quoted(List.of(System.getProperty("bsl.command", "bsl")));
  }
}
