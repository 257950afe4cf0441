package bsl.cli;

import bsl.core.Split;
import bsl.data.DatasetCatalog;
import bsl.paper.Artifact;
import bsl.paper.Profile;
import bsl.paper.Scope;
import bsl.paper.StoredRuns;
import bsl.run.InputException;
import bsl.run.Presets;
import bsl.run.RunResult;
import bsl.run.RunScheduler;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
      "Finished runs are kept under OUT/runs and not trained again; --resume also goes on from the"
          + " checkpoints of unfinished ones."
    })
final class ReproduceCommand implements Callable<Integer> {
  private static final List<String> DATASETS = List.of("ml-1m", "gowalla", "yelp2018");

  @Mixin private DataOptions data;

  @Mixin private ThreadOption threads;

  @Parameters(
      paramLabel = "ARTIFACT",
      arity = "0..*",
      description = "tables and figures by name, see --list; default all")
  private List<String> wanted = List.of();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "paper",
      description =
          "paper (default): the presets as they are, numbers asserted against the published ones;"
              + " quick: a few epochs of everything on one data set, a synthetic one if need be")
  private String profileName;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "only this data set; repeatable; default ml-1m, gowalla, yelp2018")
  private List<String> datasets = List.of();

  @Option(
      names = "--backbone",
      paramLabel = "NAME",
      description =
          "only this backbone; repeatable; default mf, lightgcn, ngcf, where an artifact has them")
  private List<String> backbones = List.of();

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = Presets.DEFAULT,
      description = "fast (default) or reference")
  private String preset;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description = "seeds 1 to N for artifacts that show a spread; default 1")
  private int seeds;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "target/paper",
      description = "where tables, figures and runs go; default target/paper")
  private Path out;

  @Option(names = "--resume", description = "go on from the checkpoints of unfinished runs")
  private boolean resume;

  @Option(names = "--dry-run", description = "say what would be trained and how long, and stop")
  private boolean dryRun;

  @Option(names = "--list", description = "say which artifacts there are, and stop")
  private boolean list;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    PrintWriter to = command.commandLine().getOut();
    if (list) {
      Artifact.all().forEach(artifact -> to.println(artifact.id()));
      to.flush();
      return ExitCode.DONE;
    }
    long start = System.nanoTime();
    Scope scope = scope();
    List<Artifact> artifacts = artifacts(scope);
    if (scope.datasets().isEmpty() && artifacts.stream().anyMatch(Artifact::needsData)) {
      throw new InputException("no data set to reproduce anything on in " + data.directory());
    }
    RunStore store = new RunStore(out.resolve("runs"), this::load);
    Set<RunSpec> needed = new LinkedHashSet<>();
    Set<RunSpec> models = new HashSet<>();
    for (Artifact artifact : artifacts) {
      List<RunSpec> runs = artifact.runs(scope);
      needed.addAll(runs);
      if (artifact.readsModels()) {
        models.addAll(runs);
      }
    }
    StoredRuns finished = new StoredRuns(store, out);
    for (RunSpec spec : needed) {
      if (!models.contains(spec) || store.hasModel(spec)) {
        store.finished(spec).ifPresent(result -> finished.put(spec, result));
      }
    }
    RunScheduler scheduler = new RunScheduler(store, threads.count(), resume);
    List<RunSpec> open =
        scheduler.order(needed.stream().filter(spec -> !finished.has(spec)).toList());
    plan(needed.size(), open, scheduler, store);
    if (dryRun) {
      return ExitCode.DONE;
    }
    // The JVM outlives Ctrl-C until what is finished has been reported.
    try (Interruption interruption = new Interruption()) {
      boolean complete = train(open, scheduler, finished, interruption);
      boolean holds =
          new ReproductionReport(out, threads.count(), command.commandLine(), start)
              .write(artifacts, scope, finished);
      if (!complete) {
        return ExitCode.INTERRUPTED;
      }
      return holds ? ExitCode.DONE : ExitCode.CLAIM_FAILED;
    }
  }

  private Split load(String dataset) {
    try {
      return data.loadOrMake(dataset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Scope scope() {
    Profile profile =
        Profile.named(profileName)
            .orElseThrow(
                () ->
                    new InputException("--profile '" + profileName + "' is none of quick, paper"));
    if (seeds < 1 || seeds > 100) {
      throw new InputException("--seeds '" + seeds + "' is not from 1 to 100");
    }
    List<String> present = present();
    if (profile == Profile.QUICK && datasets.isEmpty()) {
      present = List.of(present.isEmpty() ? Scope.SYNTHETIC : present.get(0));
    }
    for (String backbone : backbones) {
      if (!Scope.BACKBONES.contains(backbone)) {
        throw new InputException(
            "--backbone '" + backbone + "' is none of " + String.join(", ", Scope.BACKBONES));
      }
    }
    List<String> used = backbones.isEmpty() ? Scope.BACKBONES : backbones;
    return new Scope(profile, preset, present, used, seeds);
  }

  private List<Artifact> artifacts(Scope scope) {
    Map<String, Artifact> all =
        Artifact.all().stream()
            .collect(Collectors.toMap(Artifact::id, a -> a, (a, b) -> a, LinkedHashMap::new));
    for (String id : wanted) {
      if (!all.containsKey(id)) {
        throw new InputException("'" + id + "' is none of " + String.join(", ", all.keySet()));
      }
    }
    List<Artifact> artifacts = new ArrayList<>();
    for (Artifact artifact : all.values()) {
      if (artifact.uses(scope.backbones())) {
        if (wanted.isEmpty() || wanted.contains(artifact.id())) {
          artifacts.add(artifact);
        }
      } else if (wanted.contains(artifact.id())) {
        throw new InputException(
            "--backbone "
                + String.join(", ", scope.backbones())
                + ": '"
                + artifact.id()
                + "' has only "
                + String.join(", ", artifact.backbones()));
      }
    }
    return artifacts;
  }

  /** The wanted data sets that are at hand. */
  private List<String> present() {
    List<String> present = new ArrayList<>();
    for (String dataset : datasets.isEmpty() ? DATASETS : datasets) {
      if (dataset.equals(Scope.SYNTHETIC)) {
        present.add(dataset);
        continue;
      }
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

  private void plan(int needed, List<RunSpec> open, RunScheduler scheduler, RunStore store) {
    PrintWriter to = command.commandLine().getOut();
    double sum = 0;
    for (RunSpec spec : open) {
      double seconds = scheduler.estimatedSeconds(spec);
      sum += seconds;
      to.printf(
          Locale.ROOT,
          "run %s, up to %d epochs, about %s on one core%n",
          store.folder(spec).getFileName(),
          spec.epochs(),
          time(seconds));
    }
    to.printf(
        Locale.ROOT,
        "%d runs, %d of them finished before; about %s on %d threads%n",
        needed,
        needed - open.size(),
        time(sum / threads.count()),
        threads.count());
    to.flush();
  }

  private static String time(double seconds) {
    return seconds < 100
        ? Math.round(seconds) + " s"
        : String.format(Locale.ROOT, "%.0f min", seconds / 60);
  }

  /** Trains what is open and says whether all of it came to its end. */
  private boolean train(
      List<RunSpec> open, RunScheduler scheduler, StoredRuns finished, Interruption interruption) {
    try (ReproductionProgress progress =
        new ReproductionProgress(
            open, scheduler::estimatedSeconds, command.commandLine().getErr())) {
      Map<RunSpec, RunResult> results = scheduler.run(open, progress, interruption);
      results.forEach(finished::put);
      return results.size() == open.size();
    }
  }
}
