package bsl.cli;

import bsl.core.CountText;
import bsl.paper.PublishedRun;
import bsl.paper.PublishedSettings;
import bsl.run.LocalEngine;
import bsl.run.OwnPreset;
import bsl.run.Presets;
import bsl.run.Protocol;
import bsl.run.RunData;
import bsl.run.RunFolder;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.run.SettingKey;
import bsl.run.TrainingRun;
import bsl.tune.ShortSearch;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bsl train}: trains one model and evaluates it. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Train a model and evaluate it on the test set.",
      "Settings come from the preset, then --config, then --set, then flags.",
      "A run that is finished already is not trained again: its result is shown."
    })
final class TrainCommand implements Callable<Integer> {
  @Mixin private DataOptions data;

  @Mixin private RunsOption runs;

  @Mixin private ThreadOption threads;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = Presets.DEFAULT,
      description =
          "fast (default), pairwise, reference (the authors' own), baseline, none, or a file of your own"
              + " by path or by its name in work/presets")
  private String preset;

  @Option(names = "--config", paramLabel = "FILE", description = "YAML file of 'key: value' lines")
  private Path config;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "one setting; repeatable")
  private List<String> assignments = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "run folder; default DATASET-BACKBONE-LOSS-DIGEST in the store of runs")
  private Path out;

  @Option(
      names = "--no-search",
      description =
          "take a preset's settings for any data set as they are; without this, those of the loss"
              + " are looked for first, on held-out pairs")
  private boolean noSearch;

  @Mixin private JsonOption json;

  /**
   * Accepted for scripts and without effect. Unfinished runs always continue, because a new
   * beginning would lose work and give the same bits.
   */
  @Option(
      names = "--resume",
      description = "go on from the run folder's last checkpoint, which is always done")
  private boolean resume;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    RunSettings settings =
        RunSettings.of(
            preset,
            config,
            assignments,
            SettingOptions.given(command.commandLine().getParseResult()));
    settings.notes().forEach(note -> command.commandLine().getErr().println("bsl: " + note));
    RunStore store = runs.store(data);
    if (settings.given().contains(SettingKey.HELD_OUT_FRACTION)
        && settings.spec().whyIgnored(SettingKey.HELD_OUT_FRACTION).isEmpty()) {
      RunData.whyNothingIsHeldOut(store.split(settings.spec()))
          .ifPresent(why -> Failures.complain(command.commandLine(), why));
    }
    if (out != null) {
      requireUsable(new RunFolder(out));
    }
    Optional<ShortSearch> search = search(settings, store);
    sayIfGeneric(settings, search);
    // Open until everything is written: once it is closed, an interrupted JVM goes down.
    try (Interruption interruption = new Interruption(err())) {
      Optional<RunSpec> settled =
          search.isPresent()
              ? new ShortSearchRun(search.get(), new LocalEngine(threads.count()), err())
                  .find(interruption)
              : Optional.of(settings.spec());
      if (settled.isEmpty()) {
        return ShortSearchRun.brokenOff(command);
      }
      return train(settled.get(), store, interruption);
    }
  }

  /** Better now than after a search. What is finished is shown from wherever it lies. */
  private static void requireUsable(RunFolder folder) {
    folder.requireNoOtherFiles();
    if (folder.result().filter(RunResult::complete).isEmpty()) {
      OutputFolder.requireWritable(folder.path());
    }
  }

  private int train(RunSpec spec, RunStore store, Interruption interruption) {
    Path folder = out == null ? store.folder(spec) : out;
    TrainingRun run =
        new TrainingRun(
            spec, store.data(spec), spec.preset(), threads.count(), new RunFolder(folder));
    try {
      RunResult result = execute(run, spec, interruption);
      json.write(result);
      report(result, spec, folder);
      return result.complete() ? ExitCode.DONE : ExitCode.INTERRUPTED;
    } catch (OutOfMemoryError e) {
      throw new MemoryShortage(
          "training " + spec.title(), HeapNeed.ofTraining(spec, store.split(spec)), e);
    }
  }

  private PrintWriter err() {
    return command.commandLine().getErr();
  }

  /** What settings that are tuned to no data set leave open. */
  private Optional<ShortSearch> search(RunSettings settings, RunStore store) {
    if (noSearch || !isGeneric(settings.spec())) {
      return Optional.empty();
    }
    return ShortSearch.of(store, settings.spec(), settings.given());
  }

  private boolean isGeneric(RunSpec spec) {
    return Presets.isGeneric(preset, spec.dataset(), spec.backbone(), spec.lossName());
  }

  private void sayIfGeneric(RunSettings settings, Optional<ShortSearch> search) {
    RunSpec spec = settings.spec();
    boolean generic = isGeneric(spec);
    String first = search.map(s -> "; " + ShortSearchRun.announced(s)).orElse("");
    Presets.note(preset, spec.dataset(), spec.backbone(), spec.lossName())
        .map(note -> generic ? note + first + "; " + better(spec) : note)
        .ifPresent(note -> Failures.complain(command.commandLine(), note));
  }

  /** What to do about settings that are tuned to no data set. */
  private String better(RunSpec spec) {
    String found = TuneCommand.defaultName(spec);
    if (Files.exists(OwnPreset.fileOf(found))) {
      return "--preset " + found + " has those that tune has found";
    }
    List<String> words = new ArrayList<>(List.of("tune", "--dataset", spec.dataset()));
    words.addAll(List.of("--backbone", spec.backbone(), "--loss", spec.lossName()));
    words.addAll(Invocation.repeated(command, "--data", "--runs"));
    return "find better ones with: " + Invocation.of(words);
  }

  private RunResult execute(TrainingRun run, RunSpec spec, Interruption interruption) {
    try (ProgressReport progress = new ProgressReport(spec.title(), run::share, err())) {
      return run.execute(true, progress, interruption);
    }
  }

  private void report(RunResult result, RunSpec spec, Path folder) {
    PrintWriter to = json.text();
    if (result.bestEpoch() > 0) {
      to.printf(
          Locale.ROOT,
          "%s: epoch %d of %d%s, selected on %s (protocol %s), %.1f s of training%n",
          spec.title(),
          result.bestEpoch(),
          result.epochs(),
          ending(result, spec),
          result.selectedOn(),
          result.protocol(),
          result.trainSeconds());
      to.println(MetricTable.of(result.metrics()));
      published(result, spec, to);
      to.println("run folder " + folder);
      shallow(result, spec);
      temperature(result, spec);
    }
    to.flush();
    if (!result.complete()) {
      err()
          .println(
              result.epochs() == 0
                  ? "bsl: interrupted in the first epoch; nothing is kept"
                  : "bsl: interrupted after epoch "
                      + result.epochs()
                      + "; a checkpoint is in "
                      + folder
                      + "; go on with: "
                      + Invocation.again(command));
      err().flush();
    }
  }

  /** Says that the model is one of fewer layers, and without the term of a contrastive backbone. */
  private void shallow(RunResult result, RunSpec spec) {
    if (result.complete() && spec.isShallow(result.bestEpoch())) {
      int layers = spec.whole(SettingKey.SHALLOW_LAYERS);
      Failures.complain(
          command.commandLine(),
          String.format(
              Locale.ROOT,
              "the first %d epochs train %s of backbone %s and no other part (shallow_epochs), and"
                  + " the selected epoch is one of them; --shallow-epochs 0 trains all of it from"
                  + " the beginning",
              spec.shallowEpochs(),
              layers == 0 ? "no layers" : "layers up to " + layers,
              spec.backbone()));
    }
  }

  /** Says that the model was trained with another temperature than the one that was asked for. */
  private void temperature(RunResult result, RunSpec spec) {
    double tau = spec.tau(result.bestEpoch());
    if (result.complete() && tau != spec.tau()) {
      Failures.complain(
          command.commandLine(),
          String.format(
              Locale.ROOT,
              "in the selected epoch tau was %.4g, still on its way to %s (tau_start %s);"
                  + " --tau-start 1 keeps it constant",
              tau,
              spec.text(SettingKey.TAU),
              spec.text(SettingKey.TAU_START)));
    }
  }

  private static String ending(RunResult result, RunSpec spec) {
    if (!result.complete()) {
      return " (interrupted)";
    }
    return result.stoppedEarly()
        ? " (stopped early: recall@20 was not better in "
            + CountText.of(spec.patience(), "epoch")
            + ")"
        : "";
  }

  private static void published(RunResult result, RunSpec spec, PrintWriter to) {
    if (!result.deviations().isEmpty()) {
      to.println(DeviationNote.of(result.dataset(), result.deviations()));
      return;
    }
    PublishedRun.of(result.dataset(), result.backbone(), result.loss())
        .ifPresent(
            published ->
                to.printf(
                    Locale.ROOT,
                    "published  recall@20 %.5f (ours %+.1f%%), ndcg@20 %.5f (ours %+.1f%%)%s%n",
                    published.recall20(),
                    100 * (result.metrics().get("recall@20") / published.recall20() - 1),
                    published.ndcg20(),
                    100 * (result.metrics().get("ndcg@20") / published.ndcg20() - 1),
                    unlikePublished(result, spec)));
  }

  /** What the published runs have not in common with this one, which makes them no measure. */
  private static String unlikePublished(RunResult result, RunSpec spec) {
    List<String> unlike = new ArrayList<>();
    if (!result.complete()) {
      unlike.add("interrupted");
    }
    if (spec.protocol() != Protocol.PAPER) {
      unlike.add("protocol " + spec.protocol().key());
    }
    unlike.addAll(PublishedSettings.unlike(spec));
    return unlike.isEmpty() ? "" : "; not comparable: " + String.join(", ", unlike);
  }
}
