package bsl.cli;

import bsl.run.InputException;
import bsl.run.OwnPreset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Keeps a command from writing over a file that the same command line gives it to read. */
final class WrittenInputs {
  private static final Set<String> WRITTEN = Set.of("--json", "--out");

  private WrittenInputs() {}

  /**
   * Compares files that are to be written with all others that the command line names.
   *
   * @throws InputException if one is both
   */
  static void refuse(ParseResult parsed) {
    ParseResult command = parsed;
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }
    List<ArgSpec> others =
        Stream.concat(
                command.matchedOptions().stream().filter(option -> !isWritten(option)),
                command.matchedPositionals().stream())
            .toList();
    for (OptionSpec option : command.matchedOptions()) {
      if (isWritten(option)) {
        for (String output : option.originalStringValues()) {
          for (ArgSpec other : others) {
            refuse(option, output, other);
          }
        }
      }
    }
  }

  private static boolean isWritten(OptionSpec option) {
    return WRITTEN.contains(option.longestName());
  }

  private static void refuse(OptionSpec option, String output, ArgSpec other) {
    for (String value : other.originalStringValues()) {
      if (files(other, value).anyMatch(input -> isSameFile(output, input))) {
        throw new InputException(
            option.longestName() + " " + output + ": is read by this command; choose another file");
      }
    }
  }

  /** What a value may name. Presets are lists, called by name or path, some behind a loss. */
  private static Stream<String> files(ArgSpec argument, String value) {
    if (!(argument instanceof OptionSpec option) || !option.longestName().equals("--preset")) {
      return Stream.of(value);
    }
    return Stream.of(value.split(","))
        .map(preset -> preset.substring(preset.indexOf('=') + 1))
        .flatMap(preset -> Stream.of(preset, OwnPreset.fileOf(preset).toString()));
  }

  private static boolean isSameFile(String output, String input) {
    try {
      Path file = Path.of(output);
      return Files.isRegularFile(file) && Files.isSameFile(file, Path.of(input));
    } catch (InvalidPathException | IOException e) {
      // Not every value is a file.
      return false;
    }
  }
}
