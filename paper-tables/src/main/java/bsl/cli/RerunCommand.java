package bsl.cli;

import bsl.run.InputException;
import bsl.run.Numerics;
import bsl.run.Provenance;
import bsl.run.RunData;
import bsl.run.RunFolder;
import bsl.run.RunId;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import bsl.run.TrainedRun;
import bsl.run.TrainingRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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
  private static final String PROVENANCE = "provenance.json";

  /** Begins the names of folders that are written over. */
  private static final String OWN = "rerun-";

  @Mixin private DataOptions data;

  @Mixin private ThreadOption threads;

  @Parameters(paramLabel = "RUN", description = "run folder, or the provenance.json of a run")
  private Path recordedRun;

  @Mixin private RunsOption runs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "folder for the new run; an unfinished run in it begins anew; default rerun-NAME in the"
              + " store of runs")
  private Path out;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    Path file = recordedRun;
    if (Files.isDirectory(recordedRun)) {
      TrainedRun.requireRecord(recordedRun);
      file = recordedRun.resolve(PROVENANCE);
    } else if (!Files.exists(recordedRun)) {
      throw new InputException(recordedRun + ": no such file or folder");
    }
    Provenance recorded = Provenance.read(file);
    RunSpec spec = recorded.spec(file);
    if (!recorded.complete()) {
      throw new InputException(
          file
              + ": was interrupted after epoch "
              + recorded.epochs()
              + "; finish it with 'bsl train' first");
    }
    RunData pairs =
        RunData.of(data.loadOrMake(spec.dataset()), spec)
            .importedFrom(data.recordOf(spec.dataset()));
    pairs.requireSame(file, spec.dataset(), recorded.dataDigests());
    Path folder = out == null ? defaultFolder(spec, pairs) : out;
    if (Files.exists(folder) && Files.isSameFile(folder, file.toAbsolutePath().getParent())) {
      throw new InputException(folder + ": is the recorded run itself; choose another --out");
    }
    RunFolder target = new RunFolder(folder);
    target.requireNoOtherFiles();
    requireNoOthersResult(target);
    TrainingRun run = new TrainingRun(spec, pairs, recorded.preset(), threads.count(), target);
    RunResult result;
    try (Interruption interruption = new Interruption();
        ProgressReport progress =
            new ProgressReport(
                "rerun " + spec.title(), run::share, command.commandLine().getErr())) {
      result = run.repeat(progress, interruption);
    }
    if (!result.complete()) {
      PrintWriter err = command.commandLine().getErr();
      err.println(
          "bsl: interrupted after epoch "
              + result.epochs()
              + " of "
              + spec.epochs()
              + "; nothing was compared; the same command begins again");
      err.flush();
      return ExitCode.INTERRUPTED;
    }
    return compare(recorded, spec, result);
  }

  /**
   * A run is trained again from the beginning, so what its folder has is lost at once. That is
   * meant for folders of this command only, which are called like the default.
   */
  private static void requireNoOthersResult(RunFolder target) {
    Path name = target.path().toAbsolutePath().normalize().getFileName();
    boolean own = name != null && name.toString().startsWith(OWN);
    if (!own && target.result().filter(RunResult::complete).isPresent()) {
      throw new InputException(
          target.path()
              + ": holds a finished run; choose another --out, or one whose name begins with "
              + OWN);
    }
  }

  private Path defaultFolder(RunSpec spec, RunData pairs) {
    return runs.directory().resolve(OWN + RunId.of(spec, pairs.digests()).folderName());
  }

  /** Compares models, epochs and those metrics that both have. */
  private int compare(Provenance recorded, RunSpec spec, RunResult result) {
    PrintWriter to = command.commandLine().getOut();
    to.println("recorded  epoch " + recorded.bestEpoch() + "  model " + recorded.modelSha256());
    to.println("rerun     epoch " + result.bestEpoch() + "  model " + result.modelSha256());
    if (!result.deviations().isEmpty()) {
      to.println(DeviationNote.of(result.dataset(), result.deviations()));
    }
    Map<String, Double> before = recorded.metrics();
    Map<String, Double> now = result.metrics();
    sayOnly("only recorded", before, now);
    sayOnly("new", now, before);
    List<String> changed =
        before.keySet().stream()
            .filter(metric -> now.containsKey(metric))
            .filter(metric -> !before.get(metric).equals(now.get(metric)))
            .toList();
    boolean same =
        recorded.modelSha256().equals(result.modelSha256())
            && recorded.bestEpoch() == result.bestEpoch()
            && changed.isEmpty();
    if (same) {
      to.println("the bits agree");
      return ExitCode.DONE;
    }
    to.println("the bits DIFFER");
    if (recorded.numerics() != Numerics.VERSION) {
      to.println(
          "they need not agree: recorded with numerics "
              + recorded.numerics()
              + ", trained again with "
              + Numerics.VERSION);
    }
    if (!recorded.code().equals(Provenance.codeOf(spec))) {
      to.println("they need not agree: the code of loss or backbone has changed since");
    }
    changed.forEach(
        metric -> to.println(metric + "  " + before.get(metric) + "  " + now.get(metric)));
    return ExitCode.CLAIM_FAILED;
  }

  private void sayOnly(String title, Map<String, Double> here, Map<String, Double> there) {
    TreeSet<String> metrics = new TreeSet<>(here.keySet());
    metrics.removeAll(there.keySet());
    if (!metrics.isEmpty()) {
      command
          .commandLine()
          .getOut()
          .println("metrics that are " + title + ", not compared: " + String.join(", ", metrics));
    }
  }
}
