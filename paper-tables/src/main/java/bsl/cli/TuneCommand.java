package bsl.cli;

import bsl.core.CountText;
import bsl.run.InputException;
import bsl.run.OwnPreset;
import bsl.run.Presets;
import bsl.run.RunEngine;
import bsl.run.RunFailure;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.run.SettingKey;
import bsl.run.Settings;
import bsl.tune.ShortSearch;
import bsl.tune.Tuning;
import bsl.tune.TuningPlan;
import bsl.tune.TuningResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bsl tune}: looks for good settings and leaves them as a preset. */
@Command(
    name = "tune",
    mixinStandardHelpOptions = true,
    description = {
      "Look for good settings for a data set, on pairs held out of train, and leave them as a preset.",
      "Many settings are trained for a ninth of their epochs, the best third of them for a third, and"
          + " the best third of those to the end. The winner is trained with several seeds, and only"
          + " then is the test set looked at.",
      "The same command goes on where it was interrupted. Trials are kept in the store of runs."
    })
final class TuneCommand implements Callable<Integer> {
  private static final int MOST_TRIALS = 10_000;
  private static final int MOST_SEEDS = 100;
  private static final Pattern TIME = Pattern.compile("([0-9]{1,7}(?:\\.[0-9]{1,6})?)([smh])");

  @Mixin private DataOptions data;

  @Mixin private RunsOption runs;

  @Mixin private ThreadOption threads;

