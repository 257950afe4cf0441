package bsl.cli;

import bsl.baselines.BaselineKinds;
import bsl.compare.Comparison;
import bsl.compare.ComparisonJson;
import bsl.compare.ComparisonPlan;
import bsl.compare.ComparisonReport;
import bsl.compare.ComparisonRequest;
import bsl.compare.ComparisonResult;
import bsl.compare.ComparisonText;
import bsl.compare.PresetChoice;
import bsl.compare.SettingChoice;
import bsl.compare.TrainAgain;
import bsl.core.CountText;
import bsl.core.NameSuggestion;
import bsl.report.FigureRenderer;
import bsl.run.InputException;
import bsl.run.Protocol;
import bsl.run.RunEngine;
import bsl.run.RunStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bsl compare}: says which losses, backbones and baselines are better on some data. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Say which losses, backbones and baselines are better on a data set: one table, with"
          + " intervals over seeds and tests over users and seeds.",
      "Runs are kept in the store of runs and not trained again; the same command goes on where it"
          + " was interrupted."
    })
final class CompareCommand implements Callable<Integer> {
  private static final int LONGEST_NAME = 80;

  /** A fit that needs at least so many bytes says so before it begins. */
  private static final long LARGE_FIT = 1L << 30;

  @Mixin private DataOptions data;

  @Mixin private RunsOption runs;

  @Mixin private ThreadOption threads;

