package bsl.cli;

import bsl.core.data.DatasetCatalog;
import bsl.paper.Artifact;
import bsl.paper.ArtifactReport;
import bsl.paper.FinishedRuns;
import bsl.paper.Scope;
import bsl.run.InputException;
import bsl.run.Presets;
import bsl.run.RunData;
import bsl.run.RunFolder;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import bsl.run.TextFiles;
import bsl.run.TrainingRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bsl reproduce}: trains what tables and figures need and sets them beside the paper's. */
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    description = {
      "Train what the paper's tables and figures need and judge them against the published numbers.",
      "Data sets that are not in the data directory are left out, and said to be.",
      "Finished runs are kept under OUT/runs and not trained again with --resume."
    })
final class ReproduceCommand implements Callable<Integer> {
  private static final List<String> DATASETS = List.of("ml-1m", "gowalla", "yelp2018");

  @Mixin private DataOptions data;

  @Mixin private ThreadOption threads;

  @Parameters(
      paramLabel = "ARTIFACT",
      arity = "0..*",
      description =
          "datasets, theory, overall, cutoffs, loss-comparison, fairness, positive-noise,"
              + " negative-noise; default all")
  private List<String> wanted = List.of();

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "only this data set; repeatable; default ml-1m, gowalla, yelp2018")
  private List<String> datasets = DATASETS;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = Presets.DEFAULT,
      description = "fast (default) or reference")
  private String preset;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "target/paper",
      description = "where tables and runs go; default target/paper")
  private Path out;

  @Option(names = "--resume", description = "keep finished runs, go on with unfinished ones")
  private boolean resume;

  @Option(names = "--dry-run", description = "say what would be trained and stop")
  private boolean dryRun;

  @Spec private CommandSpec command;

  /** The runs that are done. */
  private final class Done implements FinishedRuns {
    private final Map<RunSpec, RunResult> results = new LinkedHashMap<>();

    @Override
    public RunResult result(RunSpec spec) {
      return results.get(spec);
    }

    @Override
    public Path folder(RunSpec spec) {
      return out.resolve("runs").resolve(spec.title() + "-" + spec.digest().substring(0, 8));
    }

    @Override
    public RunData data(RunSpec spec) {
      try {
        return RunData.of(data.load(spec.dataset()), spec);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public Integer call() throws IOException {
    List<Artifact> artifacts = artifacts();
    Scope scope = new Scope(preset, present());
    if (scope.datasets().isEmpty() && artifacts.stream().anyMatch(Artifact::needsData)) {
      throw new InputException("no data set to reproduce anything on in " + data.directory());
    }
    Set<RunSpec> planned = new LinkedHashSet<>();
    artifacts.forEach(artifact -> planned.addAll(artifact.runs(scope)));
    PrintWriter to = command.commandLine().getOut();
    Done done = new Done();
    planned.forEach(
        spec ->
            to.println(
                "run " + done.folder(spec).getFileName() + ", up to " + spec.epochs() + " epochs"));
    to.flush();
    if (dryRun) {
      return ExitCode.DONE;
    }
    List<Artifact> open = new ArrayList<>(artifacts);
    boolean holds = write(open, scope, done);
    for (RunSpec spec : planned) {
      RunResult result = train(spec, done);
      if (!result.complete()) {
        return ExitCode.INTERRUPTED;
      }
      done.results.put(spec, result);
      holds &= write(open, scope, done);
    }
    return holds ? ExitCode.DONE : ExitCode.CLAIM_FAILED;
  }

  private List<Artifact> artifacts() {
    Map<String, Artifact> all =
        Artifact.all().stream()
            .collect(Collectors.toMap(Artifact::id, a -> a, (a, b) -> a, LinkedHashMap::new));
    for (String id : wanted) {
      if (!all.containsKey(id)) {
        throw new InputException("'" + id + "' is none of " + String.join(", ", all.keySet()));
      }
    }
    return all.values().stream().filter(a -> wanted.isEmpty() || wanted.contains(a.id())).toList();
  }

  /** The wanted data sets that are at hand. */
  private List<String> present() {
    List<String> present = new ArrayList<>();
    for (String dataset : datasets) {
      if (!DATASETS.contains(dataset)) {
        throw new InputException(
            "--dataset '" + dataset + "' is none of " + String.join(", ", DATASETS));
      }
      if (DatasetCatalog.isPresent(dataset, data.directory())) {
        present.add(dataset);
      } else {
        command
            .commandLine()
            .getErr()
            .println(
                "bsl: left out: "
                    + dataset
                    + " is not in "
                    + data.directory()
                    + "; 'bsl data fetch "
                    + dataset
                    + "' brings it");
      }
    }
    return present;
  }

  private RunResult train(RunSpec spec, Done done) throws IOException {
    RunFolder folder = new RunFolder(done.folder(spec));
    TrainingRun run = new TrainingRun(spec, done.data(spec), preset, threads.count(), folder);
    try (Interruption interruption = new Interruption();
        ProgressReport progress =
            new ProgressReport(spec.title(), command.commandLine().getErr())) {
      return run.execute(resume, progress, interruption);
    }
  }

  /** Writes the artifacts all of whose runs are done, strikes them off, and says if they hold. */
  private boolean write(List<Artifact> open, Scope scope, Done done) {
    boolean holds = true;
    PrintWriter to = command.commandLine().getOut();
    for (Artifact artifact : List.copyOf(open)) {
      if (!done.results.keySet().containsAll(artifact.runs(scope))) {
        continue;
      }
      ArtifactReport report = artifact.report(scope, done);
      TextFiles.write(out.resolve(artifact.id() + ".md"), report.markdown());
      TextFiles.write(out.resolve(artifact.id() + ".csv"), report.csv());
      to.println(report.markdown());
      to.println("written to " + out.resolve(artifact.id() + ".md"));
      to.flush();
      holds &= report.holds();
      open.remove(artifact);
    }
    return holds;
  }
}
