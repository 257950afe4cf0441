package bsl.cli;

import bsl.run.InputException;
import bsl.run.Provenance;
import bsl.run.RunData;
import bsl.run.RunFolder;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import bsl.run.TrainingRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bsl rerun}: trains a recorded run again and compares the bits. */
@Command(
    name = "rerun",
    mixinStandardHelpOptions = true,
    description = "Train a recorded run again and say whether the bits agree.")
final class RerunCommand implements Callable<Integer> {
  @Mixin private DataOptions data;

  @Mixin private ThreadOption threads;

  @Parameters(paramLabel = "PROVENANCE_FILE", description = "provenance.json of a run")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder for the new run; default runs/rerun-DIGEST")
  private Path out;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    Provenance recorded = Provenance.read(file);
    RunSpec spec = recorded.spec(file);
    if (!recorded.complete()) {
      throw new InputException(
          file
              + ": was interrupted after epoch "
              + recorded.epochs()
              + "; finish it with 'bsl train --resume' first");
    }
    RunData pairs = RunData.of(data.loadOrMake(spec.dataset()), spec);
    if (!pairs.digests().equals(recorded.dataDigests())) {
      throw new InputException(
          "data set "
              + spec.dataset()
              + " has digests "
              + pairs.digests()
              + ", but "
              + file
              + " was trained on "
              + recorded.dataDigests());
    }
    Path folder = out == null ? Path.of("runs", "rerun-" + spec.digest().substring(0, 8)) : out;
    if (Files.exists(folder) && Files.isSameFile(folder, file.toAbsolutePath().getParent())) {
      throw new InputException(folder + ": is the recorded run itself; choose another --out");
    }
    TrainingRun run =
        new TrainingRun(spec, pairs, recorded.preset(), threads.count(), new RunFolder(folder));
    RunResult result;
    try (Interruption interruption = new Interruption();
        ProgressReport progress =
            new ProgressReport(
                "rerun " + spec.title(), run::share, command.commandLine().getErr())) {
      result = run.execute(false, progress, interruption);
    }
    if (!result.complete()) {
      return ExitCode.INTERRUPTED;
    }
    return compare(recorded, result);
  }

  private int compare(Provenance recorded, RunResult result) {
    PrintWriter to = command.commandLine().getOut();
    to.println("recorded  epoch " + recorded.bestEpoch() + "  model " + recorded.modelSha256());
    to.println("rerun     epoch " + result.bestEpoch() + "  model " + result.modelSha256());
    boolean same =
        recorded.modelSha256().equals(result.modelSha256())
            && recorded.bestEpoch() == result.bestEpoch()
            && recorded.metrics().equals(result.metrics());
    if (same) {
      to.println("the bits agree");
      return ExitCode.DONE;
    }
    to.println("the bits DIFFER");
    recorded
        .metrics()
        .forEach(
            (metric, value) ->
                to.println(metric + "  " + value + "  " + result.metrics().get(metric)));
    return ExitCode.CLAIM_FAILED;
  }
}
