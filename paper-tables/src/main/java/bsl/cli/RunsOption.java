package bsl.cli;

import bsl.run.RunStore;
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

  /** The store, of runs that record where their data set comes from. */
  RunStore store(DataOptions data) {
    return new RunStore(runs, data::source, data::recordOf);
  }
}
