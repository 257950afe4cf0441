package bsl.cli;

import bsl.core.NameSuggestion;
import bsl.core.Split;
import bsl.data.DatasetCatalog;
import bsl.paper.Artifact;
import bsl.paper.Cell;
import bsl.paper.Profile;
import bsl.paper.Reproduction;
import bsl.paper.ReproductionOutcome;
import bsl.paper.ReproductionPlan;
import bsl.paper.Scope;
import bsl.run.BackboneKinds;
import bsl.run.InputException;
import bsl.run.Presets;
import bsl.run.Protocol;
import bsl.run.RunEngine;
import bsl.run.RunFailure;
import bsl.run.RunsFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
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
      "Finished runs are kept in the store of runs and not trained again; unfinished ones go on from"
          + " their checkpoints."
    })
final class ReproduceCommand implements Callable<Integer> {
  private static final List<String> DATASETS = List.of("ml-1m", "gowalla", "yelp2018", "amazon");

  /** Costs more than the others together, so that nobody is asked to fetch it for a default. */
  private static final String OPTIONAL = "amazon";

  private static final List<String> PROFILES = List.of("quick", "paper");
  private static final Map<String, List<Protocol>> PROTOCOLS = protocols();
  private static final int MOST_SEEDS = 100;

  @Mixin private DataOptions data;

  @Mixin private RunsOption runs;

  @Mixin private ThreadOption threads;

