package bsl.cli;

import bsl.core.NameSuggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the arguments of a command, and what was probably meant. */
final class UsageMessages {
  private UsageMessages() {}

  static String of(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return plain(e.getMessage());
    }
    CommandLine command = e.getCommandLine();
    String given = unmatched.getUnmatched().get(0);
    if (unmatched.isUnknownOption()) {
      String name = given.contains("=") ? given.substring(0, given.indexOf('=')) : given;
      return "unknown option " + name + NameSuggestion.hint(name, options(command));
    }
    Map<String, CommandLine> commands = command.getSubcommands();
    if (commands.isEmpty() || !command.getParseResult().matchedArgs().isEmpty()) {
      return "'" + given + "' is one argument too many";
    }
    return "there is no command '"
        + given
        + "'; there are "
        + String.join(", ", commands.keySet())
        + within(given, commands).orElseGet(() -> NameSuggestion.hint(given, commands.keySet()));
  }

  /** The library's message without its prefix, and without names of Java's types at the end. */
  private static String plain(String message) {
    return message
        .replaceFirst("^Error: ", "")
        .replaceFirst(" is not an? (int|long)$", " is not a whole number that fits")
        .replaceFirst(" is not a (float|double)$", " is not a number");
  }

  /** Names the command that has a command of the given name. */
  private static Optional<String> within(String given, Map<String, CommandLine> commands) {
    return commands.entrySet().stream()
        .filter(command -> command.getValue().getSubcommands().containsKey(given))
        .map(command -> "; did you mean '" + command.getKey() + " " + given + "'?")
        .findFirst();
  }

  private static List<String> options(CommandLine command) {
    List<String> names = new ArrayList<>();
    command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
    return names;
  }
}
