package bsl.cli;

import bsl.run.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Entry point of the command line. */
@Command(
    name = "bsl",
    description = "Softmax loss and bilateral softmax loss for recommendation, reproduced.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DataCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      NoiseCommand.class,
      RecommendCommand.class,
      RerunCommand.class,
      ReproduceCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a claim or a tolerance failed, or the bits of a rerun differ",
      "2:bad usage or input",
      "130:interrupted; what was finished is kept"
    })
public final class Main {
  private Main() {}

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
      System.setProperty("java.util.logging.SimpleFormatter.format", "%5$s%n");
    }
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    SettingOptions.addTo(line.getSubcommands().get("train"));
    line.setParameterExceptionHandler(Main::badUsage);
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
    return line;
  }

  private static int badUsage(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    complain(command, e.getMessage());
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.BAD_INPUT;
  }

  private static int failed(Exception e, CommandLine command) throws Exception {
    if (e instanceof InputException
        || e instanceof IOException
        || e instanceof UncheckedIOException) {
      complain(command, e.getMessage());
    } else {
      throw e;
    }
    return ExitCode.BAD_INPUT;
  }

  private static void complain(CommandLine command, String message) {
    command.getErr().println("bsl: " + String.valueOf(message).replaceAll("\\s*\\R\\s*", " "));
  }
}