  @Mixin private EngineOptions engines;

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
              + " quick: a few epochs of each run on one data set, a synthetic one if there is no"
              + " other")
  private String profileName;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description =
          "only this data set; repeatable; default ml-1m, gowalla, yelp2018, and amazon where it is"
              + " at hand")
  private List<String> datasets = List.of();

  @Option(
      names = "--backbone",
      paramLabel = "NAME",
      description =
          "only this backbone; repeatable; default mf, lightgcn, ngcf, where an artifact has them,"
              + " and the paper's contrastive ones in contrastive-backbones")
  private List<String> backbones = List.of();

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = Presets.DEFAULT,
      description = "fast (default), pairwise, reference, or a file of your own as tune writes it")
  private String preset;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "train every run with seeds 1 to N; tables show means with 95%% intervals, and verdicts need"
              + " three or more; default 1")
  private int seeds;

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      defaultValue = "paper",
      description =
          "paper (default): the epoch is selected on the test set, as the authors did; held-out: on"
              + " pairs held out of train; both: one after the other, and whether their verdicts"
              + " agree. Artifacts that know only paper have that one")
  private String protocolName;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "where tables and figures go; default ./work/reports/PROFILE")
  private Path out;

  /**
   * Accepted for scripts and without effect. Unfinished runs always continue, because a new
   * beginning would lose work and give the same bits.
   */
  @Option(
      names = "--resume",
      description = "go on from the checkpoints of unfinished runs, which is always done")
  private boolean resume;

  @Option(names = "--dry-run", description = "say what would be trained and how long, and stop")
  private boolean dryRun;

  @Option(
      names = "--list",
      description = "say what each artifact is, what it trains and how long, and stop")
  private boolean list;

  @Spec private CommandSpec command;

  private static Map<String, List<Protocol>> protocols() {
    Map<String, List<Protocol>> protocols = new LinkedHashMap<>();
    for (Protocol protocol : Protocol.values()) {
      protocols.put(protocol.key(), List.of(protocol));
    }
    protocols.put("both", List.of(Protocol.values()));
    return protocols;
  }

  @Override
  public Integer call() {
    PrintWriter to = command.commandLine().getOut();
    Profile profile =
        Profile.named(profileName)
            .orElseThrow(() -> unknown("--profile '" + profileName + "'", profileName, PROFILES));
    requireKnown();
    if (list) {
      ArtifactList.print(
          to, scope(profile, datasets.isEmpty() ? byDefault() : datasets), threads.count());
      return ExitCode.DONE;
    }
    Scope scope = scope(profile, present());
    List<Artifact> artifacts = artifacts(scope);
    if (scope.datasets().isEmpty() && artifacts.stream().anyMatch(Artifact::needsData)) {
      throw new InputException(
          "no data set to reproduce anything on in "
              + data.directory()
              + (datasets.isEmpty()
                  ? "; --profile quick makes a synthetic one"
                  : "; --dataset " + Scope.SYNTHETIC + " makes a synthetic one"));
    }
    sayWhichKnowOnlyPaper(scope, artifacts);
    sayWhichAreOnOtherData(scope, artifacts);
    sayWhereSettingsComeFrom(scope, artifacts);
    try (RunEngine engine = engines.open(threads, data)) {
      return reproduce(scope, artifacts, engine);
    }
  }

  private int reproduce(Scope scope, List<Artifact> artifacts, RunEngine engine) {
    PrintWriter to = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    Path folder = out == null ? Reproduction.reportFolder(scope.profile()) : out;
    OutputFolder.require(folder);
    ReproductionProgress progress = new ReproductionProgress(err);
    Reproduction reproduction =
        Reproduction.of(scope, this::load)
            .imports(data::recordOf)
            .artifacts(artifacts)
            .runs(runs.directory())
            .report(folder)
            .places(Invocation.repeated(command, "--data", "--runs"))
            .engine(engine)
            // A plan is made without a cluster, for as many runs at a time as are asked for.
            .threads(dryRun ? threads.count() : engine.lanes())
            .resume(true)
            .listener(progress)
            .build();
    ReproductionPlan plan = reproduction.plan();
    plan.deviations()
        .forEach(
            (dataset, how) ->
                Failures.complain(
                    command.commandLine(), "warning: " + DeviationNote.of(dataset, how)));
    print(plan);
    if (dryRun) {
      return ExitCode.DONE;
    }
    // The JVM outlives Ctrl-C until what is finished has been reported.
    try (Interruption interruption = new Interruption(err)) {
      boolean complete = false;
      List<String> failures = List.of();
      try (progress) {
        progress.begin(plan);
        complete = reproduction.train(interruption);
      } catch (RunsFailedException e) {
        failures = e.failures().stream().map(RunFailure::text).toList();
      }
      String finished = reproduction.plan().finished() + " of " + plan.runs() + " runs";
      // After Ctrl-C the JVM waits for a limited time. How to go on comes first then.
      OptionalInt interrupted =
          interruption.getAsBoolean()
              ? new UnfinishedWork(command, failures, complete).say(finished, interruption)
              : OptionalInt.empty();
      ReproductionOutcome outcome = reproduction.report(interruption);
      new ReproductionReport(to, err).print(outcome);
      if (interrupted.isPresent()) {
        return interrupted.getAsInt();
      }
      boolean stopped = outcome.missing().stream().anyMatch(ReproductionOutcome.Missing::stopped);
      return new UnfinishedWork(command, failures, complete && !stopped)
          .say(finished, interruption)
          .orElse(outcome.holds() ? ExitCode.DONE : ExitCode.CLAIM_FAILED);
    }
  }

  private Split load(String dataset) {
    try {
      return data.loadOrStandIn(dataset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputException unknown(String what, String given, Collection<String> known) {
    return new InputException(
        what + " is none of " + String.join(", ", known) + NameSuggestion.hint(given, known));
  }

  /** Fails for names that mean nothing, whatever data there are. */
  private void requireKnown() {
    if (seeds < 1 || seeds > MOST_SEEDS) {
      throw new InputException("--seeds '" + seeds + "' is not from 1 to " + MOST_SEEDS);
    }
    if (!PROTOCOLS.containsKey(protocolName)) {
      throw unknown("--protocol '" + protocolName + "'", protocolName, PROTOCOLS.keySet());
    }
    for (String dataset : datasets) {
      if (!DATASETS.contains(dataset) && !dataset.equals(Scope.SYNTHETIC)) {
        throw unknown("--dataset '" + dataset + "'", dataset, DATASETS);
      }
    }
    for (String backbone : backbones) {
      if (BackboneKinds.find(backbone).isEmpty()) {
        throw unknown("--backbone '" + backbone + "'", backbone, BackboneKinds.names());
      }
    }
    List<String> all = Artifact.all().stream().map(Artifact::id).toList();
    for (String id : wanted) {
      if (!all.contains(id)) {
        throw unknown("'" + id + "'", id, all);
      }
    }
  }

  private Scope scope(Profile profile, List<String> available) {
    List<String> used = available;
    if (profile == Profile.QUICK && datasets.isEmpty()) {
      used = List.of(available.isEmpty() ? Scope.SYNTHETIC : available.get(0));
    }
    return new Scope(
        profile,
        preset,
        used,
        backbones.isEmpty() ? Scope.BACKBONES : backbones,
        seeds,
        PROTOCOLS.get(protocolName));
  }

  private void sayWhichKnowOnlyPaper(Scope scope, List<Artifact> artifacts) {
    List<String> paperOnly =
        artifacts.stream()
            .filter(artifact -> !artifact.protocols().containsAll(scope.protocols()))
            .filter(artifact -> knowsOnlyPaper(artifact, scope))
            .map(Artifact::id)
            .toList();
    if (!paperOnly.isEmpty()) {
      Failures.complain(
          command.commandLine(),
          "--protocol "
              + protocolName
              + " does not count for "
              + String.join(", ", paperOnly)
              + ": protocol paper only");
    }
  }

  private static boolean knowsOnlyPaper(Artifact artifact, Scope scope) {
    List<Cell> cells = artifact.cells(scope.under(Protocol.PAPER));
    return !cells.isEmpty()
        && cells.stream().allMatch(cell -> cell.first().protocol() == Protocol.PAPER);
  }

  /** Some artifacts are made on the data set on which the paper shows them, if it is there. */
  private void sayWhichAreOnOtherData(Scope scope, List<Artifact> artifacts) {
    for (String dataset : datasets) {
      List<String> without =
          artifacts.stream()
              .filter(artifact -> isElsewhere(artifact, scope, dataset))
              .map(Artifact::id)
              .toList();
      if (scope.datasets().contains(dataset) && !without.isEmpty()) {
        Failures.complain(
            command.commandLine(),
            "--dataset "
                + dataset
                + " does not count for "
                + String.join(", ", without)
                + " beside the data set on which the paper shows it; name "
                + dataset
                + " alone for that");
      }
    }
  }

  /** A preset of the user's own may be of other data, or have a part of the losses only. */
  private void sayWhereSettingsComeFrom(Scope scope, List<Artifact> artifacts) {
    if (Presets.isNamed(preset)) {
      return;
    }
    artifacts.stream()
        .flatMap(artifact -> artifact.cells(scope.under(Protocol.PAPER)).stream())
        .map(Cell::first)
        .filter(
            run ->
                run.preset().equals(Presets.recordedName(preset, run.backbone(), run.lossName())))
        .flatMap(
            run -> Presets.note(preset, run.dataset(), run.backbone(), run.lossName()).stream())
        .distinct()
        .forEach(note -> Failures.complain(command.commandLine(), note));
  }

  private static boolean isElsewhere(Artifact artifact, Scope scope, String dataset) {
    List<Cell> cells = artifact.cells(scope);
    return !cells.isEmpty() && cells.stream().noneMatch(c -> c.first().dataset().equals(dataset));
  }

  private boolean uses(Artifact artifact, Scope scope) {
    List<String> its = artifact.backbones();
    // The default backbones stand for all that an artifact has, unless they are named.
    return artifact.uses(scope.backbones())
        && (its.isEmpty() || backbones.isEmpty() || backbones.stream().anyMatch(its::contains));
  }

  /** Why a preset cannot make an artifact; empty if it can. */
  private static Optional<String> lack(Artifact artifact, Scope scope) {
    try {
      artifact.runs(scope);
      return Optional.empty();
    } catch (InputException e) {
      return Optional.of(e.getMessage());
    }
  }

  private List<Artifact> artifacts(Scope scope) {
    List<Artifact> artifacts = new ArrayList<>();
    Map<String, String> lacks = new LinkedHashMap<>();
    for (Artifact artifact : Artifact.all()) {
      if (uses(artifact, scope)) {
        Optional<String> lack = wanted.isEmpty() ? lack(artifact, scope) : Optional.empty();
        lack.ifPresent(why -> lacks.put(artifact.id(), why));
        if (lack.isEmpty() && (wanted.isEmpty() || wanted.contains(artifact.id()))) {
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
    // Such as a preset that is not there, or is broken.
    if (!lacks.isEmpty() && artifacts.stream().allMatch(a -> a.runs(scope).isEmpty())) {
      throw new InputException(lacks.values().iterator().next());
    }
    lacks.forEach(
        (id, why) -> Failures.complain(command.commandLine(), "left out: " + id + ": " + why));
    return artifacts;
  }

  /** The wanted data sets that are at hand. */
  private List<String> present() {
    List<String> present = new ArrayList<>();
    for (String dataset : datasets.isEmpty() ? byDefault() : datasets) {
      if (dataset.equals(Scope.SYNTHETIC) || isPresent(dataset)) {
        present.add(dataset);
      } else {
        Failures.complain(
            command.commandLine(),
            "left out: "
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

  private List<String> byDefault() {
    return DATASETS.stream().filter(name -> !name.equals(OPTIONAL) || isPresent(name)).toList();
  }

  private boolean isPresent(String dataset) {
    return DatasetCatalog.isPresent(dataset, data.directory());
  }

  private void print(ReproductionPlan plan) {
    PrintWriter to = command.commandLine().getOut();
    RunPlanText.lines(plan).forEach(to::println);
    to.flush();
  }
}
