package bsl.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How many threads to use. */
final class ThreadOption {
  private static final int MOST = 1024;

  @Spec(Target.MIXEE)
  private CommandSpec command;

  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "threads; default all processors; the result does not depend on it")
  private void set(int count) {
    if (count < 1 || count > MOST) {
      throw new ParameterException(
          command.commandLine(), "--threads '" + count + "' is not from 1 to " + MOST);
    }
    threads = count;
  }

  int count() {
    return threads;
  }
}
