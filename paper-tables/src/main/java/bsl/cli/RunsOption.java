package bsl.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where runs are kept: one store for all commands, so that nothing is trained twice. */
final class RunsOption {
  @Option(
      names = "--runs",
      paramLabel = "DIR",
      description = "store of runs, a folder each; default ./work/runs")
  private Path runs = Path.of("work", "runs");

  Path directory() {
    return runs;
  }
}