  @Mixin private EngineOptions engines;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      required = true,
      split = ",",
      description = "data set, or several with commas between")
  private List<String> datasets = List.of();

  @Option(
      names = "--backbone",
      paramLabel = "NAME",
      split = ",",
      description = "backbones, with commas between; default mf")
  private List<String> backbones = List.of("mf");

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      split = ",",
      description = "losses, with commas between; the first is what the others are tested against")
  private List<String> losses = List.of();

  @Option(
      names = "--baseline",
      paramLabel = "NAME",
      split = ",",
      description = {
        "recommenders that need no training, with commas between;",
        "there is ${COMPLETION-CANDIDATES}"
      },
      completionCandidates = BaselineNames.class)
  private List<String> baselines = List.of();

  /** The baselines that help names. */
  static final class BaselineNames implements Iterable<String> {
    @Override
    public java.util.Iterator<String> iterator() {
      return BaselineKinds.names().iterator();
    }
  }

  @Option(
      names = "--preset",
      paramLabel = "NAME|FILE",
      split = ",",
      description = {
        "preset of all losses, or LOSS=NAME or BACKBONE-LOSS=NAME for one, such as sl=work/presets/a.yaml;",
        "several for the same loss are compared with each other; default fast"
      })
  private List<String> presets = List.of();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = {
        "one setting of everything that is trained, such as epochs=20, or of one loss, backbone or",
        "baseline, such as sl.tau=0.2 or ease.lambda=300; repeatable"
      })
  private List<String> assignments = List.of();

  @Option(
      names = "--no-search",
      description =
          "take a preset's settings for any data set as they are; without this, those of each loss"
              + " are looked for first, on held-out pairs, as train does")
  private boolean noSearch;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description =
          "train with seeds 1 to N; verdicts need three or more; default "
              + ComparisonRequest.SEEDS)
  private int seeds = ComparisonRequest.SEEDS;

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description =
          "held-out (default): the epoch is selected on pairs held out of train; paper: on the test"
              + " set, as the paper's authors did")
  private String protocol = Protocol.HELD_OUT.key();

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      split = ",",
      description = {
        "metrics to compare, with commas between; rows are sorted by the first;",
        "default ndcg@20,recall@20"
      })
  private List<String> metrics = ComparisonRequest.METRICS;

  @Option(
      names = "--reference",
      paramLabel = "NAME",
      description = {
        "what the others are tested against: a loss, a row such as mf-sl or ease, or best, for which",
        "p-values are corrected more, since the best is known only after looking; default the first"
            + " loss"
      })
  private String reference;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "name of the comparison; default made of what is compared")
  private String name;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "where tables go; default ./work/compare/NAME")
  private Path out;

  @Option(names = "--dry-run", description = "say what would be trained and how long, and stop")
  private boolean dryRun;

  @Mixin private JsonOption json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    try (RunEngine engine = engines.open(threads, data)) {
      return compare(engine);
    }
  }

  private int compare(RunEngine engine) {
    ComparisonRequest request = request();
    Path folder = out == null ? Path.of("work", "compare", title()) : out;
    OutputFolder.require(folder);
    RunStore store = runs.store(data);
    Comparison comparison = new Comparison(request, store, threads.count());
    comparison
        .plan()
        .runs()
        .deviations()
        .forEach((dataset, how) -> complain("warning: " + DeviationNote.of(dataset, how)));
    comparison.notes().forEach(this::complain);
    if (losses.isEmpty()) {
      Stream.of("--backbone", "--preset", "--no-search")
          .filter(command.commandLine().getParseResult()::hasMatchedOption)
          .forEach(option -> complain(option + " has no effect on baselines"));
    }
    sayGeneric(comparison);
    if (dryRun) {
      comparison.recallSearches();
      ComparisonPlan plan = comparison.plan();
      print(plan);
      if (!comparison.searches().isEmpty()) {
        complain(
            "not counted is what it takes to look for "
                + String.join(", ", comparison.searches())
                + "; folders and settings of those runs follow from that");
      }
      json.write(plan.asMap());
      return ExitCode.DONE;
    }
    comparison.requireMemory();
    // From here on: a plan is made without a cluster.
    comparison.trainedBy(engine);
    // The JVM outlives Ctrl-C until what is finished has been reported.
    try (Interruption interruption = new Interruption(err())) {
      boolean complete =
          search(comparison, engine, interruption) && carryOut(comparison, interruption);
      ComparisonResult result = comparison.result(interruption);
      if (result.finished() > 0) {
        report(result, folder);
      }
      String finished = result.finished() + " of " + result.wanted() + " runs and fits";
      return new UnfinishedWork(command, comparison.failures(), complete)
          .say(finished, interruption)
          .orElse(ExitCode.DONE);
    }
  }

  private boolean search(Comparison comparison, RunEngine engine, Interruption interruption) {
    return comparison.search(
        (name, search) -> {
          err().println(name + ": looking for " + search.named());
          return new ShortSearchRun(search, engine, err()).find(interruption);
        });
  }

  private boolean carryOut(Comparison comparison, Interruption interruption) {
    ComparisonPlan plan = comparison.plan();
    print(plan);
    try (CompareProgress progress = new CompareProgress(err(), plan)) {
      return comparison.carryOut(progress, interruption);
    }
  }

  private PrintWriter err() {
    return command.commandLine().getErr();
  }

  private void complain(String message) {
    Failures.complain(command.commandLine(), message);
  }

  private ComparisonRequest request() {
    List<String> on = losses.isEmpty() ? List.of() : backbones;
    PresetChoice chosen = PresetChoice.of(losses.isEmpty() ? List.of() : presets, on, losses);
    return new ComparisonRequest(
        datasets,
        on,
        losses,
        baselines,
        noSearch ? chosen.withoutSearch() : chosen,
        SettingChoice.of(assignments, on, losses, baselines),
        seeds,
        protocol(),
        metrics,
        Optional.ofNullable(reference));
  }

  private Protocol protocol() {
    List<String> known = Arrays.stream(Protocol.values()).map(Protocol::key).toList();
    return Arrays.stream(Protocol.values())
        .filter(value -> value.key().equals(protocol))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "--protocol '"
                        + protocol
                        + "' is none of "
                        + String.join(", ", known)
                        + NameSuggestion.hint(protocol, known)));
  }

  /** The name of the comparison: what is compared, where no other is given. */
  private String title() {
    if (name == null) {
      String all =
          Stream.of(datasets, losses.isEmpty() ? List.<String>of() : backbones, losses, baselines)
              .flatMap(List::stream)
              .reduce((a, b) -> a + "-" + b)
              .orElseThrow()
              .replaceAll("[^A-Za-z0-9._-]", "_");
      return all.substring(0, Math.min(LONGEST_NAME, all.length()));
    }
    return FolderName.checked(name);
  }

  /** What to do about settings that are tuned to no data set. */
  private void sayGeneric(Comparison comparison) {
    List<String> generic = comparison.genericModels();
    List<String> searches = comparison.searches();
    if (!generic.isEmpty()) {
      complain(
          "settings of "
              + String.join(", ", generic)
              + " are tuned to no data set, so that the comparison may be one of settings rather"
              + " than of losses; tune each with 'bsl tune' and name what it finds: --preset"
              + " LOSS=NAME");
    }
    if (!searches.isEmpty()) {
      complain(
          "looked for first, on held-out pairs: "
              + String.join(", ", searches)
              + "; --no-search leaves that out");
    }
  }

  private void print(ComparisonPlan plan) {
    PrintWriter to = dryRun ? json.text() : err();
    for (ComparisonPlan.OpenFit fit : plan.openFits()) {
      if (!dryRun && fit.bytes() < LARGE_FIT) {
        continue;
      }
      to.println(
          "fit "
              + fit.folder().getFileName()
              + ", at most "
              + Math.max(1, fit.bytes() >> 20)
              + " MiB of Java heap");
    }
    if (dryRun) {
      RunPlanText.lines(plan.runs()).forEach(to::println);
    } else if (plan.runs().runs() > 0) {
      to.println(RunPlanText.summary(plan.runs()));
    }
    if (plan.fits() > 0) {
      int kept = plan.fits() - plan.openFits().size();
      String fits = CountText.of(plan.fits(), "fit of a baseline", "fits of baselines");
      to.println(
          fits
              + ", "
              + kept
              + " of them kept from before"
              + (plan.openFits().isEmpty() ? "" : "; how long the others take is not estimated"));
    }
    to.flush();
  }

  private void report(ComparisonResult result, Path folder) {
    if (!FigureRenderer.available()) {
      complain(MissingFonts.FIGURES_LEFT_OUT);
    }
    List<String> places = new ArrayList<>(Invocation.repeated(command, "--data", "--runs"));
    List<Path> files =
        new ComparisonReport(result, folder, new TrainAgain(Invocation::of, places)).write();
    json.write(new ComparisonJson(result).asMap());
    PrintWriter to = json.text();
    new ComparisonText(result).lines().forEach(to::println);
    files.forEach(file -> to.println("written: " + file));
    to.flush();
    result.remarks().forEach(this::complain);
  }
}
