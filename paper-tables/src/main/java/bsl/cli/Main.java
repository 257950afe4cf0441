package bsl.cli;

import bsl.core.kernel.Kernels;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Entry point of the command line. */
@Command(
    name = "bsl",
    description = "Softmax loss and bilateral softmax loss for recommendation, reproduced.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DataCommand.class,
      TrainCommand.class,
      TuneCommand.class,
      CompareCommand.class,
      EvaluateCommand.class,
      NoiseCommand.class,
      RecommendCommand.class,
      ExportCommand.class,
      DoctorCommand.class,
      RerunCommand.class,
      ReproduceCommand.class,
      HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a check of reproduce failed, the bits of a rerun differ, or doctor found a problem",
      "2:bad usage or input, no room on the disk, or not enough memory",
      "70:a defect of this program; please report it",
      "130:interrupted, or 143 by SIGTERM; what was finished is kept",
      "141:whoever read standard output has gone"
    })
public final class Main implements Callable<Integer> {
  /** Held, since a logger that nobody holds loses its level. */
  private static final Logger KERNELS = Logger.getLogger(Kernels.class.getPackageName());

  @Spec private CommandSpec command;

  private Main() {}

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
      System.setProperty("java.util.logging.SimpleFormatter.format", "%5$s%n");
    }
    // Which kernels run stands in each result; on the terminal only what slows them down counts.
    KERNELS.setLevel(Level.WARNING);
    System.exit(run(arguments));
  }

  private static int run(String... arguments) {
    CommandLine line;
    try {
      line = commandLine();
    } catch (RuntimeException | Error e) {
      // For example a jar in BSL_CLASSPATH whose loss cannot be made.
      return Failures.report(e, new CommandLine(new Main()));
    }
    line.setOut(StandardOutput.writer());
    return line.execute(arguments);
  }

  /** Without a command, usage; like any other call that lacks something, it has failed. */
  @Override
  public Integer call() {
    command.commandLine().usage(command.commandLine().getErr());
    return ExitCode.BAD_INPUT;
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    SettingOptions.addTo(line.getSubcommands().get("train"));
    // An id may begin with @; nothing here takes files of arguments.
    line.setExpandAtFiles(false);
    line.registerConverter(Path.class, Main::path);
    line.setParameterExceptionHandler(Main::badUsage);
    line.setExecutionStrategy(parsed -> Interruption.command(() -> execute(parsed)));
    return line;
  }

  /** A path; an empty one, mostly an unset variable of a shell, would be the current folder. */
  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("'' is no path");
    }
    return Path.of(text);
  }

  private static int execute(ParseResult parsed) {
    CommandLine line = parsed.commandSpec().commandLine();
    try {
      WrittenInputs.refuse(parsed);
      int code = new RunLast().execute(parsed);
      line.getOut().flush();
      return code;
    } catch (ParameterException e) {
      throw e;
    } catch (ExecutionException e) {
      return Failures.report(e.getCause() == null ? e : e.getCause(), e.getCommandLine());
    } catch (RuntimeException | Error e) {
      return Failures.report(e, line);
    }
  }

  private static int badUsage(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    Failures.complain(command, UsageMessages.of(e));
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println(Invocation.in("Try '" + name + " --help'."));
    return ExitCode.BAD_INPUT;
  }
}