  @Mixin private EngineOptions engines;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      required = true,
      description = "data set: a name of the catalogue or a folder of the data directory")
  private String dataset;

  @Option(names = "--backbone", paramLabel = "NAME", description = "backbone; default mf")
  private String backbone = "mf";

  @Option(names = "--loss", paramLabel = "NAME", description = "loss; default bsl")
  private String loss = "bsl";

  @Option(
      names = "--space",
      paramLabel = "FILE",
      description = {
        "YAML with a line for each setting that is searched: 'tau: {from: 0.05, to: 0.5, scale: log}',",
        "'batch_size: [256, 1024]', or 'epochs: 40' for a value that all trials have;",
        "default: settings that matter for the loss and the backbone"
      })
  private Path space;

  /** What ends the search. */
  static final class Limit {
    @Option(
        names = "--trials",
        paramLabel = "N",
        description = "settings to try; default " + TuningPlan.TRIALS)
    private Integer trials;

    @Option(
        names = "--budget",
        paramLabel = "TIME",
        description =
            "time on the clock instead, with the winner's trainings, such as 90s, 30m or 2h;"
                + " what is being trained then comes to its next stop")
    private String budget;
  }

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private Limit limit = new Limit();

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      defaultValue = TuningPlan.METRIC,
      description = "what settings are judged by on held-out pairs; default " + TuningPlan.METRIC)
  private String metric;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "seed of the search and of its trials; default 1")
  private String seed = "1";

  @Option(
      names = "--seeds",
      paramLabel = "K",
      description = "seeds that the winner is trained with, from S on; default " + TuningPlan.SEEDS)
  private int seeds = TuningPlan.SEEDS;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "name of the search and of the preset; default DATASET-BACKBONE-LOSS")
  private String name;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = Presets.DEFAULT,
      description =
          "preset of the settings that are not searched, and the first trial; default fast")
  private String preset;

  @Option(
      names = "--no-search",
      description =
          "start from a preset's settings for any data set as they are; without this, the search"
              + " of the default space starts from what 'bsl train' looks for first")
  private boolean noSearch;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "where trials and plots go; default ./work/tune/NAME")
  private Path out;

  @Mixin private JsonOption json;

  @Spec private CommandSpec command;

  /** The name of a search for a data set, a backbone and a loss unless another is given. */
  static String defaultName(RunSpec spec) {
    String safe = spec.title().replaceAll("[^A-Za-z0-9._-]", "_");
    return safe.startsWith(".") || safe.startsWith("-") ? "_" + safe.substring(1) : safe;
  }

  @Override
  public Integer call() {
    try (RunEngine engine = engines.open(threads, data)) {
      return tune(engine);
    }
  }

  private int tune(RunEngine engine) {
    RunSpec base = base();
    String title = title(base);
    RunStore store = runs.store(data);
    List<String> deviations = store.deviations(base);
    if (!deviations.isEmpty()) {
      Failures.complain(command.commandLine(), "warning: " + DeviationNote.of(dataset, deviations));
    }
    TuningPlan plan = plan();
    Path folder = out == null ? Path.of("work", "tune", title) : out;
    OutputFolder.require(folder);
    Tuning.requireNoOtherPreset(folder, OwnPreset.fileOf(title));
    // The JVM outlives Ctrl-C until what is finished has been written.
    try (Interruption interruption = new Interruption(err())) {
      Optional<Start> start = start(store, base, engine, interruption);
      if (start.isEmpty()) {
        return ShortSearchRun.brokenOff(command);
      }
      RunSpec first = start.get().run();
      Tuning tuning =
          tuning(store, first, plan, folder, OwnPreset.fileOf(title))
              .after(start.get().seconds())
              .trainedBy(engine);
      tuning.note().ifPresent(note -> Failures.complain(command.commandLine(), note));
      TuneProgress progress = new TuneProgress(err());
      TuneReport report = new TuneReport(store, first, folder, title, engine.lanes());
      TuningResult result;
      try (progress) {
        progress.begin(tuning.space());
        result = tuning.run(progress, interruption);
      }
      if (result.complete()) {
        report.write(result);
        json.write(report.asMap(result));
        report.print(result, json.text(), trainCommand(base, title));
        return ExitCode.DONE;
      }
      report.write(result);
      if (!result.failures().isEmpty()) {
        for (RunFailure failure : result.failures()) {
          Failures.complain(command.commandLine(), failure.text());
        }
        return ExitCode.BAD_INPUT;
      }
      sayWhatIsThere(result);
      return ExitCode.INTERRUPTED;
    }
  }

  /**
   * Where a search begins, and what it took this call to find that. What an earlier call took that
   * was broken off is not known: as long as there is no start there is no search to write it down.
   */
  private record Start(RunSpec run, double seconds) {}

  /**
   * Where the default space is searched from: for settings that are tuned to no data set, what a
   * short search finds.
   *
   * @return empty if it was broken off
   */
  private Optional<Start> start(
      RunStore store, RunSpec base, RunEngine engine, Interruption interruption) {
    boolean generic = Presets.isGeneric(preset, dataset, backbone, loss);
    Optional<ShortSearch> search =
        noSearch || space != null || !generic
            ? Optional.empty()
            : ShortSearch.of(store, base, List.of());
    if (search.isEmpty()) {
      return Optional.of(new Start(base, 0));
    }
    Failures.complain(command.commandLine(), ShortSearchRun.announced(search.get()));
    return new ShortSearchRun(search.get(), engine, err())
        .find(interruption)
        .map(run -> new Start(run, search.get().spentSeconds()));
  }

  private PrintWriter err() {
    return command.commandLine().getErr();
  }

  private Tuning tuning(RunStore store, RunSpec base, TuningPlan plan, Path folder, Path file) {
    Tuning tuning =
        space == null
            ? new Tuning(store, base, plan, folder, file, threads.count())
            : new Tuning(store, base, space, plan, folder, file, threads.count());
    String baseName = Presets.isNamed(preset) ? preset : "";
    return tuning.describedBy(baseName, List.of("Found by: " + Invocation.again(command)));
  }

  /** The run whose settings are kept where they are not searched. */
  private RunSpec base() {
    Settings given = new Settings();
    given.set(SettingKey.DATASET, dataset, "--dataset");
    given.set(SettingKey.BACKBONE, backbone, "--backbone");
    given.set(SettingKey.LOSS, loss, "--loss");
    given.set(SettingKey.SEED, seed, "--seed");
    RunSpec base = Presets.spec(preset, dataset, backbone, loss).with(SettingKey.SEED, seed);
    boolean ownFile = !Presets.isNamed(preset);
    if (ownFile || !Presets.isGeneric(preset, dataset, backbone, loss)) {
      Presets.note(preset, dataset, backbone, loss)
          .ifPresent(note -> Failures.complain(command.commandLine(), note));
    }
    return base;
  }

  private String title(RunSpec base) {
    String title = FolderName.checked(name == null ? defaultName(base) : name);
    if (Presets.isNamed(title)) {
      throw new InputException("--name '" + title + "' is the name of a preset; choose another");
    }
    if (title.endsWith(".yaml") || title.endsWith(".yml")) {
      throw new InputException(
          "--name '" + title + "' ends like a file; the preset is named without the ending");
    }
    return title;
  }

  private TuningPlan plan() {
    if (seeds < 1 || seeds > MOST_SEEDS) {
      throw new InputException("--seeds '" + seeds + "' is not from 1 to " + MOST_SEEDS);
    }
    TuningPlan plan;
    if (limit.budget != null) {
      plan = TuningPlan.ofSeconds(seconds(limit.budget));
    } else {
      int trials = limit.trials == null ? TuningPlan.TRIALS : limit.trials;
      if (trials < 1 || trials > MOST_TRIALS) {
        throw new InputException("--trials '" + trials + "' is not from 1 to " + MOST_TRIALS);
      }
      plan = TuningPlan.ofTrials(trials);
    }
    return plan.withSeeds(seeds).withMetric(metric);
  }

  private static double seconds(String budget) {
    Matcher time = TIME.matcher(budget);
    double number = time.matches() ? Double.parseDouble(time.group(1)) : 0;
    if (number <= 0) {
      throw new InputException("--budget '" + budget + "' is not a time such as 90s, 30m or 2h");
    }
    int unit = time.group(2).equals("s") ? 1 : time.group(2).equals("m") ? 60 : 3600;
    return number * unit;
  }

  private String trainCommand(RunSpec base, String title) {
    List<String> words = new ArrayList<>(List.of("train", "--dataset", base.dataset()));
    words.addAll(List.of("--backbone", base.backbone(), "--loss", base.lossName()));
    words.addAll(List.of("--preset", title, "--protocol", "held-out"));
    if (base.seed() != 1) {
      // Presets have no seed. With this one it is the winner's run itself.
      words.addAll(List.of("--seed", Long.toString(base.seed())));
    }
    words.addAll(Invocation.repeated(command, "--data", "--runs"));
    return Invocation.of(words);
  }

  private void sayWhatIsThere(TuningResult result) {
    long begun = result.trials().stream().filter(trial -> trial.epochs() > 0).count();
    String best =
        result
            .best()
            .map(
                trial ->
                    String.format(
                        Locale.ROOT,
                        ", the best so far is trial %d with %s %.5f",
                        trial.trial().number(),
                        result.metric(),
                        trial.value()))
            .orElse("");
    err()
        .println(
            "bsl: interrupted, "
                + CountText.of(begun, "trial has", "trials have")
                + " come to a stop"
                + best
                + "; go on with: "
                + Invocation.again(command));
    err().flush();
  }
}
